import { Hono } from 'hono'
import * as z from 'zod'
import { findOrder, listLicensesOfOrder, listOrderItems } from '#src/db/order-lists.ts'
import { refuse } from '#src/domain/refusal.ts'
import { ask } from '#src/http/ask.ts'
import type { HttpContext, HttpEnv } from '#src/http/context.ts'
import { orderFilterSchema } from '#src/http/filters.ts'
import { may } from '#src/http/guards.ts'
import { orderList } from '#src/http/lists/orders.ts'
import { answerList, listQuery, pageFields } from './lists.ts'
import { orderColumns, orderShape, orderWithItemsShape } from './shapes/order.ts'

/** The query of the list of orders. */
export const orderQuery = z.strictObject({ ...orderFilterSchema.shape, ...pageFields })

/** Calls about orders. */
export const orderCalls = new Hono<HttpEnv>()
  .get('/api/v1/orders', may('order.read'), list)
  .get('/api/v1/orders/:reference', may('order.read'), show)

/** Orders of the account and below, filtered and paged; a CSV of all of them where that is asked for. */
function list(c: HttpContext) {
  const { limit, cursor, format, ...filter } = listQuery(c, orderQuery)
  const page = { limit, cursor: cursor ?? null }
  return answerList(c, orderList(filter), { name: 'orders', page, format, shape: orderShape, columns: orderColumns })
}

/** One order by its reference, in any case and with or without blanks and dashes; with items and their licenses. */
async function show(c: HttpContext) {
  const reference = c.req.param('reference') ?? ''
  const [[order], items, licenses] = (
    await ask(c, (reach) => [
      findOrder(reach, reference),
      listOrderItems(reach, reference),
      listLicensesOfOrder(reach, reference),
    ])
  ).rows
  return order ? c.json(orderWithItemsShape(order, items, licenses)) : refuse({ code: 'not-found' })
}
