import { endAutopayment, forgiven, updateAutopayment } from '#src/db/autopayments.ts'
import { insertBalanceEntry, insertBillingAccount } from '#src/db/balances.ts'
import type { Write } from '#src/db/query.ts'
import { formatMoney } from '#src/domain/money.ts'
import type { Deps } from '../deps.ts'
import { record } from '../record.ts'
import type { Acting, PaidItem } from './acting.ts'

/** The one place where paid lines enter a balance: what was paid in stands in its ledger once, under the order's item. */
export function balanceWrites(deps: Deps, acting: Acting, { change, dueMinor, id: orderItemId }: PaidItem): Write[] {
  if (change.kind !== 'top-up' || dueMinor === 0) return []
  const { accountId, currency } = acting.quote
  const { orderId, reference } = acting.payment
  const createdAt = acting.now
  return [
    insertBillingAccount({ accountId, currency, createdAt }),
    insertBalanceEntry({
      ...{ id: deps.newId('balanceEntry'), accountId, currency, reason: 'top-up', amountMinor: dueMinor },
      ...{ orderId, orderItemId, createdAt },
    }),
    endAutopayment(acting.quote.id, 'paid', createdAt),
    updateAutopayment(accountId, forgiven, 'any'),
    record(deps, acting.by, {
      action: 'balance.topped-up',
      accountId,
      subject: { kind: 'balance', id: accountId, name: currency },
      after: { paid: formatMoney({ minor: dueMinor, currency }), order: reference },
    }),
  ]
}
