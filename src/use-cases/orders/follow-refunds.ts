import type { Write } from '#src/db/query.ts'
import { endRefunded, type OrderRefund } from '#src/db/refunds.ts'
import type { Day } from '#src/domain/day.ts'
import type { Id } from '#src/domain/ids.ts'
import { formatMoney } from '#src/domain/money.ts'
import { refundedOf, sumOf } from '#src/domain/orders/shop-return.ts'
import type { Deps } from '../deps.ts'
import { type By, record } from '../record.ts'
import { refundLetter, refundToSettleLetter } from './refund-letter.ts'

/** An order whose money went back, with its lines and what is known of them. */
export type RefundedOrder = {
  readonly id: Id<'order'>
  readonly accountId: Id<'account'>
  readonly reference: string
  readonly email: string
  readonly name: string
  readonly currency: string
  readonly totalMinor: number
  readonly items: readonly {
    readonly id: Id<'orderItem'>
    readonly path: string
    readonly display: string
    readonly subtotalMinor: number
    readonly refundedOn: Day | null
  }[]
}

type Followed = { readonly writes: Write[]; readonly letters: Id<'letter'>[] }

/** What the order was for, where it paid a quote: taken back once all of it went back. */
type Taken = { readonly writes: readonly Write[]; readonly isClean: boolean }
const nothingTaken: Taken = { writes: [], isClean: true }

/**
 * Lets licenses and support follow the refunds of an order, read together: what a refunded line brought ends on the day
 * it went back. Each refund is told to the buyer once; money that makes no line whole, or takes back less than it
 * should, to the vendor.
 */
export function followRefunds(
  deps: Deps,
  by: By,
  order: RefundedOrder,
  refunds: readonly OrderRefund[],
  takeBack: () => Taken = () => nothingTaken,
): Followed {
  if (refunds.length === 0) return { writes: [], letters: [] }
  const { days, partial } = refundedOf(order, refunds)
  // A balance follows each part of a refund by itself.
  const isOpen = partial && order.items.some(({ path }) => path !== 'top-up')
  const isWhole = days.size === order.items.length
  const taken = isWhole && order.items.some(({ refundedOn }) => refundedOn === null) ? takeBack() : nothingTaken
  const moved = order.items.filter(({ id, refundedOn }) => days.has(id) && days.get(id) !== refundedOn)
  const letters = refunds.flatMap((refund) =>
    lettersOf(deps, order, refund, { days, partial: isOpen || !taken.isClean, changedSince: !taken.isClean }),
  )
  return {
    letters: letters.map(({ id }) => id),
    writes: [
      ...[...new Set(moved.map(({ id }) => days.get(id) as Day))].flatMap((on) =>
        endRefunded(
          moved.filter(({ id }) => days.get(id) === on).map(({ id }) => id),
          on,
        ),
      ),
      ...taken.writes,
      record(deps, by, {
        action: 'order.refunded',
        accountId: order.accountId,
        subject: { kind: 'order', id: order.id, name: order.reference },
        after: {
          refunded: formatMoney({ minor: sumOf(refunds), currency: order.currency }),
          ended: order.items.filter(({ id }) => days.has(id)).map(({ display }) => display),
        },
      }),
      ...letters.map(({ write }) => write),
    ],
  }
}

function lettersOf(
  deps: Deps,
  order: RefundedOrder,
  refund: OrderRefund,
  { days, partial, changedSince }: ReturnType<typeof refundedOf> & { readonly changedSince: boolean },
) {
  const { reference, currency, name, accountId } = order
  const ended = order.items.filter(({ id }) => days.has(id)).map(({ display }) => display)
  const params = { reference, name, currency, totalMinor: refund.totalMinor, ended, buyer: order.email, changedSince }
  const told = { refundId: refund.id, accountId, params }
  return [refundLetter(deps, told), ...(partial ? [refundToSettleLetter(deps, told)] : [])]
}
