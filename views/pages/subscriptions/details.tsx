import { addDays, type Day } from '#src/domain/day.ts'
import { eventActionNames } from '#src/domain/events/actions.ts'
import type { EventSummary } from '#src/domain/events/event.ts'
import type { FieldError } from '#src/domain/refusal.ts'
import {
  mostChannels,
  renewalOf,
  type SubscriptionSummary,
  subscriptionState,
} from '#src/domain/subscriptions/subscription.ts'
import { Copyable } from '../../components/copyable.tsx'
import { described, ErrorSummary, FieldProblem } from '../../components/error-summary.tsx'
import { SubscriptionState } from '../../components/subscription-state.tsx'
import { At, OnDay, Zone } from '../../components/time.tsx'
import { hx } from '../../hx.ts'
import { type Frame, Portal } from '../../layouts/portal.tsx'
import { paths, withQuery } from '../../paths.ts'
import { counted, dayInWords } from '../../words.ts'

/** A change of channels: what was typed stays, whatever was wrong with it. */
export type ChannelsDraft = {
  readonly channels: string
  /** Makes a form sent twice one act. */
  readonly request: string
  readonly errors: readonly FieldError[]
}

type Props = {
  frame: Frame
  subscription: SubscriptionSummary
  draft: ChannelsDraft
  timeline: readonly EventSummary[]
  today: Day
  mayEdit: boolean
  mayCancel: boolean
  /** Whether whoever looks pays for it themselves. */
  mayBuy: boolean
  /** Whether whoever looks pays it at the shop, which charges it by itself. */
  paysAtShop: boolean
  /** Whether it is of a customer of whoever looks. */
  sells: boolean
}

/** One subscription: what it is, its channels, its end, what happened to it. */
export const SubscriptionPage = (props: Props) => {
  const { frame, subscription, draft, timeline, today, mayEdit, mayCancel, mayBuy, paysAtShop, sells } = props
  const renewal = renewalOf(subscription)
  const state = subscriptionState(subscription, today)
  const isBilled = state === 'active' && renewal === 'vendor'
  return (
    <Portal frame={frame} title={`Subscription ${subscription.serial}`} error={draft.errors.length > 0}>
      <nav aria-label="Breadcrumb">
        <a href={paths.subscriptions}>Subscriptions</a> › {subscription.serial}
      </nav>
      <header>
        <h1>{subscription.productName}</h1>
        <p class="soft">
          {counted(subscription.channels, 'channel')}, by the {subscription.term}
        </p>
      </header>
      <ErrorSummary errors={draft.errors} />
      <Facts subscription={subscription} today={today} sells={sells} />
      {renewal === 'shop' && (
        <p class="note">
          The shop charges this subscription by itself, so its channels are changed there; what it tells shows here.
        </p>
      )}
      {renewal === 'quote' && mayBuy && <Further subscription={subscription} today={today} />}
      {mayEdit && isBilled && <Channels subscription={subscription} draft={draft} />}
      {mayCancel && state === 'active' && <Cancel subscription={subscription} />}
      {mayCancel && state === 'canceled' && renewal === 'shop' && (
        <Resume subscription={subscription} request={draft.request} />
      )}
      {paysAtShop && state !== 'ended' && <AtShop subscription={subscription} />}
      <section>
        <h2>Timeline</h2>
        <Timeline timeline={timeline} />
      </section>
    </Portal>
  )
}

/** What is paid ends unless somebody pays on; more channels are paid for the days that are left. */
const Further = ({ subscription, today }: Pick<Props, 'subscription' | 'today'>) => {
  const { licenseId, channels, term, endsOn } = subscription
  const change = paths.licenseUpgrade(licenseId)
  return (
    <section>
      <h2>Renew or change</h2>
      <p>
        {endsOn < today
          ? 'It has ended. Another term begins on the day on which you ask for it.'
          : `It ends on ${dayInWords(endsOn)} and is not charged again by itself: pay the next term when you like.`}
      </p>
      <p class="row">
        <a class="button main" href={withQuery(change, { size: channels, terms: 1 })}>
          Pay another {term}
        </a>
        {endsOn >= today && (
          <a class="button" href={change} target="_blank" rel="noopener" {...hx({ boost: 'false' })}>
            More channels<span class="hide">, in a new tab</span>
          </a>
        )}
      </p>
    </section>
  )
}

/** A failed charge is mended where the shop keeps what it charges. */
const AtShop = ({ subscription }: Pick<Props, 'subscription'>) => (
  <section>
    <h2>Payment</h2>
    {subscription.unpaidAt && (
      <p class="note">
        The shop could not charge it. Check your payment method there; the shop tries again by itself, and until{' '}
        {dayInWords(subscription.endsOn)} all works.
      </p>
    )}
    <form method="post" action={paths.subscriptionWallet(subscription.id)} {...hx({ boost: 'false' })}>
      <button type="submit" class={subscription.unpaidAt ? 'main' : ''}>
        Open my account at the shop
      </button>
    </form>
  </section>
)

const Facts = ({ subscription, today, sells }: Pick<Props, 'subscription' | 'today' | 'sells'>) => (
  <dl class="card">
    <dt>State</dt>
    <dd>
      <SubscriptionState subscription={subscription} today={today} />
    </dd>
    <dt>Channels</dt>
    <dd>{counted(subscription.channels, 'session')} at the same time</dd>
    {sells && (
      <>
        <dt>Customer</dt>
        <dd>{subscription.email}</dd>
        <dt>Owner</dt>
        <dd>{subscription.ownerName}</dd>
      </>
    )}
    <dt>Activation key</dt>
    <dd class="row">
      {subscription.activationKey ? <Copyable text={subscription.activationKey} label="the activation key" /> : 'None'}
    </dd>
    <dt>Serial number</dt>
    <dd>
      <a href={paths.license(subscription.licenseId)}>
        <code>{subscription.serial}</code>
      </a>
    </dd>
    <dt>Started</dt>
    <dd>
      <OnDay day={subscription.startsOn} />
    </dd>
    <dt>This term ends</dt>
    <dd>
      <OnDay day={subscription.endsOn} />
    </dd>
    <dt>Comment</dt>
    <dd>{subscription.comment ? <bdi>{subscription.comment}</bdi> : <span class="soft">None</span>}</dd>
  </dl>
)

const Channels = ({ subscription, draft }: Pick<Props, 'subscription' | 'draft'>) => (
  <section>
    <h2>Change channels</h2>
    <form
      class="card form"
      method="post"
      action={paths.subscriptionChannels(subscription.id)}
      novalidate
      {...hx({ disable: 'find button' })}
    >
      <input type="hidden" name="request" value={draft.request} />
      <input type="hidden" name="version" value={subscription.version} />
      <div>
        <label for="channels">Channel</label>
        <p class="soft" id="channels-hint">
          {subscription.channels} now; 1 to {mostChannels}. It takes effect at once and is billed from then on.
        </p>
        <FieldProblem errors={draft.errors} name="channels" />
        <input
          id="channels"
          name="channels"
          value={draft.channels}
          type="text"
          inputmode="numeric"
          size={6}
          autocomplete="off"
          {...described({ errors: draft.errors, name: 'channels' }, true)}
        />
      </div>
      <button type="submit" class="main">
        Change channels
      </button>
    </form>
  </section>
)

const Cancel = ({ subscription }: Pick<Props, 'subscription'>) => (
  <section>
    <h2>Cancel</h2>
    <p>
      It renews itself on {dayInWords(addDays(subscription.endsOn, 1))}. Canceled, it works until{' '}
      {dayInWords(subscription.endsOn)} and is not renewed.
    </p>
    <p>
      <a class="button" href={paths.subscriptionCancellation(subscription.id)}>
        Cancel at the end of the term
      </a>
    </p>
  </section>
)

const Resume = ({ subscription, request }: Pick<Props, 'subscription'> & { request: string }) => (
  <section>
    <h2>Go on</h2>
    <p>
      It was canceled and ends on {dayInWords(subscription.endsOn)}. Until then the shop can go on with it: it is
      charged again on {dayInWords(addDays(subscription.endsOn, 1))}.
    </p>
    <form method="post" action={paths.subscriptionResumptions(subscription.id)} {...hx({ disable: 'find button' })}>
      <input type="hidden" name="request" value={request} />
      <button type="submit">Resume the subscription</button>
    </form>
  </section>
)

const Timeline = ({ timeline }: Pick<Props, 'timeline'>) =>
  timeline.length === 0 ? (
    <p class="soft">Nothing happened to this subscription yet.</p>
  ) : (
    <table>
      <thead>
        <tr>
          <th scope="col">
            When (<Zone />)
          </th>
          <th scope="col">What</th>
          <th scope="col">Who</th>
        </tr>
      </thead>
      <tbody>
        {timeline.map((event) => (
          <tr>
            <td data-label="When">
              <At at={event.at} />
            </td>
            <td data-label="What">{eventActionNames[event.action]}</td>
            <td data-label="Who">{event.actorName}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
