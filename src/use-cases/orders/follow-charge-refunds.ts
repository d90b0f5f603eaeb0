import type { ChargedOrder } from '#src/db/charge-refunds.ts'
import type { Write } from '#src/db/query.ts'
import type { Id } from '#src/domain/ids.ts'
import { formatMoney } from '#src/domain/money.ts'
import type { Deps } from '../deps.ts'
import { type By, record } from '../record.ts'
import { refundLetter, refundToSettleLetter } from './refund-letter.ts'

type ChargeRefund = { readonly id: string; readonly totalMinor: number; readonly currency: string }
type Followed = { readonly writes: Write[]; readonly letters: Id<'letter'>[] }

/**
 * Tells of money that went back of later charges of a subscription, the buyer and the vendor. Nothing ends by it: the
 * shop goes on charging until the vendor ends the subscription there, and licenses follow what it tells then.
 */
export function followChargeRefunds(
  deps: Deps,
  by: By,
  order: ChargedOrder,
  refunds: readonly ChargeRefund[],
): Followed {
  const letters = refunds.flatMap((refund) => lettersOf(deps, order, refund))
  return {
    letters: letters.map(({ id }) => id),
    writes: [
      ...refunds.map(({ totalMinor: minor, currency }) =>
        record(deps, by, {
          action: 'order.refunded',
          accountId: order.accountId,
          subject: { kind: 'order', id: order.id, name: order.reference },
          after: { refunded: formatMoney({ minor, currency }), of: 'a renewal', ended: [] },
        }),
      ),
      ...letters.map(({ write }) => write),
    ],
  }
}

function lettersOf(deps: Deps, order: ChargedOrder, { id: refundId, totalMinor, currency }: ChargeRefund) {
  const { reference, name, email: buyer, accountId } = order
  const params = { reference, name, currency, totalMinor, ended: [], buyer, renewal: true }
  const told = { refundId, accountId, params }
  return [refundLetter(deps, told), refundToSettleLetter(deps, told)]
}
