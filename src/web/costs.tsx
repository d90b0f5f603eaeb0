import { Hono } from 'hono'
import { dayOf } from '#src/domain/day.ts'
import { amountInDigits } from '#src/domain/money.ts'
import { csvFile } from '#src/gateways/csv.ts'
import type { HttpContext, HttpEnv } from '#src/http/context.ts'
import { readCosts } from '#src/http/costs.ts'
import { fileResponse } from '#src/http/files.ts'
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

const monthsIn = (c: HttpContext) => queryOf(costFilterSchema, c.req.query()).months

async function show(c: HttpContext) {
  const months = monthsIn(c)
  const { actor, ...costs } = await readCosts(c, months)
  const draws = c.req.header('save-data') !== 'on'
  return c.html(<CostsPage frame={frameOf(c, actor)} tabs={billingTabsOf(actor)} {...{ draws, months }} {...costs} />)
}

async function download(c: HttpContext) {
  const { costs, currency } = await readCosts(c, monthsIn(c))
  const amount = (minor: number) => amountInDigits({ minor, currency })
  const head = ['Month', ...costs.series.map(({ name }) => `${name} (${currency})`), `Total (${currency})`]
  const rows = costs.periods.map((period, i) => [
    period.slice(0, 7),
    ...costs.series.map(({ amounts }) => amount(amounts[i] ?? 0)),
    amount(costs.totals[i] ?? 0),
  ])
  return fileResponse(c, `costs-${dayOf(c.var.deps.now())}.csv`, csvFile([head, ...rows]))
}
