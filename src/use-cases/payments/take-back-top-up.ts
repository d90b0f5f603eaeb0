import { insertBalanceEntry } from '#src/db/balances.ts'
import type { Write } from '#src/db/query.ts'
import { topUpBack } from '#src/domain/billing/top-up.ts'
import type { Id } from '#src/domain/ids.ts'
import { formatMoney } from '#src/domain/money.ts'
import type { Deps } from '../deps.ts'
import { type By, record } from '../record.ts'

/** A top-up as an order paid for it, and how much of it was taken back so far. */
export type PaidTopUp = {
  readonly accountId: Id<'account'>
  readonly currency: string
  readonly orderId: Id<'order'>
  readonly orderItemId: Id<'orderItem'>
  readonly dueMinor: number
  readonly takenMinor: number
}

/** What was paid for an order, and what went back of it by now. */
type Back = { readonly totalMinor: number; readonly backMinor: number }

/** What went back of a top-up leaves the balance, in part or whole, also where it was spent: then it is owed. */
export function takeBackTopUp(
  deps: Deps,
  by: By,
  { dueMinor, takenMinor, ...of }: PaidTopUp,
  { totalMinor, backMinor }: Back,
): Write[] {
  const minor = topUpBack(dueMinor, totalMinor, backMinor) - takenMinor
  if (minor <= 0) return []
  const { accountId, currency } = of
  return [
    insertBalanceEntry({
      ...{ ...of, id: deps.newId('balanceEntry'), reason: 'refund', amountMinor: -minor, createdAt: deps.now() },
    }),
    record(deps, by, {
      action: 'balance.refunded',
      accountId,
      subject: { kind: 'balance', id: accountId, name: currency },
      after: { refunded: formatMoney({ minor, currency }) },
    }),
  ]
}
