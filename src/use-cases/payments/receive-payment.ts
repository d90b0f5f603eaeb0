import { findVendor } from '#src/db/accounts.ts'
import { listSameOrders } from '#src/db/orders.ts'
import { findPaymentOfOrder } from '#src/db/payments.ts'
import { findProviderEvent } from '#src/db/provider-events.ts'
import { read } from '#src/db/query.ts'
import type { Id } from '#src/domain/ids.ts'
import { referenceKey } from '#src/domain/orders/reference.ts'
import type { ShopOrder } from '#src/domain/orders/shop-order.ts'
import type { ProviderEvent } from '#src/gateways/fastspring/envelope.ts'
import type { Deps } from '../deps.ts'
import { contended } from '../orders/contended.ts'
import { commitOnce, eventRow, keepEvent, keptIdOf } from '../orders/keep-event.ts'
import type { By } from '../record.ts'
import { holdPayment } from './hold-payment.ts'

/**
 * Takes in a payment for a quote, each order of the provider once. It does what the quote says, or it is held for the
 * vendor: never lost, and never more than was paid for. Returns the letters to send.
 */
export async function receivePayment(
  deps: Deps,
  event: ProviderEvent,
  order: ShopOrder,
  by: By,
): Promise<Id<'letter'>[]> {
  const eventId = await keptIdOf(event)
  const { provider, providerOrderId } = order
  const of = { provider, providerOrderId, reference: referenceKey(order.reference) }
  return contended(async () => {
    const [events, [payment], same, [vendor]] = await read(deps.db, [
      findProviderEvent({ provider, id: eventId }),
      findPaymentOfOrder(of),
      listSameOrders(of),
      findVendor(),
    ])
    if (!vendor) throw new Error('There is no vendor account yet')
    if (events.length > 0) return []
    if (payment || same.length > 0) {
      return keepEvent(deps, event, { outcome: 'done', note: 'The payment was received before' })
    }
    const held = holdPayment(deps, by, order, {
      eventId,
      accountId: null,
      vendorId: vendor.id,
      problem: 'quote-unknown',
    })
    const first = await commitOnce(deps, [eventRow(deps, eventId, event, { outcome: 'done' }), ...held.writes])
    return first ? held.letters : []
  })
}
