import { addMonths, type Day } from '../day.ts'
import { periodOf } from './period.ts'

/** How many months back costs are shown. */
export const costSpans = [6, 12, 24] as const
export type CostSpan = (typeof costSpans)[number]

/** What a cost is of: servers, which name their product, orders of the shop, or renewals that it charged. */
export const costSources = ['servers', 'orders', 'renewals'] as const
export type CostSource = (typeof costSources)[number]

/** What something cost in a month. */
export type Cost = {
  readonly what: CostSource
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
    readonly what: CostSource
    readonly code: string | null
    readonly amounts: readonly number[]
  }[]
  readonly totals: readonly number[]
}

/** The first days of the last so many months, this one among them. */
export function periodsUntil(today: Day, span: CostSpan): readonly [Day, ...Day[]] {
  const first = addMonths(periodOf(today), 1 - span)
  return [first, ...Array.from({ length: span - 1 }, (_, i) => addMonths(first, i + 1))]
}

const sourceNames: Record<CostSource, string> = { servers: 'Servers', orders: 'Shop orders', renewals: 'Renewals' }

/** What tables and charts call a cost. */
export const costName = ({ what, productName }: Pick<Cost, 'what' | 'productName'>): string =>
  productName ?? sourceNames[what]

/** Puts costs into months; what cost nothing in all of them is left out. */
export function costsOf(found: readonly Cost[], periods: readonly Day[]): Costs {
  const byName = Map.groupBy(found, costName)
  const series = [...byName].map(([name, costs]) => ({
    ...{ name, what: costs[0]?.what ?? 'orders', code: costs[0]?.productCode ?? null },
    amounts: periods.map((period) => sum(costs.filter((one) => one.period === period))),
  }))
  const totals = periods.map((period) => sum(found.filter((one) => one.period === period)))
  return { periods, series: series.filter(({ amounts }) => amounts.some((amount) => amount > 0)), totals }
}

const sum = (costs: readonly Cost[]): number => costs.reduce((total, { amountMinor }) => total + amountMinor, 0)
