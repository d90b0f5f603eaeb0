import { addMonths, type Day } from '../day.ts'
import { periodOf } from './period.ts'

/** How many months back costs are shown. */
export const costSpans = [6, 12, 24] as const
export type CostSpan = (typeof costSpans)[number]

/** What something cost in a month: a product for servers, or `null` for all that was ordered in the shop. */
export type Cost = {
  readonly period: Day
  readonly productCode: string | null
  readonly productName: string | null
  readonly amountMinor: number
}

/** Costs by month and by what they were for: a table, of which a chart is made too. */
export type Costs = {
  readonly periods: readonly Day[]
  readonly series: readonly {
    readonly name: string
    readonly code: string | null
    readonly amounts: readonly number[]
  }[]
  readonly totals: readonly number[]
}

/** The first days of the last so many months, this one among them. */
export const periodsUntil = (today: Day, span: CostSpan): Day[] =>
  Array.from({ length: span }, (_, i) => addMonths(periodOf(today), i + 1 - span))

/** What is called what in tables and charts. */
const shopName = 'Shop orders'

/** Puts costs into months; what cost nothing in all of them is left out. */
export function costsOf(found: readonly Cost[], periods: readonly Day[]): Costs {
  const byProduct = Map.groupBy(found, ({ productCode }) => productCode)
  const series = [...byProduct].map(([code, costs]) => ({
    ...{ code, name: costs[0]?.productName ?? shopName },
    amounts: periods.map((period) => sum(costs.filter((one) => one.period === period))),
  }))
  const totals = periods.map((period) => sum(found.filter((one) => one.period === period)))
  return { periods, series: series.filter(({ amounts }) => amounts.some((amount) => amount > 0)), totals }
}

const sum = (costs: readonly Cost[]): number => costs.reduce((total, { amountMinor }) => total + amountMinor, 0)
