import { Hono } from 'hono'
import { listInvoicesOfOrder } from '#src/db/order-invoices.ts'
import {
  countUnknownItems,
  findOrder,
  findOwnAccount,
  listLicensesOfOrder,
  listOrderItems,
  listOrders,
  listOwnContacts,
  orderSortValue,
} from '#src/db/order-lists.ts'
import { allows } from '#src/domain/accounts/acts.ts'
import { refuse } from '#src/domain/refusal.ts'
import { ask } from '#src/http/ask.ts'
import type { HttpContext, HttpEnv } from '#src/http/context.ts'
import { besideIn } from '#src/http/cursors.ts'
import { orderFilterSchema, queryOf } from '#src/http/filters.ts'
import { may } from '#src/http/guards.ts'
import { pageOf, pageSize } from '#src/http/pages.ts'
import { OrderPage } from '#views/pages/orders/details.tsx'
import { OrderList, OrdersPage } from '#views/pages/orders/list.tsx'
import { paths } from '#views/paths.ts'
import { frameOf, wantsPart } from './frame.ts'
import { mayBuy } from './may-buy.ts'

/** Orders and one order. */
export const orderPages = new Hono<HttpEnv>()
  .get(paths.orders, may('order.read'), showOrders)
  .get('/orders/:reference', may('order.read'), showOrder)

async function showOrders(c: HttpContext) {
  const query = c.req.query()
  const filter = queryOf(orderFilterSchema, query)
  const limit = pageSize(c)
  const { side, beside } = besideIn(query.cursor, { value: 'number', n: 'number' })
  const { actor, rows } = await ask(c, (reach) => [
    listOrders(reach, filter, { limit: limit + 1, ...beside }),
    findOwnAccount(reach),
    listOwnContacts(reach),
    countUnknownItems(reach),
  ])
  const [found, [account], contacts, [unknown]] = rows
  const { rows: shown, pages } = pageOf(found, limit, side, Number(query.page) || 1, (row) => ({
    value: orderSortValue(filter.sort, row),
    n: row.n,
  }))
  const isVendor = actor.accountKind === 'vendor'
  const list = { filter, rows: shown, pages, unknown: isVendor ? (unknown?.count ?? 0) : null }
  if (wantsPart(c)) return c.html(<OrderList {...list} />)
  const customer = actor.accountKind === 'customer' && account ? account : null
  const invoices = customer !== null && allows(actor, 'invoice.read')
  return c.html(
    <OrdersPage frame={frameOf(c, actor)} {...{ customer, contacts, invoices, list }} quotes={mayBuy(actor)} />,
  )
}

async function showOrder(c: HttpContext) {
  const reference = c.req.param('reference') ?? ''
  const { actor, rows } = await ask(c, (reach) => [
    findOrder(reach, reference),
    listOrderItems(reach, reference),
    listLicensesOfOrder(reach, reference),
    listInvoicesOfOrder(reach, reference),
  ])
  const [[order], items, licenses, found] = rows
  const invoices = allows(actor, 'invoice.read') ? found : []
  if (!order) return refuse({ code: 'not-found' })
  return c.html(<OrderPage frame={frameOf(c, actor)} order={order} {...{ items, licenses, invoices }} />)
}
