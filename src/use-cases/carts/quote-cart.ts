import { putCartItems } from '#src/db/carts.ts'
import { cartItemsFrom, quotedAs, type TypedItem } from '#src/domain/carts/cart.ts'
import { wrong } from '#src/domain/quotes/priced.ts'
import type { Asking } from '../admit.ts'
import type { Deps } from '../deps.ts'
import type { Answer, Once } from '../once.ts'
import { type MadeQuote, makeQuote } from '../quotes/make-quote.ts'

/**
 * A quote of what a cart shows: of exactly what was sent with the form, so that another tab cannot change it unseen. The
 * cart keeps it until it is paid. Refuses `invalid-request` field by field, and what `makeQuote` refuses.
 */
export async function quoteCart(
  deps: Deps,
  asking: Asking,
  typed: readonly TypedItem[],
  once: Once | null,
): Promise<Answer<MadeQuote>> {
  if (typed.length === 0) wrong('', 'Your cart is empty')
  const items = cartItemsFrom(typed, [])
  return makeQuote(
    deps,
    asking,
    {
      items: items.map(quotedAs),
      alongside: (accountId, now) => [putCartItems(accountId, items, now)],
    },
    once,
  )
}
