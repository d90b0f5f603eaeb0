import { Hono } from 'hono'
import * as z from 'zod'
import { listCatalog } from '#src/db/priced-offers.ts'
import { findBuyer } from '#src/db/quotable.ts'
import { currencyFor, offersIn } from '#src/domain/quotes/currency.ts'
import { ask } from '#src/http/ask.ts'
import type { HttpContext, HttpEnv } from '#src/http/context.ts'
import { may } from '#src/http/guards.ts'
import { listQuery } from './lists.ts'
import { offerShape } from './shapes/offer.ts'

/** The query of the list of offers. */
export const offerQuery = z.strictObject({ product: z.string().max(64, 'Not the code of a product').optional() })

/** What is sold, with prices. */
export const offerCalls = new Hono<HttpEnv>().get('/api/v1/offers', may('quote.read'), list)

/** All of them, in the currency in which the account buys: a catalog is short. */
async function list(c: HttpContext) {
  const { product } = listQuery(c, offerQuery)
  const [[buyer], all] = (await ask(c, (reach) => [findBuyer(reach), listCatalog()])).rows
  const currency = currencyFor(buyer?.currency ?? null, all)
  const asked = all.filter(({ productCode }) => product === undefined || productCode === product)
  const data = offersIn(asked, currency).map((offer) => offerShape(offer, currency))
  return c.json({ data, nextCursor: null })
}
