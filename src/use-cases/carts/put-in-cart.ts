import { stillStands } from '#src/db/actors.ts'
import { listCart, putCartItems } from '#src/db/carts.ts'
import { commit } from '#src/db/commit.ts'
import { expect } from '#src/db/expect.ts'
import { findBuyer, listPricedOffers } from '#src/db/quotable.ts'
import { type CartItem, cartItemsFrom, changedAmong, quotedAs, type TypedItem } from '#src/domain/carts/cart.ts'
import { linesOfOffer } from '#src/domain/quotes/offer-lines.ts'
import { atItem, wrong } from '#src/domain/quotes/priced.ts'
import { mostItems } from '#src/domain/quotes/reckon-quote.ts'
import { refuse } from '#src/domain/refusal.ts'
import { type Asking, readAs } from '../admit.ts'
import type { Deps } from '../deps.ts'
import { priceListFor, reckon } from '../quotes/make-quote.ts'
import { refusing } from '../refusing.ts'

/**
 * Lets the cart of the asking account hold so many of each of some offers, whatever it held of them before; sent twice,
 * it is the same. A cart is a draft: it is no matter of the audit trail before it is quoted. Refuses `invalid-request`
 * field by field (`items/0/quantity`), `offer-withdrawn`, `not-sold-for-money`. Returns what all of them come to.
 */
export async function putInCart(deps: Deps, asking: Asking, typed: readonly TypedItem[]) {
  const { actor, rows } = await readAs(deps, asking, (reach) => [
    findBuyer(reach),
    listCart(reach),
    listPricedOffers({ licenses: [], offers: typed.map(({ offer }) => offer) }),
  ])
  const [[buyer], there, offers] = rows
  if (!buyer) return refuse({ code: 'not-found' })
  if (typed.length === 0) wrong('offer', 'Choose something to buy')
  const items = cartItemsFrom(typed, there)
  const changed = changedAmong(items, there)
  const list = priceListFor(deps, buyer, offers)
  for (const item of changed) atItem(items.indexOf(item), () => linesOfOffer(quotedAs(item), list))
  const fresh = changed.filter(({ offer }) => !there.some((one) => one.offer === offer))
  if (there.length + fresh.length > mostItems) tooMany(items, fresh)
  const cost = reckon(deps, items.map(quotedAs), [buyer, [], offers])
  if (changed.length > 0) {
    await refusing(() =>
      commit(deps.db, [
        expect('signed-out', stillStands(asking.credential.id)),
        putCartItems(actor.account.id, changed, deps.now()),
      ]),
    )
  }
  return cost
}

const tooMany = (items: readonly CartItem[], [first]: readonly CartItem[]): never =>
  wrong(
    `items/${first ? items.indexOf(first) : 0}/quantity`,
    `A cart holds ${mostItems} different things: buy those first, or remove some`,
  )
