import type { FieldError } from '#src/domain/refusal.ts'
import type { Software, SubscriptionDraft } from '#src/domain/subscriptions/draft.ts'
import { mostChannels } from '#src/domain/subscriptions/subscription.ts'
import { described, ErrorSummary, FieldProblem } from '../../components/error-summary.tsx'
import { hx } from '../../hx.ts'
import { type Frame, Portal } from '../../layouts/portal.tsx'
import { paths } from '../../paths.ts'

type Key = { readonly id: string; readonly code: string; readonly name: string }
type Props = {
  frame: Frame
  software: readonly Software[]
  keys: readonly Key[]
  /** There are more keys than are listed: the code is typed. */
  more: boolean
  draft: SubscriptionDraft
  /** Makes a form sent twice one act. */
  request: string
  errors: readonly FieldError[]
}

/** Generates a subscription for an end customer. */
export const NewSubscriptionPage = (props: Props) => (
  <Portal frame={props.frame} title="Generate a subscription" error={props.errors.length > 0}>
    <nav aria-label="Breadcrumb">
      <a href={paths.subscriptions}>Subscriptions</a> › Generate
    </nav>
    <h1>Generate a subscription</h1>
    {props.software.length === 0 ? (
      <NothingGiven />
    ) : props.keys.length === 0 ? (
      <NoKey />
    ) : (
      <>
        <ErrorSummary errors={props.errors} />
        <Form {...props} />
        <section class="card">
          <h2>What it costs</h2>
          <p>
            No credits: the vendor bills a subscription by its channels and term. It begins today, renews itself, and
            can be canceled at the end of any term. Channels can be changed at any time.
          </p>
        </section>
      </>
    )}
  </Portal>
)

const NothingGiven = () => (
  <div class="card">
    <p>No software that is subscribed to was given to you. Ask whoever made your account for it.</p>
    <p>
      <a href={paths.subscriptions}>Back to subscriptions</a>
    </p>
  </div>
)

const NoKey = () => (
  <div class="card">
    <p>A subscription is activated with an activation key, and you have none yet.</p>
    <p>
      <a class="button main" href={paths.newActivationKey}>
        Create an activation key
      </a>
    </p>
  </div>
)

const Form = ({ software, keys, more, draft, request, errors }: Props) => (
  <form class="card form" method="post" action={paths.subscriptions} novalidate {...hx({ disable: 'find button' })}>
    <input type="hidden" name="request" value={request} />
    <div>
      <label for="product">Software</label>
      <FieldProblem errors={errors} name="product" />
      <select id="product" name="product" {...described({ errors, name: 'product' })}>
        {software.map(({ code, name }) => (
          <option value={code} selected={code === draft.product}>
            {name}
          </option>
        ))}
      </select>
    </div>
    <div>
      <label for="channels">Channel</label>
      <p class="soft" id="channels-hint">
        How many sessions the customer may run at the same time, 1 to {mostChannels}. A further one waits until another
        is closed.
      </p>
      <FieldProblem errors={errors} name="channels" />
      <input
        id="channels"
        name="channels"
        value={draft.channels}
        type="text"
        inputmode="numeric"
        size={6}
        autocomplete="off"
        {...described({ errors, name: 'channels' }, true)}
      />
    </div>
    <div>
      <label for="email">Customer’s e-mail</label>
      <FieldProblem errors={errors} name="email" />
      <input
        id="email"
        name="email"
        type="email"
        value={draft.email}
        maxlength={254}
        autocomplete="off"
        {...described({ errors, name: 'email' })}
      />
    </div>
    <div>
      <label for="term">Term</label>
      <FieldProblem errors={errors} name="term" />
      <select id="term" name="term" {...described({ errors, name: 'term' })}>
        <option value="year" selected={draft.term === 'year'}>
          A year, renewed each year
        </option>
        <option value="month" selected={draft.term === 'month'}>
          A month, renewed each month
        </option>
      </select>
    </div>
    <KeyField keys={keys} more={more} typed={draft.activationKey} errors={errors} />
    <div>
      <label for="comment">Comment (optional)</label>
      <FieldProblem errors={errors} name="comment" />
      <textarea id="comment" name="comment" rows={2} dir="auto" {...described({ errors, name: 'comment' })}>
        {draft.comment}
      </textarea>
    </div>
    <p class="row">
      <button type="submit" class="main">
        Submit
      </button>
      <a class="button" href={paths.subscriptions}>
        Cancel
      </a>
    </p>
  </form>
)

type KeyProps = { keys: readonly Key[]; more: boolean; typed: string; errors: readonly FieldError[] }

const KeyField = ({ keys, more, typed, errors }: KeyProps) => (
  <div>
    <label for="activationKey">Activation key</label>
    <p class="soft" id="activationKey-hint">
      {more
        ? 'The code of one of your keys; the newest are suggested.'
        : 'The customer activates the software with it.'}
    </p>
    <FieldProblem errors={errors} name="activationKey" />
    {more ? (
      <>
        <input
          id="activationKey"
          name="activationKey"
          value={typed}
          type="text"
          list="keys"
          autocomplete="off"
          autocapitalize="characters"
          spellcheck={false}
          {...described({ errors, name: 'activationKey' }, true)}
        />
        <datalist id="keys">
          {keys.map(({ code, name }) => (
            <option value={code}>{name}</option>
          ))}
        </datalist>
      </>
    ) : (
      <select id="activationKey" name="activationKey" {...described({ errors, name: 'activationKey' }, true)}>
        {keys.length > 1 && <option value="">Choose a key</option>}
        {keys.map(({ code, name }) => (
          <option value={code} selected={code === typed}>
            {name} · {code}
          </option>
        ))}
      </select>
    )}
  </div>
)
