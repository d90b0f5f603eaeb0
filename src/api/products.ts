import { Hono } from 'hono'
import { listOwnedProductsWithUse } from '#src/db/owned-products.ts'
import { dayOf } from '#src/domain/day.ts'
import { ask } from '#src/http/ask.ts'
import type { HttpContext, HttpEnv } from '#src/http/context.ts'
import { may } from '#src/http/guards.ts'
import { productShape } from './shapes/product.ts'

/** The products of an account, with what is owned and used of each. */
export const productCalls = new Hono<HttpEnv>().get('/api/v1/products', may('product.read'), list)

/** All of them: a catalog is short. */
async function list(c: HttpContext) {
  const [products] = (await ask(c, (reach) => [listOwnedProductsWithUse(reach, dayOf(c.var.deps.now()))])).rows
  return c.json({ data: products.map(productShape), nextCursor: null })
}
