import { putCartItems } from '#src/db/carts.ts'
import { listQuotes } from '#src/db/quotes.ts'
import { cartItemsFrom, quotedAs, type TypedItem } from '#src/domain/carts/cart.ts'
import type { Id } from '#src/domain/ids.ts'
import { wrong } from '#src/domain/quotes/priced.ts'
import { quoteStanding } from '#src/domain/quotes/quote.ts'
import { type Asking, readAs } from '../admit.ts'
import type { Deps } from '../deps.ts'
import { earlier, type Once, replayOf } from '../once.ts'
import { keepQuote, type MadeQuote, readsToReckon } from '../quotes/make-quote.ts'

/** Among so many of the newest quotes the same cart is looked for. */
const looksBack = 20

/**
 * A quote of what a cart shows: of exactly what was sent with the form, so that another tab cannot change it unseen. A
 * quote of the very same that still stands is that quote, so that two tabs buy one cart once. The cart keeps it until it
 * is paid. Refuses `invalid-request` field by field, and what `makeQuote` refuses.
 */
export async function quoteCart(
  deps: Deps,
  asking: Asking,
  typed: readonly TypedItem[],
  once: Once | null,
): Promise<{ readonly id: Id<'quote'> }> {
  if (typed.length === 0) wrong('', 'Your cart is empty')
  const kept = cartItemsFrom(typed, [])
  const items = kept.map(quotedAs)
  const { actor, rows } = await readAs(deps, asking, (reach) => [
    ...readsToReckon(reach, items),
    earlier(asking, once),
    listQuotes(reach, { limit: looksBack }),
  ])
  const [buyers, licenses, offers, answered, quotes] = rows
  const replay = replayOf<MadeQuote>(once, answered)
  if (replay) return replay.response
  const same = quotes.find(
    (one) =>
      JSON.stringify(one.items) === JSON.stringify(items) &&
      quoteStanding(one, deps.now()) === 'open' &&
      one.pricesStand,
  )
  if (same) return same
  const alongside = (accountId: Id<'account'>, now: Date) => [putCartItems(accountId, kept, now)]
  const read = { actor, rows: [buyers, licenses, offers] as const }
  return (await keepQuote(deps, asking, read, { items, alongside }, once)).response
}
