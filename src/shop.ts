import { Hono } from 'hono'
import { checkoutCalls } from './api/checkouts.ts'
import { beforeCalls } from './api/door.ts'
import { paymentCalls } from './api/payments.ts'
import { webhooks } from './api/webhooks.ts'
import { problemFor } from './api-or-page.ts'
import { refuse } from './domain/refusal.ts'
import type { HttpContext, HttpEnv } from './http/context.ts'
import { anyone } from './http/guards.ts'
import { methodsAt, routeTable } from './http/route-table.ts'
import { type DepsFor, pagesDoor, shellAround } from './shell.ts'
import { checkoutPages } from './web/checkouts.tsx'
import { paymentPages } from './web/payments.tsx'
import { sandboxShopPages } from './web/sandbox-shop.tsx'

/** Pages about buying and paying. Their paths stand in `ofShop` of `src/parts.ts`. */
const shopPages = [checkoutPages, paymentPages, sandboxShopPages]

const calls = [checkoutCalls, paymentCalls]
const nouns = ['/api/v1/checkouts/*', '/api/v1/payments/*']

/** What scripts ask of buying and paying. */
const shopCalls = new Hono<HttpEnv>()
for (const noun of nouns) shopCalls.use(noun, ...beforeCalls)
for (const one of calls) shopCalls.route('/', one)
for (const noun of nouns) shopCalls.all(noun, anyone(), nothingHere)

/** A known path says which methods it takes; any other is not there. */
function nothingHere(c: HttpContext): never {
  const allow = calls.flatMap((one) => methodsAt(routeTable(one), c.req.path))
  refuse(allow.length > 0 ? { code: 'method-not-allowed', allow } : { code: 'not-found' })
}

/** What providers post and scripts ask, and the pages. */
export const shopDoors = { calls: [webhooks, shopCalls], pages: pagesDoor(shopPages) }

/** The part of the portal where things are bought: loaded by whoever buys, and when the provider tells of it. */
export const createShop = (depsFor: DepsFor): Hono<HttpEnv> =>
  shellAround([...shopDoors.calls, shopDoors.pages], depsFor, problemFor)
