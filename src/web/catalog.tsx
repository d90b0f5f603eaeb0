import { Hono } from 'hono'
import { listCart } from '#src/db/carts.ts'
import { listCatalog } from '#src/db/priced-offers.ts'
import { findBuyer } from '#src/db/quotable.ts'
import { catalogOf } from '#src/domain/catalog/catalog.ts'
import { currencyFor, offersIn } from '#src/domain/quotes/currency.ts'
import type { FieldError } from '#src/domain/refusal.ts'
import { ask } from '#src/http/ask.ts'
import type { HttpContext, HttpEnv } from '#src/http/context.ts'
import { may } from '#src/http/guards.ts'
import { CatalogPage } from '#views/pages/catalog/catalog.tsx'
import { paths } from '#views/paths.ts'
import { frameOf } from './frame.ts'
import { mayBuy } from './may-buy.ts'
import type { FormStatus } from './mendable.ts'

/** What is sold, with its prices. */
export const catalogPages = new Hono<HttpEnv>().get(paths.catalog, may('quote.read'), (c) => showCatalog(c))

/** What was sent from the catalog and not taken. */
type Again = {
  readonly offer: string
  readonly quantity: string
  readonly errors: readonly FieldError[]
  readonly status: FormStatus
}

/** The catalog, in the currency in which the account buys; with what was typed where that was refused. */
export async function showCatalog(c: HttpContext, again: Again | null = null) {
  const { actor, rows } = await ask(c, (reach) => [findBuyer(reach), listCatalog(), listCart(reach)])
  const [[buyer], all, cart] = rows
  const currency = currencyFor(buyer?.currency ?? null, all)
  const typed = new Map(cart.map(({ offer, quantity }) => [offer, String(quantity)]))
  if (again) typed.set(again.offer, again.quantity)
  const page = (
    <CatalogPage
      frame={frameOf(c, actor)}
      products={catalogOf(offersIn(all, currency))}
      currency={currency}
      cart={mayBuy(actor) ? { typed, holds: cart.map(({ offer }) => offer) } : null}
      errors={again?.errors ?? []}
    />
  )
  return c.html(page, again?.status ?? 200)
}
