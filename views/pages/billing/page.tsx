import { type Plan, sumOfMonth } from '#src/domain/billing/plan.ts'
import type { Day } from '#src/domain/day.ts'
import type { Money } from '#src/domain/money.ts'
import type { FieldError } from '#src/domain/refusal.ts'
import { BillingTabs } from '../../components/billing-tabs.tsx'
import { described, ErrorSummary, FieldProblem } from '../../components/error-summary.tsx'
import { FailedPayment, type Failure } from '../../components/failed-payment.tsx'
import type { Tab } from '../../components/settings-tabs.tsx'
import { hx } from '../../hx.ts'
import { type Frame, Portal } from '../../layouts/portal.tsx'
import { paths } from '../../paths.ts'
import { dayInWords, moneyInWords } from '../../words.ts'
import { BalanceLedger, type LedgerProps } from './ledger.tsx'
import { PlanAndPrices } from './plan.tsx'

type Props = {
  frame: Frame
  balance: Money
  /** What is there in other currencies, which nothing is charged from. */
  others: readonly { readonly currency: string; readonly balanceMinor: number }[]
  plans: readonly Plan[]
  tabs: readonly Tab[]
  /** The last payment that failed, where nothing was done about it yet. */
  failure: Failure | null
  nextOn: Day
  ledger: LedgerProps
  /** For whoever may pay in: what was typed, and what is wrong with it. */
  topUp: TopUpDraft | null
}

type TopUpDraft = { readonly amount: string; readonly errors: readonly FieldError[]; readonly request: string }

/** The prepaid balance, the charge that comes next, plan and prices, and the ledger (R230–R232). */
export const BillingPage = ({ frame, balance, others, plans, tabs, failure, nextOn, ledger, topUp }: Props) => {
  const next = { minor: sumOfMonth(plans), currency: balance.currency }
  return (
    <Portal frame={frame} title="Balance and top up" error={(topUp?.errors.length ?? 0) > 0}>
      <h1>Balance and top up</h1>
      <BillingTabs tabs={tabs} path={paths.billing} />
      <ErrorSummary errors={topUp?.errors ?? []} />
      <FailedPayment failure={failure} mayPay={topUp !== null} />
      <Low balance={balance} next={next} nextOn={nextOn} />
      <div class="cards">
        <section class="card">
          <h2>Balance</h2>
          <p class={balance.minor < 0 ? 'bad' : ''}>
            <b class="key">{moneyInWords(balance)}</b>
          </p>
          {others.map(({ currency, balanceMinor }) => (
            <p class="soft">and {moneyInWords({ minor: balanceMinor, currency })}, which nothing is charged from</p>
          ))}
        </section>
        <section class="card">
          <h2>Next charge</h2>
          <p>
            <b class="key">{moneyInWords(next)}</b>
          </p>
          <p class="soft">
            on <time datetime={nextOn}>{dayInWords(nextOn)}</time>, if as many servers are in use then as now
          </p>
        </section>
        {topUp && <TopUp draft={topUp} currency={balance.currency} />}
      </div>
      {ledger.may.prices && plans.length > 0 && <PlanAndPrices plans={plans} currency={balance.currency} />}
      <section>
        <h2>Ledger</h2>
        <BalanceLedger {...ledger} />
      </section>
    </Portal>
  )
}

/** Says in time that the balance will not do, and for what. */
const Low = ({ balance, next, nextOn }: { balance: Money; next: Money; nextOn: Day }) => {
  const { currency } = balance
  if (balance.minor < 0) {
    return (
      <section class="note">
        <p>
          <b>The balance is below zero.</b> {moneyInWords({ minor: -balance.minor, currency })} are due now. Your
          servers go on meanwhile.
        </p>
      </section>
    )
  }
  if (balance.minor >= next.minor) return null
  return (
    <section class="note">
      <p>
        <b>The balance is low.</b> {moneyInWords({ minor: next.minor - balance.minor, currency })} are missing for the
        charge of <time datetime={nextOn}>{dayInWords(nextOn)}</time>.
      </p>
    </section>
  )
}

/** An amount to pay in: next comes a quote of it, then the shop (R233). */
const TopUp = ({ draft, currency }: { draft: TopUpDraft; currency: string }) => (
  <section class="card">
    <h2>Top up</h2>
    <form class="form" method="post" action={paths.topUps} novalidate {...hx({ disable: 'find button' })}>
      <input type="hidden" name="request" value={draft.request} />
      <input type="hidden" name="currency" value={currency} />
      <div>
        <label for="amount">Amount in {currency}</label>
        <FieldProblem errors={draft.errors} name="amount" />
        <span class="field">
          <input
            id="amount"
            name="amount"
            type="text"
            inputmode="decimal"
            value={draft.amount}
            autocomplete="off"
            size={8}
            {...described({ errors: draft.errors, name: 'amount' })}
          />
          <button type="submit" class="main">
            Top up
          </button>
        </span>
      </div>
    </form>
  </section>
)
