import { Hono } from 'hono'
import { type SearchPage, searchLicenses } from '#src/db/license-search.ts'
import { listLicenses, sortValue } from '#src/db/licenses.ts'
import { listOwnedProducts } from '#src/db/products.ts'
import type { Reach } from '#src/db/reach.ts'
import { listSellersBelow } from '#src/db/sellers-below.ts'
import { allows } from '#src/domain/accounts/acts.ts'
import { type Day, dayOf } from '#src/domain/day.ts'
import type { LicenseFilter } from '#src/domain/licenses/filter.ts'
import { ask } from '#src/http/ask.ts'
import type { HttpContext, HttpEnv } from '#src/http/context.ts'
import { besideIn } from '#src/http/cursors.ts'
import { supportFilterOf } from '#src/http/filters.ts'
import { may } from '#src/http/guards.ts'
import { pageOf, pageSize } from '#src/http/pages.ts'
import { SupportList, SupportPage } from '#views/pages/support/list.tsx'
import { paths } from '#views/paths.ts'
import { frameOf, wantsPart } from './frame.ts'
import { mayBuy } from './may-buy.ts'

/** Support of all licenses in reach. */
export const supportPages = new Hono<HttpEnv>().get(paths.support, may('support.read'), showSupport)

async function showSupport(c: HttpContext) {
  const query = c.req.query()
  const filter = supportFilterOf(query)
  const today = dayOf(c.var.deps.now())
  const limit = pageSize(c)
  const { side, beside } = besideIn(query.cursor, { way: 'number', value: 'string', n: 'number' })
  const { actor, rows } = await ask(c, (reach) => [
    findRows(reach, filter, today, { limit: limit + 1, ...beside }),
    listOwnedProducts(reach),
    listSellersBelow(reach, filter.account),
  ])
  const [found, products, accounts] = rows
  const positionOf = (row: (typeof found)[number] & { way?: number; value?: string }) => ({
    way: row.way ?? 0,
    value: row.value ?? sortValue(filter.sort, row),
    n: row.n,
  })
  const { rows: shown, pages } = pageOf(found, limit, side, Number(query.page) || 1, positionOf)
  const sells = actor.accountKind !== 'customer'
  const list = {
    filter,
    rows: shown,
    pages,
    products: products.length > 1 ? products : [],
    accounts: sells ? accounts : [],
    showsOwner: sells && (accounts.length > 0 || actor.accountKind === 'vendor'),
    today,
    may: {
      extend: sells && allows(actor, 'support.extend'),
      upgrade: sells && allows(actor, 'license.upgrade'),
      buy: mayBuy(actor),
    },
  }
  if (wantsPart(c)) return c.html(<SupportList {...list} />)
  return c.html(<SupportPage frame={frameOf(c, actor)} list={list} />)
}

const findRows = (reach: Reach, filter: LicenseFilter, today: Day, page: SearchPage) =>
  filter.q ? searchLicenses(reach, filter, today, page) : listLicenses(reach, filter, today, page)
