import { findVendor } from '#src/db/accounts.ts'
import { findUnderWay } from '#src/db/checkouts.ts'
import { Violation } from '#src/db/commit.ts'
import { findPayersContact, listSameOrders } from '#src/db/orders.ts'
import { findPaymentOfOrder } from '#src/db/payments.ts'
import { findProviderEvent } from '#src/db/provider-events.ts'
import { read } from '#src/db/query.ts'
import { listRefunds } from '#src/db/refunds.ts'
import { emailKey } from '#src/domain/accounts/identifier.ts'
import type { Id } from '#src/domain/ids.ts'
import { referenceKey } from '#src/domain/orders/reference.ts'
import type { ShopOrder } from '#src/domain/orders/shop-order.ts'
import { sumOf } from '#src/domain/orders/shop-return.ts'
import { type PaymentProblem, problemWith } from '#src/domain/payments/payment.ts'
import type { ProviderEvent } from '#src/gateways/fastspring/envelope.ts'
import type { Deps } from '../deps.ts'
import { contended } from '../orders/contended.ts'
import { commitOnce, eventRow, keepEvent, keptIdOf } from '../orders/keep-event.ts'
import { type PaidQuote, readPaidQuote } from '../quotes/read-paid-quote.ts'
import type { By } from '../record.ts'
import { holdPayment, paymentRow } from './hold-payment.ts'
import { writeQuoteOrder } from './write-quote-order.ts'

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
  let refused: PaymentProblem | null = null
  return contended(async (isLast) => {
    const [found, paid] = await Promise.all([
      lookUp(deps, eventId, order),
      readPaidQuote(deps, order.tags?.quote ?? ''),
    ])
    if (found.eventKept) return []
    if (found.received) return keepEvent(deps, event, { outcome: 'done', note: 'The payment was received before' })
    const row = eventRow(deps, eventId, event, { outcome: 'done' })
    const of = { eventId, accountId: paid?.quote.accountId ?? null }
    const problem = refused ?? problemOf(deps, order, paid, found) ?? (isLast ? 'impossible' : null)
    if (problem !== null || paid === null) {
      const why = problem ?? 'quote-unknown'
      const held = holdPayment(deps, by, order, {
        ...of,
        vendorId: found.vendorId,
        problem: why,
        quote: paid?.quote ?? null,
      })
      return (await commitOnce(deps, [row, ...held.writes])) ? held.letters : []
    }
    const { orderId, writes, letters } = writeQuoteOrder(deps, by, order, paid, found)
    const payment = paymentRow(deps, deps.newId('payment'), order, of, { state: 'applied', orderId })
    try {
      return (await commitOnce(deps, [row, ...writes, payment])) ? letters : []
    } catch (error) {
      if (error instanceof Violation)
        refused = error.constraint in problems ? (problems[error.constraint] ?? null) : 'impossible'
      throw error instanceof Violation ? new Violation('version-mismatch', { cause: error }) : error
    }
  })
}

/** What the database says no with when somebody was faster; anything else is looked at by the vendor. */
const problems: Record<string, PaymentProblem | null> = {
  'quote-paid': 'quote-paid',
  'checkouts.quote_id': 'quote-paid',
  'payments.quote_id': 'quote-paid',
  'quote-stale': 'quote-stale',
  // Twins: looked at again, they find what the other made.
  'version-mismatch': null,
  'contacts.account_id, contacts.email_key, contacts.first_name, contacts.last_name': null,
  'activation_keys.account_id': null,
  'payments.provider, payments.provider_order_id': null,
  'orders.provider, orders.provider_order_id': null,
}

function problemOf(
  { checkout, settings }: Deps,
  order: ShopOrder,
  paid: PaidQuote | null,
  { refunds, underWay }: Awaited<ReturnType<typeof lookUp>>,
): PaymentProblem | null {
  const refundedMinor = sumOf(refunds)
  if (!paid) return 'quote-unknown'
  if (refundedMinor >= order.totalMinor && refundedMinor > 0) return 'refunded-before'
  if (paid.quote.state !== 'open') return 'quote-paid'
  if (!order.live && !checkout.takesTests && !settings.development) return 'test-order'
  const wasUnderWay = underWay?.quoteId === paid.quote.id
  return problemWith(order, { ...paid.quote, wasUnderWay }) ?? (paid.quote.licensesStand ? null : 'quote-stale')
}

async function lookUp(deps: Deps, eventId: string, order: ShopOrder) {
  const { provider, providerOrderId, buyer, tags } = order
  const of = { provider, providerOrderId, reference: referenceKey(order.reference) }
  const email = emailKey(buyer.email)
  const [events, payments, same, [vendor], [contact], refunds, [underWay]] = await read(deps.db, [
    findProviderEvent({ provider, id: eventId }),
    findPaymentOfOrder(of),
    listSameOrders(of),
    findVendor(),
    findPayersContact({ quote: tags?.quote, email, firstName: buyer.firstName, lastName: buyer.lastName }),
    listRefunds(of),
    findUnderWay(tags?.checkout ?? ''),
  ])
  if (!vendor) throw new Error('There is no vendor account yet')
  return {
    eventKept: events.length > 0,
    received: payments.length > 0 || same.length > 0,
    vendorId: vendor.id,
    contactId: contact?.id ?? null,
    refunds,
    underWay,
  }
}
