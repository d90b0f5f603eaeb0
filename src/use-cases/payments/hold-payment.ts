import { insertPayment } from '#src/db/payments.ts'
import type { Write } from '#src/db/query.ts'
import type { Id } from '#src/domain/ids.ts'
import { formatMoney } from '#src/domain/money.ts'
import { referenceKey } from '#src/domain/orders/reference.ts'
import { buyerName, type ShopOrder } from '#src/domain/orders/shop-order.ts'
import { type PaymentProblem, paymentProblemWords } from '#src/domain/payments/payment.ts'
import type { Deps } from '../deps.ts'
import { type By, post, record } from '../record.ts'

type Standing =
  | { readonly state: 'applied'; readonly orderId: Id<'order'> }
  | { readonly state: 'held'; readonly problem: PaymentProblem }

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

/** Keeps a payment that cannot do what it paid for; the vendor sees it in their trail and gets a letter. */
export function holdPayment(
  deps: Deps,
  by: By,
  order: ShopOrder,
  { vendorId, problem, ...of }: Of & { readonly vendorId: Id<'account'>; readonly problem: PaymentProblem },
) {
  const id = deps.newId('payment')
  const letterId = deps.newId('letter')
  const { reference, live, currency, totalMinor, buyer, provider, providerOrderId } = order
  const writes: Write[] = [
    paymentRow(deps, id, order, of, { state: 'held', problem }),
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
  return { writes, letters: [letterId] }
}
