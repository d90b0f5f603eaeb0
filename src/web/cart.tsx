import { Hono } from 'hono'
import { listCart, listCartOffers } from '#src/db/carts.ts'
import type { PricedOffer } from '#src/db/priced-offers.ts'
import { findBuyer, listPricedOffers } from '#src/db/quotable.ts'
import { type CartItem, cartItemsFrom, quotedAs, type TypedItem } from '#src/domain/carts/cart.ts'
import { linesOfOffer } from '#src/domain/quotes/offer-lines.ts'
import { atItem } from '#src/domain/quotes/priced.ts'
import type { PriceList } from '#src/domain/quotes/quotable.ts'
import { mostItems, reckonQuote } from '#src/domain/quotes/reckon-quote.ts'
import { type FieldError, refuse } from '#src/domain/refusal.ts'
import { ask } from '#src/http/ask.ts'
import { formBody } from '#src/http/bodies.ts'
import type { HttpContext, HttpEnv } from '#src/http/context.ts'
import { may } from '#src/http/guards.ts'
import { onceOfForm } from '#src/http/idempotency.ts'
import { leaveNotice } from '#src/http/notices.ts'
import { putInCart } from '#src/use-cases/carts/put-in-cart.ts'
import { quoteCart } from '#src/use-cases/carts/quote-cart.ts'
import { removeFromCart } from '#src/use-cases/carts/remove-from-cart.ts'
import { priceListFor, reckon } from '#src/use-cases/quotes/make-quote.ts'
import { CartCost, CartPage, type CartRow, fieldId } from '#views/pages/cart/cart.tsx'
import { quantityId } from '#views/pages/catalog/catalog.tsx'
import { paths } from '#views/paths.ts'
import { showCatalog } from './catalog.tsx'
import { frameOf, wantsPreview } from './frame.ts'
import { type FormStatus, mendable } from './mendable.ts'

/** The cart: what is in it, how many of each, the total, and a quote of it. */
export const cartPages = new Hono<HttpEnv>()
  .get(paths.cart, may('quote.create'), (c) => show(c))
  .post(paths.cartItems, may('quote.create'), put)
  .post(paths.cartRemovals, may('quote.create'), remove)
  .post(paths.cartQuotes, may('quote.create'), quote)

type Form = Record<string, string>

/** The items of the cart's form, in their order: `items/0/offer`, `items/0/quantity`, `items/0/supportYears`. */
function itemsIn(form: Form): TypedItem[] {
  const places = Array.from({ length: mostItems }, (_, i) => i).filter((i) => form[`items/${i}/offer`] !== undefined)
  return places.map((i) => ({
    offer: form[`items/${i}/offer`] ?? '',
    quantity: form[`items/${i}/quantity`] ?? '',
    supportYears: form[`items/${i}/supportYears`],
  }))
}

/** The form as it was sent and refused. */
type Again = {
  readonly typed: readonly TypedItem[]
  readonly errors: readonly FieldError[]
  readonly status: FormStatus
}

/** The cart as it is kept, or as it was sent and refused. */
async function show(c: HttpContext, again: Again | null = null) {
  const codes = again?.typed.map(({ offer }) => offer) ?? []
  const { actor, rows } = await ask(c, (reach) => [
    findBuyer(reach),
    listCart(reach),
    again ? listPricedOffers({ licenses: [], offers: codes }) : listCartOffers(reach),
  ])
  const [[buyer], there, offers] = rows
  if (!buyer) return refuse({ code: 'not-found' })
  const inOrder = offers.flatMap(({ code }) => there.filter(({ offer }) => offer === code))
  const typed = again?.typed ?? inOrder.map(typedAs)
  const faults = faultsOf(typed, priceListFor(c.var.deps, buyer, offers))
  const cost =
    faults.length > 0 ? whyNot(faults) : reckon(c.var.deps, cartItemsFrom(typed, []).map(quotedAs), [buyer, [], offers])
  const page = (
    <CartPage
      frame={frameOf(c, actor)}
      rows={typed.flatMap((item) => rowOf(item, offers))}
      request={c.var.deps.newId('request')}
      cost={cost}
      errors={(faults.length > 0 ? faults : (again?.errors ?? [])).map(atField)}
    />
  )
  return c.html(page, again?.status ?? 200)
}

const typedAs = ({ offer, quantity, supportYears }: CartItem): TypedItem => ({
  ...{ offer, quantity: String(quantity), supportYears: String(supportYears) },
})

function rowOf(item: TypedItem, offers: readonly PricedOffer[]): CartRow[] {
  const offer = offers.find(({ code }) => code === item.offer)
  if (!offer) return []
  const { productCode, editionCode, unit } = offer
  const hasSupport = offers.some(
    (one) => one.kind === 'support' && one.sold && one.productCode === productCode && one.editionCode === editionCode,
  )
  return [{ ...offer, typed: item, hasSupport: hasSupport && unit !== 'channel' }]
}

const atField = (error: FieldError): FieldError => ({ ...error, pointer: fieldId(error.pointer) })

/** What is wrong with items as they were typed or as they are sold now, each at its field. */
function faultsOf(typed: readonly TypedItem[], list: PriceList): readonly FieldError[] {
  const unread = faultOf('', () => cartItemsFrom(typed, []))
  if (unread.length > 0) return unread
  const items = cartItemsFrom(typed, []).map(quotedAs)
  const each = items.flatMap((item, i) =>
    faultOf(`items/${i}/quantity`, () => atItem(i, () => linesOfOffer(item, list))),
  )
  return each.length > 0 ? each : faultOf('items/0/quantity', () => reckonQuote(items, [], list))
}

function faultOf(field: string, act: () => unknown): readonly FieldError[] {
  try {
    act()
    return []
  } catch (error) {
    return mendable(error, field).errors
  }
}

const whyNot = (errors: readonly FieldError[]) => ({ why: errors.map(({ detail }) => detail).join('. ') })

/** One offer of the catalog, or all that the cart's form shows; asked for by htmx, the total alone. */
async function put(c: HttpContext) {
  const form: Form = await formBody(c)
  const { offer, quantity = '' } = form
  const typed = offer === undefined ? itemsIn(form) : [{ offer, quantity }]
  try {
    const cost = await putInCart(c.var.deps, c.var.asking, typed)
    if (wantsPreview(c)) return c.html(<CartCost cost={cost} />)
    leaveNotice(c, 'cart-saved')
    return c.redirect(paths.cart, 303)
  } catch (error) {
    const { errors, status } = mendable(error, 'items/0/quantity')
    if (wantsPreview(c)) return c.html(<CartCost cost={whyNot(errors)} />)
    if (offer === undefined) return show(c, { typed, errors, status })
    const atRow = errors.map((one) => ({ ...one, pointer: quantityId(offer) }))
    return showCatalog(c, { offer, quantity, errors: atRow, status })
  }
}

async function remove(c: HttpContext) {
  const { offer = '' }: Form = await formBody(c)
  await removeFromCart(c.var.deps, c.var.asking, offer)
  return c.redirect(paths.cart, 303)
}

async function quote(c: HttpContext) {
  const form: Form = await formBody(c)
  const typed = itemsIn(form)
  try {
    const { id } = await quoteCart(c.var.deps, c.var.asking, typed, await onceOfForm(c, form))
    return c.redirect(paths.quote(id), 303)
  } catch (error) {
    return show(c, { typed, ...mendable(error, 'items/0/quantity') })
  }
}
