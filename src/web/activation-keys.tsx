import { Hono } from 'hono'
import { keyPosition } from '#src/db/key-lists.ts'
import { findKeyProduct, type KeyProduct } from '#src/db/key-products.ts'
import { type Actor, hasServerProducts } from '#src/domain/accounts/actor.ts'
import { allows } from '#src/domain/accounts/acts.ts'
import { dayOf } from '#src/domain/day.ts'
import { ask } from '#src/http/ask.ts'
import type { HttpContext, HttpEnv } from '#src/http/context.ts'
import { besideIn } from '#src/http/cursors.ts'
import { activationKeyFilterSchema, queryOf } from '#src/http/filters.ts'
import { may } from '#src/http/guards.ts'
import { keyPlace, keysUnder } from '#src/http/lists/activation-keys.ts'
import { pageOf, pageSize } from '#src/http/pages.ts'
import { KeyList, KeysPage } from '#views/pages/activation-keys/list.tsx'
import type { KeyListProps, ListedProduct } from '#views/pages/activation-keys/props.ts'
import { paths } from '#views/paths.ts'
import { frameOf, wantsPart } from './frame.ts'

/** The list of activation keys; of one product for servers with its panels. */
export const activationKeyPages = new Hono<HttpEnv>().get(paths.activationKeys, may('activation-key.read'), showList)

async function showList(c: HttpContext) {
  const query = c.req.query()
  const filter = queryOf(activationKeyFilterSchema, query)
  const limit = pageSize(c)
  const { side, beside } = besideIn(query.cursor, keyPlace)
  const { actor, rows } = await ask(c, (reach) => [
    keysUnder(filter)(reach, filter, { limit: limit + 1, ...beside }),
    findKeyProduct(reach, filter.product ?? ''),
  ])
  const { rows: shown, pages } = pageOf(rows[0], limit, side, Number(query.page) || 1, keyPosition)
  const list: KeyListProps = {
    ...{ filter, rows: shown, pages, today: dayOf(c.var.deps.now()), request: c.var.deps.newId('request') },
    types: actor.serverProducts,
    product: productOf(actor, rows[1]),
    ofServers: hasServerProducts(actor),
    may: { create: allows(actor, 'activation-key.create'), remove: allows(actor, 'activation-key.remove') },
  }
  if (wantsPart(c)) return c.html(<KeyList {...list} />)
  return c.html(<KeysPage frame={frameOf(c, actor)} list={list} />)
}

/** The product that a list of one's own keys is of; sellers narrow theirs to a product without more ado. */
function productOf(actor: Actor, [product]: readonly KeyProduct[]): ListedProduct | null {
  if (!product || !hasServerProducts(actor) || !actor.serverProducts.some(({ code }) => code === product.code))
    return null
  const { code, name, serverLicenses, activeServers, defaultKeyId, defaultCode } = product
  const defaultKey = defaultKeyId && defaultCode ? { id: defaultKeyId, code: defaultCode } : null
  return { code, name, serverLicenses, activeServers: activeServers ?? 0, defaultKey }
}
