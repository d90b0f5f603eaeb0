import { DatabaseUnavailable } from '#src/db/connection.ts'
import type { Id } from '#src/domain/ids.ts'
import { checkoutTold } from '#src/gateways/fastspring/checkout-event.ts'
import { fastspring, type ProviderEvent } from '#src/gateways/fastspring/envelope.ts'
import { shopOrderOf } from '#src/gateways/fastspring/order-completed.ts'
import { paymentMethodTold } from '#src/gateways/fastspring/payment-method-event.ts'
import { shopReturnOf } from '#src/gateways/fastspring/return-created.ts'
import { isSubscriptionEvent, subscriptionFactOf } from '#src/gateways/fastspring/subscription-event.ts'
import { receivePaymentMethod } from '../billing/receive-payment-method.ts'
import { receiveCheckoutEvent } from '../checkouts/receive-checkout-event.ts'
import type { Deps } from '../deps.ts'
import { sendLetters } from '../letters/send-letters.ts'
import { receivePayment } from '../payments/receive-payment.ts'
import type { By } from '../record.ts'
import { receiveSubscriptionEvent } from '../subscriptions/receive-subscription-event.ts'
import { keepEvent } from './keep-event.ts'
import { receiveOrder } from './receive-order.ts'
import { receiveReturn } from './receive-return.ts'
import { refuseEvent } from './refuse-event.ts'

/** So many events in a row that the database did not take: the rest is left for the provider's next try. */
const patience = 2

/**
 * Takes in the events of a post, each for itself: trouble with one leaves the others alone. Returns those processed;
 * the provider sends the rest again.
 */
export async function receiveProviderEvents(
  deps: Deps,
  events: readonly ProviderEvent[],
  from: { address: string; requestId: string },
): Promise<ProviderEvent[]> {
  const by: By = { kind: 'shop', id: fastspring, name: 'FastSpring', ...from }
  const processed: ProviderEvent[] = []
  const letters: Id<'letter'>[] = []
  let outages = 0
  for (const event of events) {
    if (outages === patience) break
    try {
      letters.push(...(await receiveEvent(deps, event, by)))
      processed.push(event)
      outages = 0
    } catch (error) {
      deps.log({ level: 'error', message: 'shop event not processed', event: event.id, error: String(error) })
      outages = error instanceof DatabaseUnavailable ? outages + 1 : 0
    }
  }
  if (letters.length > 0) deps.afterwards(sendLetters(deps, letters))
  return processed
}

/** Acts on what an event tells: orders, refunds, subscriptions; keeps any other. Returns the letters to send. */
async function receiveEvent(deps: Deps, event: ProviderEvent, by: By): Promise<Id<'letter'>[]> {
  if (event.unreadable) return refuseEvent(deps, event, event.unreadable)
  const { type } = event
  if (type === 'order.completed') {
    const read = shopOrderOf(event, deps.now())
    if ('unreadable' in read) return refuseEvent(deps, event, read.unreadable)
    return (read.order.tags ? receivePayment : receiveOrder)(deps, event, read.order, by)
  }
  if (type === 'return.created') {
    const read = shopReturnOf(event, deps.now())
    return 'unreadable' in read
      ? refuseEvent(deps, event, read.unreadable)
      : receiveReturn(deps, event, read.refund, by)
  }
  const method = paymentMethodTold(event)
  if (method) return receivePaymentMethod(deps, event, method, by)
  const told = checkoutTold(event)
  if (told) return receiveCheckoutEvent(deps, event, told)
  if (!isSubscriptionEvent(type)) return keepEvent(deps, event, { outcome: 'kept' })
  const read = subscriptionFactOf({ ...event, type })
  return 'unreadable' in read
    ? refuseEvent(deps, event, read.unreadable)
    : receiveSubscriptionEvent(deps, event, read.fact, by)
}
