import { and, eq, inArray, sql } from 'drizzle-orm'
import type { CartItem } from '#src/domain/carts/cart.ts'
import type { Id } from '#src/domain/ids.ts'
import { isOwn, ownAccount } from './own-account.ts'
import { pricedOffers } from './priced-offers.ts'
import { build, compile, type Write, write } from './query.ts'
import { type Reach, within } from './reach.ts'
import { offers } from './schema/catalog.ts'
import { cartItems } from './schema/quotes.ts'

const cart = compile(
  build
    .select({ offer: cartItems.offerCode, quantity: cartItems.quantity, supportYears: cartItems.supportYears })
    .from(cartItems)
    .where(isOwn(cartItems.accountId)),
)

/** What the account that asks has in its cart. */
export const listCart = (reach: Reach) => cart(within(reach))

const cartOffers = compile(
  pricedOffers().where(
    sql`${offers.productCode} in (select named.product_code from cart_items as item
      join offers as named on named.code = item.offer_code where item.account_id = ${ownAccount})`,
  ),
)

/** All offers, withdrawn ones too, of the products in the cart. */
export const listCartOffers = (reach: Reach) => cartOffers(within(reach))

/** Puts items into a cart; what is there of the same offers takes their quantity and years. */
export const putCartItems = (accountId: Id<'account'>, items: readonly CartItem[], at: Date): Write =>
  write(
    build
      .insert(cartItems)
      .values(items.map(({ offer, ...item }) => ({ ...item, accountId, offerCode: offer, updatedAt: at })))
      .onConflictDoUpdate({
        target: [cartItems.accountId, cartItems.offerCode],
        set: {
          quantity: sql`excluded.quantity`,
          supportYears: sql`excluded.support_years`,
          updatedAt: sql`excluded.updated_at`,
        },
      }),
  )

export const deleteCartItems = (accountId: Id<'account'>, codes: readonly string[]): Write =>
  write(
    build.delete(cartItems).where(and(eq(cartItems.accountId, accountId), inArray(cartItems.offerCode, [...codes]))),
  )

/** Takes from a cart what a quote of it bought, unless it was changed since. */
export const takeFromCart = (quoteId: Id<'quote'>, accountId: Id<'account'>): Write =>
  write(
    build.delete(cartItems).where(
      and(
        eq(cartItems.accountId, accountId),
        sql`exists (select 1 from quotes as q, json_each(q.items) as item where q.id = ${quoteId}
          and item.value ->> 'offer' = ${cartItems.offerCode} and item.value ->> 'quantity' = ${cartItems.quantity}
          and coalesce(item.value ->> 'supportYears', 0) = ${cartItems.supportYears}
          and ${cartItems.updatedAt} <= q.created_at)`,
      ),
    ),
  )
