import {
  type AutopaymentMode,
  autopaymentModeNames,
  autopaymentModes,
  leastRepaidIn,
  lowMinorIn,
} from '#src/domain/billing/autopayment.ts'
import { methodInWords, type PaymentMethod } from '#src/domain/billing/payment-method.ts'
import type { FieldError } from '#src/domain/refusal.ts'
import { BillingTabs } from '../../components/billing-tabs.tsx'
import { described, ErrorSummary, FieldProblem } from '../../components/error-summary.tsx'
import { FailedPayment, type Failure } from '../../components/failed-payment.tsx'
import type { Tab } from '../../components/settings-tabs.tsx'
import { hx } from '../../hx.ts'
import { type Frame, Portal } from '../../layouts/portal.tsx'
import { paths } from '../../paths.ts'
import { moneyInWords } from '../../words.ts'

type Draft = {
  readonly mode: string
  readonly refill: string
  readonly version: number
  readonly request: string
  readonly errors: readonly FieldError[]
}

type Props = {
  frame: Frame
  tabs: readonly Tab[]
  /** `null` before the account has a balance. */
  autopayment: (Failure & { readonly currency: string; readonly mode: AutopaymentMode }) | null
  method: PaymentMethod | null
  /** Whether the provider charges without the buyer. */
  charges: boolean
  mayEdit: boolean
  draft: Draft
}

/** The three ways in which a balance is filled by itself, or is not (R237). */
export const AutopaymentPage = ({ frame, tabs, autopayment, method, charges, mayEdit, draft }: Props) => (
  <Portal frame={frame} title="Autopayment" error={draft.errors.length > 0}>
    <h1>Autopayment</h1>
    <BillingTabs tabs={tabs} path={paths.autopayment} />
    <ErrorSummary errors={draft.errors} />
    <FailedPayment failure={autopayment} mayPay={mayEdit} />
    {autopayment ? (
      <>
        <p class="soft">
          {charges && method
            ? `${methodInWords(method)} is charged.`
            : 'Nobody is charged without being there: a letter with the way to pay comes instead.'}
        </p>
        {mayEdit ? (
          <Form draft={draft} currency={autopayment.currency} />
        ) : (
          <p class="card">
            {autopaymentModeNames[autopayment.mode]}
            {draft.refill && ` to ${autopayment.currency} ${draft.refill}`}
          </p>
        )}
      </>
    ) : (
      <p class="card">Your account has no balance yet: it gets one with its first product for servers.</p>
    )}
  </Portal>
)

/** What each of them does, in a sentence. */
function hintOf(mode: AutopaymentMode, currency: string): string {
  const money = (minor: number) => moneyInWords({ minor, currency })
  if (mode === 'add') return `When the balance is below ${money(lowMinorIn(currency))}, it is filled up to your amount.`
  if (mode === 'repay')
    return `When it is below zero, what is owed is paid, at least ${money(leastRepaidIn(currency))}.`
  return 'You top up by hand.'
}

const Form = ({ draft, currency }: { draft: Draft; currency: string }) => (
  <form class="card form" method="post" action={paths.autopayment} novalidate {...hx({ disable: 'find button' })}>
    <input type="hidden" name="request" value={draft.request} />
    <input type="hidden" name="version" value={draft.version} />
    <input type="hidden" name="currency" value={currency} />
    <fieldset id="mode">
      <legend>How the balance is filled</legend>
      <FieldProblem errors={draft.errors} name="mode" />
      {autopaymentModes.map((mode) => (
        <p>
          <label>
            <input type="radio" name="mode" value={mode} checked={draft.mode === mode} /> {autopaymentModeNames[mode]}
          </label>
          <br />
          <small>{hintOf(mode, currency)}</small>
        </p>
      ))}
    </fieldset>
    <div>
      <label for="refill">Your amount in {currency}, to add funds up to</label>
      <FieldProblem errors={draft.errors} name="refill" />
      <input
        id="refill"
        name="refill"
        type="text"
        inputmode="decimal"
        value={draft.refill}
        autocomplete="off"
        size={10}
        {...described({ errors: draft.errors, name: 'refill' })}
      />
    </div>
    <button type="submit" class="main">
      Save
    </button>
  </form>
)
