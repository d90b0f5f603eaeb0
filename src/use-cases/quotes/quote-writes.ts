import { takeFromCart } from '#src/db/carts.ts'
import { expect, expectOne } from '#src/db/expect.ts'
import { insertOrderItems } from '#src/db/orders.ts'
import type { Write } from '#src/db/query.ts'
import { quoteIsUnpaid, quoteLicensesStand, updateQuoteApplied } from '#src/db/quotes.ts'
import type { Id } from '#src/domain/ids.ts'
import { formatMoney } from '#src/domain/money.ts'
import type { Deps } from '../deps.ts'
import { type By, post, record } from '../record.ts'
import type { Acting, PaidItem, QuotePayment } from './acting.ts'
import { balanceWrites } from './balance-writes.ts'
import { issueNew } from './issue-new.ts'
import { keyOfPayer } from './key-of-payer.ts'
import type { PaidQuote } from './read-paid-quote.ts'
import { supportWrites } from './support-writes.ts'
import { termWrites } from './term-writes.ts'

/**
 * The statements by which a paid quote does what it says: the order's items, licenses, supports and subscriptions, the
 * audit trail, the letter. To stand in one batch with the order's row, the payment's and the checkout's (`checkouts`,
 * state `paid`), after `readPaidQuote`. The batch aborts with `quote-paid` where the quote was applied before, and with
 * `quote-stale` where a license is no longer what the quote was reckoned from: then keep the payment and
 * `updateQuotePaid`. Prices do not matter any more once it is paid: what was quoted is honored.
 */
export function quoteWrites(deps: Deps, by: By, { quote, lines, ...paid }: PaidQuote, payment: QuotePayment) {
  const items = lines.map((line) => ({ ...line, id: deps.newId('orderItem') }))
  const key = keyOfPayer(deps, by, paid.payer)
  const acting: Acting = { by, quote, payment, key, now: deps.now(), ...paid }
  const issued = items.map((item) => issueNew(deps, acting, item))
  const rows = items.map((item) => itemRow(item, payment.orderId))
  const letterId = deps.newId('letter')
  const writes: Write[] = [
    expect('quote-paid', quoteIsUnpaid(quote.id)),
    expect('quote-stale', quoteLicensesStand(quote.id)),
    updateQuoteApplied(quote.id, payment.orderId, deps.now()),
    expectOne('quote-paid'),
    insertOrderItems(rows),
    ...(issued.some(({ licenses }) => licenses.length > 0) ? key.writes : []),
    ...issued.flatMap((one) => one.writes),
    ...items.flatMap((item) => termWrites(deps, acting, item)),
    ...items.flatMap((item) => supportWrites(deps, acting, item)),
    ...items.flatMap((item) => balanceWrites(deps, acting, item)),
    ...(quote.items.some((item) => 'offer' in item) ? [takeFromCart(quote.id, quote.accountId)] : []),
    record(deps, by, {
      action: 'quote.applied',
      accountId: quote.accountId,
      subject: { kind: 'quote', id: quote.id, name: quote.id },
      after: {
        total: formatMoney({ minor: quote.totalMinor, currency: quote.currency }),
        lines: lines.length,
        order: payment.reference,
      },
    }),
    post(deps, {
      ...{ id: letterId, template: 'quote-applied', accountId: quote.accountId, to: payment.email },
      once: `${payment.provider}:${payment.providerOrderId}`,
      params: {
        ...{ name: paid.payer.name, reference: payment.reference, live: payment.live },
        ...{ currency: quote.currency, totalMinor: quote.totalMinor, activationKey: key.code },
        lines: lines.map(({ text, dueMinor }) => ({ text, dueMinor })),
        licenses: issued.flatMap(({ licenses }) => licenses),
        toppedUp: lines.every(({ change }) => change.kind === 'top-up'),
      },
    }),
  ]
  return { writes, letters: [letterId], items: rows }
}

/** A line of a quote becomes an item of the order that paid it. */
const itemRow = ({ id, position, text, quantity, dueMinor, offerCode, change }: PaidItem, orderId: Id<'order'>) => ({
  ...{ id, orderId, position, display: text, quantity, offerCode },
  // The invoice of an order leaves out what pays into a balance (trigger `order_items_invoice`).
  path: change.kind === 'top-up' ? 'top-up' : (offerCode ?? 'quote'),
  sku: null,
  subtotalMinor: dueMinor,
})
