import { settleCheckout } from '#src/db/checkouts.ts'
import { findPayersContact } from '#src/db/orders.ts'
import type { PaymentRow } from '#src/db/payments.ts'
import { read } from '#src/db/query.ts'
import { listRefunds } from '#src/db/refunds.ts'
import { emailKey } from '#src/domain/accounts/identifier.ts'
import { referenceKey } from '#src/domain/orders/reference.ts'
import type { ShopOrder } from '#src/domain/orders/shop-order.ts'
import { sharesOf } from '#src/domain/payments/payment.ts'
import { refuse } from '#src/domain/refusal.ts'
import { eventsOf } from '#src/gateways/fastspring/envelope.ts'
import { shopOrderOf } from '#src/gateways/fastspring/order-completed.ts'
import type { Deps } from '../deps.ts'
import { lookUpOrder } from '../orders/look-up-order.ts'
import { writeOrder } from '../orders/write-order.ts'
import { type PaidQuote, readPaidQuote } from '../quotes/read-paid-quote.ts'
import type { By } from '../record.ts'
import { writeQuoteOrder } from './write-quote-order.ts'

/**
 * The statements that grant what a held payment paid for, from the order as it was received: what its quote says, at what
 * was paid in its currency, or, where no quote is known, an order of the shop. Refuses `payment-not-applicable` with the
 * reason.
 */
export async function applyHeldPayment(deps: Deps, by: By, payment: PaymentRow, text: string) {
  const order = orderIn(deps, text)
  if (!order)
    return refuse({ code: 'payment-not-applicable', why: 'The order was not kept in a form that can be read' })
  const paid = await readPaidQuote(deps, payment.quoteId)
  return paid ? ofQuote(deps, by, payment, order, paid) : ofShop(deps, by, payment, order)
}

async function ofQuote(deps: Deps, by: By, payment: PaymentRow, order: ShopOrder, paid: PaidQuote) {
  const why = whyNot(order, paid)
  if (why) return refuse({ code: 'payment-not-applicable', why })
  const { email, firstName, lastName } = order.buyer
  const { provider, providerOrderId, reference } = order
  const [[contact], refunds] = await read(deps.db, [
    findPayersContact({ quote: paid.quote.id, email: emailKey(email), firstName, lastName }),
    listRefunds({ provider, providerOrderId, reference: referenceKey(reference) }),
  ])
  const known = { contactId: contact?.id ?? null, refunds }
  // Its checkout keeps what was paid; only how it stands changes.
  const { orderId, writes, letters } = writeQuoteOrder(deps, by, { ...order, tags: null }, asPaid(order, paid), known)
  const { checkoutId } = payment
  const settled = checkoutId ? [settleCheckout(checkoutId, providerOrderId, 'paid', deps.now())] : []
  return { orderId, letters, writes: [...writes, ...settled] }
}

/** The quote with the amounts that were paid for it: its order and its balance say what came in, and no more. */
function asPaid(order: ShopOrder, { quote, lines, ...paid }: PaidQuote): PaidQuote {
  const shares = sharesOf(
    lines.map(({ dueMinor }) => dueMinor),
    order,
  )
  const totalMinor = shares.reduce((sum, one) => sum + one, 0)
  const dueOf = (i: number) => shares[i] ?? 0
  return { ...paid, quote: { ...quote, totalMinor }, lines: lines.map((line, i) => ({ ...line, dueMinor: dueOf(i) })) }
}

function whyNot({ currency }: ShopOrder, { quote }: PaidQuote): string | null {
  if (currency !== quote.currency)
    return `It was paid in ${currency}, and the quote is in ${quote.currency}: refund it, and let it be paid again`
  if (quote.state === 'applied') return 'Another payment did what the quote says'
  if (quote.state === 'refunded') return 'What was paid for the quote went back'
  return quote.licensesStand ? null : 'What the quote was made for was changed since, so it cannot be done as quoted'
}

async function ofShop(deps: Deps, by: By, payment: PaymentRow, order: ShopOrder) {
  const found = await lookUpOrder(deps, payment.eventId, order)
  if (found.referenceTaken) return refuse({ code: 'payment-not-applicable', why: 'Another order has its number' })
  return writeOrder(deps, by, order, found)
}

function orderIn(deps: Deps, text: string): ShopOrder | null {
  const [event] = eventsOf(new TextEncoder().encode(text)) ?? []
  const read = event ? shopOrderOf(event, deps.now()) : null
  return read && 'order' in read ? read.order : null
}
