import { payCheckout } from '#src/db/checkouts.ts'
import { insertContact, insertOrder } from '#src/db/orders.ts'
import type { Write } from '#src/db/query.ts'
import { emailKey } from '#src/domain/accounts/identifier.ts'
import type { Id } from '#src/domain/ids.ts'
import { referenceKey } from '#src/domain/orders/reference.ts'
import { buyerName, type ShopOrder } from '#src/domain/orders/shop-order.ts'
import type { Deps } from '../deps.ts'
import { quoteWrites } from '../quotes/quote-writes.ts'
import type { PaidQuote } from '../quotes/read-paid-quote.ts'
import { type By, record } from '../record.ts'

type Contact = { readonly id: Id<'contact'>; readonly accountId: Id<'account'> }

/** The contact of the payer with the buyer's e-mail and name, if there is one. */
const contactOf = (contacts: readonly Contact[], { quote }: PaidQuote) =>
  contacts.find(({ accountId }) => accountId === quote.accountId)?.id ?? null

/**
 * The statements by which a payment of a quote becomes an order of the account that asked for the quote, and the quote
 * does what it says; and the letters among them.
 */
export function writeQuoteOrder(deps: Deps, by: By, order: ShopOrder, paid: PaidQuote, contacts: readonly Contact[]) {
  const { accountId } = paid.quote
  const orderId = deps.newId('order')
  const known = contactOf(contacts, paid)
  const contactId = known ?? deps.newId('contact')
  const { buyer, items: _, tags, providerAccountId: __, ...row } = order
  const { provider, providerOrderId, reference, live } = order
  const payment = { orderId, reference, live, email: buyer.email, provider, providerOrderId }
  const { writes: granting, letters } = quoteWrites(deps, by, paid, payment)
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
    ...(tags?.checkout ? [payCheckout(tags.checkout, { ...paidBy(order), state: 'paid' })] : []),
    record(deps, by, {
      action: 'order.received',
      accountId,
      subject: { kind: 'order', id: orderId, name: reference },
      after: { reference, live, quote: paid.quote.id, totalMinor: order.totalMinor, currency: order.currency },
    }),
    ...granting,
  ]
  return { orderId, writes, letters }
}

/** What a checkout keeps of its payment. */
export const paidBy = ({ totalMinor, currency, providerOrderId, reference, orderedAt }: ShopOrder) => ({
  ...{ paidMinor: totalMinor, paidCurrency: currency, providerOrderId, reference, paidAt: orderedAt },
})
