import type { ResellerSummary } from '#src/domain/accounts/reseller.ts'
import { type Givable, offerInWords, quantityFrom } from '#src/domain/credits/credit.ts'
import type { FieldError } from '#src/domain/refusal.ts'
import { Copyable } from '../../components/copyable.tsx'
import { described, ErrorSummary, FieldProblem } from '../../components/error-summary.tsx'
import { hx } from '../../hx.ts'
import { type Frame, Portal } from '../../layouts/portal.tsx'
import { paths } from '../../paths.ts'
import { counted } from '../../words.ts'
import { type Noun, titleOf } from '../resellers/list.tsx'

/** Credits under way: what was typed stays. */
export type CreditDraft = {
  readonly offer: string
  readonly quantity: string
  readonly request: string
  readonly errors: readonly FieldError[]
}

export type GiveProps = {
  readonly noun: Noun
  readonly to: ResellerSummary
  readonly offers: readonly Givable[]
  /** The vendor grants: it has no balance that would go down. */
  readonly grants: boolean
  readonly draft: CreditDraft
}

/** The form that gives somebody below some of one's credits, before and after beside it (R150–R153). */
export const GiveCreditsPage = ({ frame, made, ...props }: GiveProps & { frame: Frame; made: string | null }) => {
  const { noun, to, offers, draft } = props
  return (
    <Portal frame={frame} title={`Give credits to ${to.name}`} error={draft.errors.length > 0}>
      <nav aria-label="Breadcrumb">
        <a href={paths.resellers}>{titleOf(noun)}</a> › <a href={paths.reseller(to.id)}>{to.name}</a> › Give credits
      </nav>
      <h1>Give credits to {to.name}</h1>
      {made && <Made login={to.login} password={made} />}
      <ErrorSummary errors={draft.errors} />
      {offers.length === 0 ? <Nothing {...props} /> : <Form {...props} />}
    </Portal>
  )
}

const Made = ({ login, password }: { login: string; password: string }) => (
  <section class="note">
    <p>
      The password of <b>{login}</b>, shown only now:
    </p>
    <p class="row">
      <Copyable text={password} label="the password" />
    </p>
    <p>Hand it over yourself. It must be changed at first use; the letter carries a link instead.</p>
  </section>
)

const Nothing = ({ to }: GiveProps) => (
  <div class="card">
    <p>You have no credits of the products {to.name} was given. Ask whoever gives you credits for more.</p>
    <p>
      <a href={paths.credits}>Your credits</a> · <a href={paths.reseller(to.id)}>Products of {to.name}</a>
    </p>
  </div>
)

const Form = (props: GiveProps) => {
  const { to, draft } = props
  return (
    <form
      class="form"
      method="post"
      action={paths.resellerCredits(to.id)}
      novalidate
      {...hx({ disable: 'find button.main' })}
    >
      <input type="hidden" name="request" value={draft.request} />
      <Fields {...props} />
      <Cost {...props} />
      <p class="row">
        <button type="submit" class="main">
          Give credits
        </button>
        <button type="submit" name="preview" value="yes">
          Show before and after
        </button>
        <a class="button" href={paths.resellers}>
          Not now
        </a>
      </p>
    </form>
  )
}

const Fields = ({ to, offers, grants, draft }: GiveProps) => {
  const live = hx({
    get: paths.newCredits(to.id),
    target: '#cost',
    swap: 'outerMorph',
    trigger: 'change, input delay:250ms',
    include: 'closest form',
    pushUrl: 'false',
  })
  const products = [...new Set(offers.map(({ productName }) => productName))]
  return (
    <>
      <div>
        <label for="offer">Offer</label>
        <FieldProblem errors={draft.errors} name="offer" />
        <select id="offer" name="offer" {...described({ errors: draft.errors, name: 'offer' })} {...live}>
          {products.map((product) => (
            <optgroup label={product}>
              {offers
                .filter(({ productName }) => productName === product)
                .map((offer) => (
                  <option value={offer.offerCode} selected={offer.offerCode === draft.offer}>
                    {offerInWords(offer)}
                    {grants ? '' : `: ${offer.held} available`}
                  </option>
                ))}
            </optgroup>
          ))}
        </select>
      </div>
      <div>
        <label for="quantity">How many</label>
        <FieldProblem errors={draft.errors} name="quantity" />
        <input
          id="quantity"
          name="quantity"
          type="text"
          inputmode="numeric"
          value={draft.quantity}
          autocomplete="off"
          {...described({ errors: draft.errors, name: 'quantity' })}
          {...live}
        />
      </div>
    </>
  )
}

/** What the gift does to both balances; nothing of it cannot be undone. */
export const Cost = ({ to, offers, grants, draft }: GiveProps) => {
  const offer = offers.find(({ offerCode }) => offerCode === draft.offer) ?? offers[0]
  const quantity = quantityFrom(draft.quantity)
  const short = offer && !grants && quantity !== null && quantity > offer.held
  return (
    <div id="cost" role="status">
      {offer && (
        <dl class="card">
          <dt>{to.name}</dt>
          <dd>
            {offer.theirs} now{quantity !== null && !short && <>, {offer.theirs + quantity} after</>}
          </dd>
          <dt>You</dt>
          <dd>
            {grants ? (
              'grant: you have no balance'
            ) : (
              <>
                {offer.held} now
                {quantity !== null && !short && <>, {offer.held - quantity} after</>}
              </>
            )}
          </dd>
          <dt>Undo</dt>
          <dd>Take back what was not spent, at any time.</dd>
        </dl>
      )}
      {short && (
        <p class="bad">
          Not enough: you have {counted(offer.held, 'credit')}. Give {offer.held} or fewer.
        </p>
      )}
    </div>
  )
}
