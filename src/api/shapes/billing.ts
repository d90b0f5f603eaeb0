import type { BalanceEntryRow, BillingRow, PlanRow } from '#src/db/balances.ts'
import type { Costs } from '#src/domain/billing/costs.ts'
import { nextChargeOn, reckonMonth, sumOfMonth } from '#src/domain/billing/plan.ts'
import type { Day } from '#src/domain/day.ts'
import type { Column } from '#src/http/csv.ts'

type Billing = {
  readonly billing: BillingRow
  readonly balances: readonly { readonly currency: string; readonly balanceMinor: number }[]
  readonly plans: readonly PlanRow[]
  readonly today: Day
  /** Prices are for whoever may see them. */
  readonly seesPrices: boolean
}

/** The balance of an account and what comes next, as the API shows it. */
export function billingShape({ billing, balances, plans, today, seesPrices }: Billing) {
  const { currency } = billing
  const money = (minor: number) => ({ minor, currency })
  return {
    balance: money(billing.balanceMinor),
    otherBalances: balances
      .filter((one) => one.currency !== currency)
      .map((one) => ({ minor: one.balanceMinor, currency: one.currency })),
    nextCharge: {
      on: nextChargeOn(plans, today),
      total: money(sumOfMonth(plans)),
      lines: plans.map(({ productCode, servers, tiers }) => {
        const reckoned = reckonMonth(servers, tiers)
        return {
          product: productCode,
          servers,
          each: seesPrices && reckoned ? money(reckoned.unitMinor) : null,
          due: reckoned && money(reckoned.amountMinor),
        }
      }),
    },
    prices: seesPrices
      ? plans.flatMap(({ productCode, tiers }) =>
          tiers.map(({ minQuantity, unitMinor }) => ({
            product: productCode,
            from: minQuantity,
            each: money(unitMinor),
          })),
        )
      : null,
  }
}

/** Costs by month as the API shows them; `product` is null for what was ordered in the shop. */
export const costsShape = ({ periods, series, totals }: Costs, currency: string) => ({
  months: periods.map((period, i) => ({
    month: period.slice(0, 7),
    total: { minor: totals[i] ?? 0, currency },
    lines: series
      .map(({ what, code, amounts }) => ({ what, product: code, amount: { minor: amounts[i] ?? 0, currency } }))
      .filter(({ amount }) => amount.minor > 0),
  })),
})

/** A line of the ledger as the API shows it. */
export const balanceEntryShape =
  (seesPrices: boolean) =>
  ({ currency, charge, ...row }: BalanceEntryRow) => ({
    id: row.id,
    at: row.at.toISOString(),
    reason: row.reason,
    amount: { minor: row.amountMinor, currency },
    balanceAfter: { minor: row.balanceAfterMinor, currency },
    note: row.note,
    order: row.orderReference,
    charge: charge && {
      product: charge.productCode,
      month: charge.period.slice(0, 7),
      servers: charge.servers,
      each: seesPrices ? { minor: charge.unitMinor, currency } : null,
    },
  })

export const balanceEntryColumns: readonly Column<BalanceEntryRow>[] = [
  ['id', (row) => row.id],
  ['at', (row) => row.at.toISOString()],
  ['reason', (row) => row.reason],
  ['amountMinor', (row) => row.amountMinor],
  ['balanceAfterMinor', (row) => row.balanceAfterMinor],
  ['currency', (row) => row.currency],
  ['product', (row) => row.charge?.productCode ?? null],
  ['month', (row) => row.charge?.period.slice(0, 7) ?? null],
  ['servers', (row) => row.charge?.servers ?? null],
  ['order', (row) => row.orderReference],
  ['note', (row) => row.note],
]
