import { Hono } from 'hono'
import { listOwnedProductsWithUse } from '#src/db/owned-products.ts'
import type { Actor } from '#src/domain/accounts/actor.ts'
import { allows } from '#src/domain/accounts/acts.ts'
import { dayOf } from '#src/domain/day.ts'
import { refuse } from '#src/domain/refusal.ts'
import { ask } from '#src/http/ask.ts'
import type { HttpContext, HttpEnv } from '#src/http/context.ts'
import { may } from '#src/http/guards.ts'
import type { ProductMay } from '#views/pages/products/card.tsx'
import { ProductsPage } from '#views/pages/products/dashboard.tsx'
import { ProductPage } from '#views/pages/products/details.tsx'
import { paths } from '#views/paths.ts'
import { frameOf } from './frame.ts'
import { mayBuy } from './may-buy.ts'

/** The products of an account: the dashboard, a family's types of license, one product. */
export const productPages = new Hono<HttpEnv>()
  .get(paths.products, may('product.read'), showDashboard)
  .get('/products/:code', may('product.read'), showProduct)

const read = (c: HttpContext) => ask(c, (reach) => [listOwnedProductsWithUse(reach, dayOf(c.var.deps.now()))])

async function showDashboard(c: HttpContext) {
  const family = c.req.query('family') || null
  const { actor, rows } = await read(c)
  const products = rows[0].filter((one) => family === null || one.family === family)
  if (family !== null && products.length === 0) return refuse({ code: 'not-found' })
  return c.html(<ProductsPage frame={frameOf(c, actor)} products={products} family={family} may={rights(c, actor)} />)
}

async function showProduct(c: HttpContext) {
  const { actor, rows } = await read(c)
  const product = rows[0].find(({ code }) => code === c.req.param('code'))
  if (!product) return refuse({ code: 'not-found' })
  return c.html(<ProductPage frame={frameOf(c, actor)} product={product} may={rights(c, actor)} />)
}

const rights = (c: HttpContext, actor: Actor): ProductMay => ({
  keys: allows(actor, 'activation-key.read'),
  servers: allows(actor, 'computer.read'),
  sells: actor.accountKind !== 'customer',
  buys: mayBuy(actor),
  supportEmail: c.var.deps.settings.supportEmail,
})
