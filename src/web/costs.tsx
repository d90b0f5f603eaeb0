import { Hono } from 'hono'
import { findBilling } from '#src/db/balances.ts'
import { listChargedSince, listOrderedSince } from '#src/db/costs.ts'
import { costsOf, periodsUntil } from '#src/domain/billing/costs.ts'
import { dayOf } from '#src/domain/day.ts'
import { amountInDigits } from '#src/domain/money.ts'
import { refuse } from '#src/domain/refusal.ts'
import { csvLines } from '#src/gateways/csv.ts'
import { ask } from '#src/http/ask.ts'
import type { HttpContext, HttpEnv } from '#src/http/context.ts'
import { costFilterSchema, queryOf } from '#src/http/filters.ts'
import { may } from '#src/http/guards.ts'
import { CostsPage } from '#views/pages/billing/costs.tsx'
import { paths } from '#views/paths.ts'
import { billingTabsOf } from './billing-tabs.ts'
import { frameOf } from './frame.ts'

/** What everything cost, month by month, as a chart and a table (R168). */
export const costPages = new Hono<HttpEnv>()
  .get(paths.costs, may('billing.read'), show)
  .get(paths.costsCsv, may('billing.read'), download)

async function readCosts(c: HttpContext) {
  const { months } = queryOf(costFilterSchema, c.req.query())
  const periods = periodsUntil(dayOf(c.var.deps.now()), months)
  const [from = dayOf(c.var.deps.now())] = periods
  const { actor, rows } = await ask(c, (reach) => [
    findBilling(reach),
    listChargedSince(reach, from),
    listOrderedSince(reach, from),
  ])
  const [[billing], charged, ordered] = rows
  if (!billing) return refuse({ code: 'not-found' })
  return { actor, months, currency: billing.currency, costs: costsOf([...charged, ...ordered], periods) }
}

async function show(c: HttpContext) {
  const { actor, ...costs } = await readCosts(c)
  const draws = c.req.header('save-data') !== 'on'
  return c.html(<CostsPage frame={frameOf(c, actor)} tabs={billingTabsOf(actor)} draws={draws} {...costs} />)
}

async function download(c: HttpContext) {
  const { costs, currency } = await readCosts(c)
  const amount = (minor: number) => amountInDigits({ minor, currency })
  const head = ['Month', ...costs.series.map(({ name }) => `${name} (${currency})`), `Total (${currency})`]
  const rows = costs.periods.map((period, i) => [
    period.slice(0, 7),
    ...costs.series.map(({ amounts }) => amount(amounts[i] ?? 0)),
    amount(costs.totals[i] ?? 0),
  ])
  return c.body(`\uFEFF${csvLines([head, ...rows])}`, 200, {
    'Content-Type': 'text/csv; charset=utf-8',
    'Content-Disposition': `attachment; filename="costs-${dayOf(c.var.deps.now())}.csv"`,
  })
}
