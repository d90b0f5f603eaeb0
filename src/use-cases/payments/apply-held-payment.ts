import type { PaymentRow } from '#src/db/payments.ts'
import type { ShopOrder } from '#src/domain/orders/shop-order.ts'
import { refuse } from '#src/domain/refusal.ts'
import { eventsOf } from '#src/gateways/fastspring/envelope.ts'
import { shopOrderOf } from '#src/gateways/fastspring/order-completed.ts'
import type { Deps } from '../deps.ts'
import { lookUpOrder } from '../orders/look-up-order.ts'
import { writeOrder } from '../orders/write-order.ts'
import type { By } from '../record.ts'

/**
 * The statements that grant what a held payment paid for, from the order as it was received. Where no quote is known it
 * is an order of the shop. Refuses `payment-not-applicable`.
 */
export async function applyHeldPayment(deps: Deps, by: By, payment: PaymentRow, text: string) {
  const order = orderIn(deps, text)
  if (!order)
    return refuse({ code: 'payment-not-applicable', why: 'The order was not kept in a form that can be read' })
  const found = await lookUpOrder(deps, payment.eventId, order)
  if (found.referenceTaken) return refuse({ code: 'payment-not-applicable', why: 'Another order has its number' })
  return writeOrder(deps, by, order, found)
}

function orderIn(deps: Deps, text: string): ShopOrder | null {
  const [event] = eventsOf(new TextEncoder().encode(text)) ?? []
  const read = event ? shopOrderOf(event, deps.now()) : null
  return read && 'order' in read ? read.order : null
}
