import { type Plan, sumOfMonth } from '#src/domain/billing/plan.ts'
import type { Day } from '#src/domain/day.ts'
import { formatMoney, type Money } from '#src/domain/money.ts'
import { type Frame, Portal } from '../../layouts/portal.tsx'
import { dayInWords } from '../../words.ts'
import { BalanceLedger, type LedgerProps } from './ledger.tsx'
import { PlanAndPrices } from './plan.tsx'

type Props = {
  frame: Frame
  balance: Money
  /** What is there in other currencies, which nothing is charged from. */
  others: readonly { readonly currency: string; readonly balanceMinor: number }[]
  plans: readonly Plan[]
  nextOn: Day
  ledger: LedgerProps
}

/** The prepaid balance, the charge that comes next, plan and prices, and the ledger (R230–R232). */
export const BillingPage = ({ frame, balance, others, plans, nextOn, ledger }: Props) => {
  const next = { minor: sumOfMonth(plans), currency: balance.currency }
  return (
    <Portal frame={frame} title="Balance and top up">
      <h1>Balance and top up</h1>
      <Low balance={balance} next={next} nextOn={nextOn} />
      <div class="cards">
        <section class="card">
          <h2>Balance</h2>
          <p class={balance.minor < 0 ? 'bad' : ''}>
            <b class="key">{formatMoney(balance)}</b>
          </p>
          {others.map(({ currency, balanceMinor }) => (
            <p class="soft">and {formatMoney({ minor: balanceMinor, currency })}, which nothing is charged from</p>
          ))}
        </section>
        <section class="card">
          <h2>Next charge</h2>
          <p>
            <b class="key">{formatMoney(next)}</b>
          </p>
          <p class="soft">
            on <time datetime={nextOn}>{dayInWords(nextOn)}</time>, if as many servers are in use then as now
          </p>
        </section>
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
          <b>The balance is below zero.</b> {formatMoney({ minor: -balance.minor, currency })} are due now. Your servers
          go on meanwhile.
        </p>
      </section>
    )
  }
  if (balance.minor >= next.minor) return null
  return (
    <section class="note">
      <p>
        <b>The balance is low.</b> {formatMoney({ minor: next.minor - balance.minor, currency })} are missing for the
        charge of <time datetime={nextOn}>{dayInWords(nextOn)}</time>.
      </p>
    </section>
  )
}
