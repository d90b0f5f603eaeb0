import { updateProviderAccount } from '#src/db/accounts.ts'
import { payCheckout } from '#src/db/checkouts.ts'
import { expect } from '#src/db/expect.ts'
import { insertContact, insertOrder } from '#src/db/orders.ts'
import type { Write } from '#src/db/query.ts'
import { countsRefunds, type OrderRefund } from '#src/db/refunds.ts'
import { emailKey } from '#src/domain/accounts/identifier.ts'
import type { Id } from '#src/domain/ids.ts'
import { referenceKey } from '#src/domain/orders/reference.ts'
import { buyerName, type ShopOrder } from '#src/domain/orders/shop-order.ts'
import { sumOf } from '#src/domain/orders/shop-return.ts'
import type { Deps } from '../deps.ts'
import { followRefunds } from '../orders/follow-refunds.ts'
import { quoteWrites } from '../quotes/quote-writes.ts'
import type { PaidQuote } from '../quotes/read-paid-quote.ts'
import { type By, record } from '../record.ts'
import { takeBackTopUp } from './take-back-top-up.ts'

/** What is known already of whoever pays, and of what went back of the payment. */
type Known = { readonly contactId: Id<'contact'> | null; readonly refunds: readonly OrderRefund[] }

/**
 * The statements by which a payment of a quote becomes an order of the account that asked for the quote, and the quote
 * does what it says, less what went back before it came in; and the letters among them. Was more refunded at this very
 * moment, the batch is refused with `version-mismatch`.
 */
export function writeQuoteOrder(
  deps: Deps,
  by: By,
  order: ShopOrder,
  paid: PaidQuote,
  { contactId: known, refunds }: Known,
) {
  const { accountId } = paid.quote
  const orderId = deps.newId('order')
  const contactId = known ?? deps.newId('contact')
  const { buyer, items: _, tags, providerAccountId, ...row } = order
  const { provider, providerOrderId, reference, live } = order
  const payment = { orderId, reference, live, email: buyer.email, provider, providerOrderId }
  const { writes: granting, letters, items } = quoteWrites(deps, by, paid, payment)
  const before = wentBackBefore(deps, by, order, { orderId, accountId, items }, refunds)
  const writes: Write[] = [
    ...(known
      ? []
      : [
          insertContact({ ...buyer, id: contactId, accountId, emailKey: emailKey(buyer.email), createdAt: deps.now() }),
        ]),
    insertOrder({
      ...{ ...row, id: orderId, accountId, contactId, referenceKey: referenceKey(reference), name: buyerName(buyer) },
      ...{ email: buyer.email, emailKey: emailKey(buyer.email), createdAt: deps.now() },
    }),
    ...(providerAccountId && isPayer(buyer, paid) ? [updateProviderAccount(accountId, providerAccountId)] : []),
    ...(tags?.checkout ? [payCheckout(tags.checkout, { ...paidBy(order), state: 'paid' })] : []),
    record(deps, by, {
      action: 'order.received',
      accountId,
      subject: { kind: 'order', id: orderId, name: reference },
      after: { reference, live, quote: paid.quote.id, totalMinor: order.totalMinor, currency: order.currency },
    }),
    ...granting,
    expect('version-mismatch', countsRefunds(provider, providerOrderId, referenceKey(reference), refunds.length)),
    ...before.writes,
  ]
  return { orderId, writes, letters: [...letters, ...before.letters] }
}

/** Whether the account itself paid: the shop's account of somebody else opens their payment methods, and is not kept. */
const isPayer = ({ email }: ShopOrder['buyer'], { payer }: PaidQuote): boolean =>
  emailKey(email) === emailKey(payer.email)

type Written = {
  readonly orderId: Id<'order'>
  readonly accountId: Id<'account'>
  readonly items: ReturnType<typeof quoteWrites>['items']
}

/** What went back, in part, before the order itself came in. */
function wentBackBefore(
  deps: Deps,
  by: By,
  { reference, currency, totalMinor, buyer }: ShopOrder,
  { orderId, accountId, items }: Written,
  refunds: readonly OrderRefund[],
) {
  if (refunds.length === 0) return { writes: [], letters: [] }
  const lines = items.map((item) => ({ ...item, refundedOn: null }))
  const order = { id: orderId, accountId, reference, currency, totalMinor, email: buyer.email, name: buyerName(buyer) }
  const { writes, letters } = followRefunds(deps, by, { ...order, items: lines }, refunds)
  const topUps = items
    .filter(({ path }) => path === 'top-up')
    .map(({ id, subtotalMinor }) => ({ accountId, currency, orderId, orderItemId: id, dueMinor: subtotalMinor }))
  const back = { totalMinor, backMinor: sumOf(refunds) }
  const taken = topUps.flatMap((topUp) => takeBackTopUp(deps, by, { ...topUp, takenMinor: 0 }, back))
  return { writes: [...writes, ...taken], letters }
}

/** What a checkout keeps of its payment. */
export const paidBy = ({ totalMinor, currency, providerOrderId, reference, orderedAt }: ShopOrder) => ({
  ...{ paidMinor: totalMinor, paidCurrency: currency, providerOrderId, reference, paidAt: orderedAt },
})
