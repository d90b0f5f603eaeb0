import { payCheckout } from '#src/db/checkouts.ts'
import { insertPayment } from '#src/db/payments.ts'
import type { Write } from '#src/db/query.ts'
import { updateQuotePaid } from '#src/db/quotes.ts'
import type { Id } from '#src/domain/ids.ts'
import { formatMoney } from '#src/domain/money.ts'
import { referenceKey } from '#src/domain/orders/reference.ts'
import { buyerName, type ShopOrder } from '#src/domain/orders/shop-order.ts'
import { type PaymentProblem, paymentProblemWords } from '#src/domain/payments/payment.ts'
import type { Deps } from '../deps.ts'
import { type By, post, record } from '../record.ts'
import { payerLetter } from './payer-letter.ts'
import { paidBy } from './write-quote-order.ts'

type Standing =
  | { readonly state: 'applied'; readonly orderId: Id<'order'> }
  | { readonly state: 'held' | 'refunded'; readonly problem: PaymentProblem }

type Of = { readonly eventId: string; readonly accountId: Id<'account'> | null }

/** The row of a payment as it came in. */
export function paymentRow(deps: Deps, id: Id<'payment'>, order: ShopOrder, of: Of, standing: Standing): Write {
  const { provider, providerOrderId, reference, live, currency, totalMinor, taxMinor, buyer, tags } = order
  return insertPayment({
    ...{ id, provider, providerOrderId, reference, live, currency, totalMinor, taxMinor, ...of, ...standing },
    referenceKey: referenceKey(reference),
    email: buyer.email,
    name: buyerName(buyer),
    quoteId: tags?.quote ?? '',
    checkoutId: tags?.checkout ?? null,
    paidAt: order.orderedAt,
    receivedAt: deps.now(),
  })
}

type Held = {
  readonly vendorId: Id<'account'>
  readonly problem: PaymentProblem
  /** The quote that it names, where there is one: nobody else is to pay it meanwhile. */
  readonly quote: { readonly id: Id<'quote'> } | null
}

/** What goes back, was paid by somebody else, or by nobody, leaves the quote as it is. */
const leavesQuote = new Set<PaymentProblem>(['quote-unknown', 'quote-paid', 'refunded-before', 'test-order'])

/**
 * Keeps a payment that cannot do what it paid for; the vendor sees it in their trail and gets a letter, and so does whoever
 * paid. Of one that went back before it was told of, only they do.
 */
export function holdPayment(deps: Deps, by: By, order: ShopOrder, { vendorId, problem, quote, ...of }: Of & Held) {
  const id = deps.newId('payment')
  const letterId = deps.newId('letter')
  const { reference, live, currency, totalMinor, buyer, provider, providerOrderId } = order
  const isBack = problem === 'refunded-before'
  const checkout = order.tags?.checkout
  const paid = { provider, providerOrderId, reference, live, currency, totalMinor }
  const payer = payerLetter(deps, isBack ? 'payment-refunded' : 'payment-waiting', {
    ...{ ...paid, email: buyer.email, name: buyerName(buyer), accountId: of.accountId },
  })
  const writes: Write[] = [
    ...(quote && !leavesQuote.has(problem) ? [updateQuotePaid(quote.id)] : []),
    ...(checkout && quote ? [payCheckout(checkout, { ...paidBy(order), state: isBack ? 'refunded' : 'stale' })] : []),
    paymentRow(deps, id, order, of, { state: isBack ? 'refunded' : 'held', problem }),
    payer.write,
    record(deps, by, {
      action: 'payment.held',
      accountId: vendorId,
      subject: { kind: 'payment', id, name: reference },
      after: { paid: formatMoney({ minor: totalMinor, currency }), by: buyer.email, why: paymentProblemWords[problem] },
    }),
    post(deps, {
      ...{ id: letterId, template: 'payment-held', accountId: null, to: deps.settings.supportEmail },
      once: `${provider}:${providerOrderId}`,
      params: { paymentId: id, reference, live, currency, totalMinor, buyer: buyer.email, problem },
    }),
  ]
  return { writes: isBack ? writes.slice(0, -2) : writes, letters: isBack ? [payer.id] : [payer.id, letterId] }
}
