import { Hono } from 'hono'
import { dayOf } from '#src/domain/day.ts'
import { computerFilterOf } from '#src/http/computer-filter.ts'
import type { HttpContext, HttpEnv } from '#src/http/context.ts'
import { type Column, chunkSize, csvResponse } from '#src/http/csv.ts'
import {
  activationKeyFilterSchema,
  eventFilterSchema,
  ledgerFilterSchema,
  licenseFilterOf,
  orderFilterSchema,
  queryOf,
  resellerFilterSchema,
  subscriptionFilterSchema,
  supportFilterOf,
} from '#src/http/filters.ts'
import { may } from '#src/http/guards.ts'
import { activationKeyList } from '#src/http/lists/activation-keys.ts'
import { computerList } from '#src/http/lists/computers.ts'
import { ledgerList } from '#src/http/lists/credits.ts'
import { eventList } from '#src/http/lists/events.ts'
import { licenseList } from '#src/http/lists/licenses.ts'
import { type List, readPage } from '#src/http/lists/list.ts'
import { orderList } from '#src/http/lists/orders.ts'
import { resellerList } from '#src/http/lists/resellers.ts'
import { subscriptionList } from '#src/http/lists/subscriptions.ts'
import { paths } from '#views/paths.ts'
import { computerColumns } from './computer-columns.ts'
import { activationKeyColumns, eventColumns, licenseColumns, orderColumns, supportColumns } from './export-columns.ts'
import { creditColumns, resellerColumns } from './seller-columns.ts'
import { subscriptionColumns } from './subscription-columns.ts'

/** Every list as a CSV file, as its page filters and sorts it, streamed (R334). */
export const exportPages = new Hono<HttpEnv>()
  .get(paths.licensesCsv, may('license.read'), exportLicenses)
  .get(paths.activationKeysCsv, may('activation-key.read'), exportActivationKeys)
  .get(paths.computersCsv, may('computer.read'), exportComputers)
  .get(paths.supportCsv, may('support.read'), exportSupport)
  .get(paths.ordersCsv, may('order.read'), exportOrders)
  .get(paths.resellersCsv, may('reseller.read'), exportResellers)
  .get(paths.creditsCsv, may('credit.read'), exportCredits)
  .get(paths.eventsCsv, may('event.read'), exportEvents)
  .get(paths.subscriptionsCsv, may('subscription.read'), exportSubscriptions)

function exportLicenses(c: HttpContext) {
  const today = dayOf(c.var.deps.now())
  return answerCsv(c, 'licenses', licenseList(licenseFilterOf(c.req.query()), today), licenseColumns(today))
}

function exportActivationKeys(c: HttpContext) {
  const list = activationKeyList(queryOf(activationKeyFilterSchema, c.req.query()))
  return answerCsv(c, 'activation-keys', list, activationKeyColumns)
}

/** "Get servers list" (R229). */
function exportComputers(c: HttpContext) {
  const filter = computerFilterOf(c.req.query(), c.req.queries('product') ?? [])
  const now = c.var.deps.now()
  return answerCsv(c, 'computers', computerList(filter, now), computerColumns(now))
}

function exportSupport(c: HttpContext) {
  const today = dayOf(c.var.deps.now())
  return answerCsv(c, 'support', licenseList(supportFilterOf(c.req.query()), today), supportColumns(today))
}

function exportOrders(c: HttpContext) {
  return answerCsv(c, 'orders', orderList(queryOf(orderFilterSchema, c.req.query())), orderColumns)
}

function exportEvents(c: HttpContext) {
  return answerCsv(c, 'events', eventList(queryOf(eventFilterSchema, c.req.query())), eventColumns)
}

function exportResellers(c: HttpContext) {
  return answerCsv(c, 'resellers', resellerList(queryOf(resellerFilterSchema, c.req.query())), resellerColumns)
}

function exportCredits(c: HttpContext) {
  return answerCsv(c, 'credits', ledgerList(queryOf(ledgerFilterSchema, c.req.query())), creditColumns)
}

function exportSubscriptions(c: HttpContext) {
  const today = dayOf(c.var.deps.now())
  const list = subscriptionList(queryOf(subscriptionFilterSchema, c.req.query()), today)
  return answerCsv(c, 'subscriptions', list, subscriptionColumns(today))
}

function answerCsv<Row>(c: HttpContext, name: string, list: List<Row>, columns: readonly Column<Row>[]) {
  const filename = `${name}-${dayOf(c.var.deps.now())}.csv`
  return csvResponse(c, filename, columns, (cursor) => readPage(c, list, { limit: chunkSize, cursor }))
}
