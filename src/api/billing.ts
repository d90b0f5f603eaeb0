import { Hono } from 'hono'
import * as z from 'zod'
import { findBilling, listOwnBalances, listPlans } from '#src/db/balances.ts'
import { allows } from '#src/domain/accounts/acts.ts'
import { dayOf } from '#src/domain/day.ts'
import { refuse } from '#src/domain/refusal.ts'
import { ask } from '#src/http/ask.ts'
import type { HttpContext, HttpEnv } from '#src/http/context.ts'
import { readCosts } from '#src/http/costs.ts'
import { balanceFilterSchema, costFilterSchema } from '#src/http/filters.ts'
import { may } from '#src/http/guards.ts'
import { balanceEntryList } from '#src/http/lists/balance-entries.ts'
import { answerList, listQuery, pageFields } from './lists.ts'
import { balanceEntryColumns, balanceEntryShape, billingShape, costsShape } from './shapes/billing.ts'

/** The query of the ledger. */
export const balanceEntryQuery = z.strictObject({ ...balanceFilterSchema.shape, ...pageFields })

/** The query of costs. */
export const costQuery = z.strictObject(costFilterSchema.shape)

/** Calls about the prepaid balance. */
export const billingCalls = new Hono<HttpEnv>()
  .get('/api/v1/billing', may('billing.read'), show)
  .get('/api/v1/billing/entries', may('billing.read'), listEntries)
  .get('/api/v1/billing/costs', may('billing.read'), listCosts)

/** What the account has, what it is charged next, and its prices. */
async function show(c: HttpContext) {
  const { actor, rows } = await ask(c, (reach) => [findBilling(reach), listOwnBalances(reach), listPlans(reach)])
  const [[billing], balances, plans] = rows
  if (!billing) return refuse({ code: 'not-found' })
  const today = dayOf(c.var.deps.now())
  return c.json(billingShape({ billing, balances, plans, today, seesPrices: allows(actor, 'quote.read') }))
}

/** What everything cost, month by month, this one last. */
async function listCosts(c: HttpContext) {
  const { costs, currency } = await readCosts(c, listQuery(c, costQuery).months)
  return c.json(costsShape(costs, currency))
}

/** The ledger, newest first; a CSV of all of it where that is asked for. */
function listEntries(c: HttpContext) {
  const { limit, cursor, format, ...filter } = listQuery(c, balanceEntryQuery)
  const page = { limit, cursor: cursor ?? null }
  // The shape is asked for when rows are there, and so is whoever asks.
  const shape = (row: Parameters<ReturnType<typeof balanceEntryShape>>[0]) => {
    const actor = c.var.asking.admitted
    return balanceEntryShape(actor !== null && allows(actor, 'quote.read'))(row)
  }
  return answerList(c, balanceEntryList(filter), { name: 'balance', page, format, shape, columns: balanceEntryColumns })
}
