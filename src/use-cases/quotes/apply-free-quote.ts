import { stillStands } from '#src/db/actors.ts'
import { expect } from '#src/db/expect.ts'
import { listOwnContacts } from '#src/db/order-lists.ts'
import { insertContact, insertOrder } from '#src/db/orders.ts'
import type { Write } from '#src/db/query.ts'
import { quoteIsUnpaid, quotePricesStand } from '#src/db/quotes.ts'
import { emailKey } from '#src/domain/accounts/identifier.ts'
import type { Id } from '#src/domain/ids.ts'
import { keyCodeFrom } from '#src/domain/licenses/serial.ts'
import { referenceKey } from '#src/domain/orders/reference.ts'
import { refuse } from '#src/domain/refusal.ts'
import { type Asking, readAs } from '../admit.ts'
import { assertPayable } from '../checkouts/start-checkout.ts'
import type { Deps } from '../deps.ts'
import { sendLetters } from '../letters/send-letters.ts'
import { type Answer, commitOnce, earlier, type Once, replayOf } from '../once.ts'
import { byActor } from '../record.ts'
import { quoteWrites } from './quote-writes.ts'
import { type PaidQuote, paidQuoteIn, readsOfPaidQuote } from './read-paid-quote.ts'

/**
 * Does at once what a quote of the asking account says that costs nothing: no shop sells for nothing. It becomes an order
 * of 0.00, once. Refuses `not-found`, `quote-unpaid` where something is due, `quote-paid`, `quote-expired`, `quote-stale`,
 * `idempotency-key-reused`.
 */
export async function applyFreeQuote(
  deps: Deps,
  asking: Asking,
  id: string,
  once: Once | null,
): Promise<Answer<{ readonly reference: string }>> {
  const { actor, rows } = await readAs(deps, asking, (reach) => [
    earlier(asking, once),
    listOwnContacts(reach),
    ...readsOfPaidQuote(id),
  ])
  const [answered, [contact], ...read] = rows
  const free = paidQuoteIn(read)
  if (free?.quote.accountId !== actor.account.id) return refuse({ code: 'not-found' })
  const replay = replayOf<{ reference: string }>(once, answered)
  if (replay) return replay
  const { quote } = free
  if (quote.totalMinor > 0) refuse({ code: 'quote-unpaid' })
  assertPayable(deps, quote)
  const reference = `FREE-${keyCodeFrom(deps.random(16))}`
  const order = orderOf(deps, free, contact?.id ?? null, reference)
  const payment = { ...order, live: true, email: free.payer.email, provider: 'portal', providerOrderId: quote.id }
  const { writes, letters } = quoteWrites(deps, byActor(actor, asking), free, payment)
  const all = [
    expect('signed-out', stillStands(asking.credential.id)),
    expect('quote-paid', quoteIsUnpaid(quote.id)),
    expect('quote-stale', quotePricesStand(quote.id)),
    ...order.writes,
    ...writes,
  ]
  const answer = await commitOnce(deps, asking, once, all, { status: 201, response: { reference } })
  deps.afterwards(sendLetters(deps, letters))
  return answer
}

/** The order of nothing that an account places with itself; its number signs in like any other, so it is not guessed. */
function orderOf(deps: Deps, { quote, payer }: PaidQuote, known: Id<'contact'> | null, reference: string) {
  const [orderId, contactId, now] = [deps.newId('order'), known ?? deps.newId('contact'), deps.now()]
  const person = { email: payer.email, emailKey: emailKey(payer.email), accountId: quote.accountId, createdAt: now }
  const writes: Write[] = [
    ...(known ? [] : [insertContact({ ...person, id: contactId, firstName: payer.name, lastName: '' })]),
    insertOrder({
      ...{ ...person, id: orderId, contactId, reference, referenceKey: referenceKey(reference), name: payer.name },
      ...{ provider: 'portal', providerOrderId: quote.id, live: true, currency: quote.currency },
      ...{ totalMinor: 0, taxMinor: 0, orderedAt: now },
    }),
  ]
  return { orderId, reference, writes }
}
