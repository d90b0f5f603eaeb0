import { findOrderOfCharge, hasNoCharge } from '#src/db/charge-refunds.ts'
import { expect } from '#src/db/expect.ts'
import { findPaymentOfOrder, type PaymentRow } from '#src/db/payments.ts'
import { findProviderEvent } from '#src/db/provider-events.ts'
import { read } from '#src/db/query.ts'
import { listRevertible, type Revertible } from '#src/db/quote-reverts.ts'
import {
  countsRefunds,
  hasNoOrder,
  insertRefund,
  listRefundableLines,
  listRefunds,
  type OrderRefund,
  type RefundableLine,
} from '#src/db/refunds.ts'
import type { Id } from '#src/domain/ids.ts'
import { referenceKey } from '#src/domain/orders/reference.ts'
import { type ShopReturn, sumOf } from '#src/domain/orders/shop-return.ts'
import type { ProviderEvent } from '#src/gateways/fastspring/envelope.ts'
import type { Deps } from '../deps.ts'
import { refunded } from '../payments/refunded-payment.ts'
import { revertQuote } from '../payments/revert-quote.ts'
import { takeBackTopUp } from '../payments/take-back-top-up.ts'
import type { By } from '../record.ts'
import { contended } from './contended.ts'
import { followChargeRefunds } from './follow-charge-refunds.ts'
import { followRefunds, type RefundedOrder } from './follow-refunds.ts'
import { commitOnce, eventRow, keepEvent, keptIdOf } from './keep-event.ts'

/**
 * Takes in a refund, once: what the order brought follows. A refund that comes before its order is kept, and followed
 * when the order comes in. One of a later charge of a subscription is told. A held payment that was refunded is settled.
 * Returns the letters to send.
 */
export async function receiveReturn(
  deps: Deps,
  event: ProviderEvent,
  refund: ShopReturn,
  by: By,
): Promise<Id<'letter'>[]> {
  const eventId = await keptIdOf(event)
  const key = refund.orderReference ? referenceKey(refund.orderReference) : null
  const row = refundRow(deps, refund, key)
  return contended(async () => {
    const { provider } = refund
    const of = { provider, providerOrderId: refund.providerOrderId ?? '', reference: key ?? '' }
    const [events, lines, known, [payment], quoted, [charged]] = await read(deps.db, [
      findProviderEvent({ provider, id: eventId }),
      listRefundableLines(of),
      listRefunds(of),
      findPaymentOfOrder(of),
      listRevertible(of),
      findOrderOfCharge(of),
    ])
    if (events.length > 0) return []
    if (known.some(({ id }) => id === refund.providerReturnId)) {
      return keepEvent(deps, event, { outcome: 'done', note: 'The refund was received before' })
    }
    const order = orderOf(lines, refund.currency)
    const all: OrderRefund[] = [...known, { ...row, id: refund.providerReturnId }]
    const { writes, letters } = order
      ? followRefunds(deps, by, order, all, () => revertQuote(deps, by, quoted))
      : charged
        ? followChargeRefunds(deps, by, charged, [{ ...refund, id: refund.providerReturnId }])
        : { writes: [], letters: [] }
    const unchanged = order
      ? [sameRefunds(lines, known.length)]
      : [
          hasNoOrder(provider, refund.providerOrderId, key),
          ...(charged ? [] : [hasNoCharge(provider, refund.providerOrderId)]),
        ]
    const note = order || charged ? {} : { note: 'Its order is not known here' }
    const settled = payment && isToSettle(payment, all) ? refunded(deps, by, payment) : { writes: [], letters: [] }
    const first = await commitOnce(deps, [
      eventRow(deps, eventId, event, { outcome: 'done', ...note }),
      ...unchanged.map((one) => expect('version-mismatch', one)),
      insertRefund(row),
      ...writes,
      ...quoted.flatMap((line) => fromBalance(deps, by, line, order, all)),
      ...settled.writes,
    ])
    return first ? [...letters, ...settled.letters] : []
  })
}

/** Whether all that was paid went back, and nobody has said so before: only then is a payment refunded. */
const isToSettle = ({ state, totalMinor }: PaymentRow, refunds: readonly OrderRefund[]): boolean =>
  state !== 'refunded' && sumOf(refunds) >= totalMinor

function fromBalance(
  deps: Deps,
  by: By,
  line: Revertible,
  order: RefundedOrder | null,
  refunds: readonly OrderRefund[],
) {
  const { change, payerId: accountId, currency, orderId, orderItemId, dueMinor, takenMinor } = line
  if (change.kind !== 'top-up' || !orderItemId || !order) return []
  const topUp = { accountId, currency, orderId, orderItemId, dueMinor, takenMinor }
  return takeBackTopUp(deps, by, topUp, { totalMinor: order.totalMinor, backMinor: sumOf(refunds) })
}

const refundRow = (deps: Deps, refund: ShopReturn, orderReferenceKey: string | null) => {
  const { orderReference: _, ...row } = refund
  return { ...row, orderReferenceKey, receivedAt: deps.now() }
}

const sameRefunds = ([line]: readonly RefundableLine[], count: number) =>
  countsRefunds(line?.provider ?? '', line?.providerOrderId ?? '', line?.referenceKey ?? '', count)

function orderOf(lines: readonly RefundableLine[], currency: string): RefundedOrder | null {
  const [first] = lines
  if (!first) return null
  const { orderId: id, accountId, reference, email, name, totalMinor } = first
  const items = lines.map(({ itemId, path, display, subtotalMinor, refundedOn }) => ({
    id: itemId,
    path,
    display,
    subtotalMinor,
    refundedOn,
  }))
  return { id, accountId, reference, email, name, currency, totalMinor, items }
}
