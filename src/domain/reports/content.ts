import { type Cost, costName } from '../billing/costs.ts'
import { periodOf } from '../billing/period.ts'
import { sizeInWords, sizeOf, type Unit } from '../catalog/offer.ts'
import { addDays, addMonths, type Day, dayOf, daysBetween } from '../day.ts'
import { amountInDigits, formatMoney } from '../money.ts'
import { spanOf, type ToldReport } from './told-report.ts'

/** What a report tells: figures first, then a table. A letter, a page and a CSV are made of it. */
export type ReportContent = {
  readonly figures: readonly (readonly [label: string, value: string])[]
  readonly head: readonly string[]
  readonly rows: readonly (readonly string[])[]
  /** How many end in each month, for a chart; none where nothing ends. */
  readonly months: readonly (readonly [month: string, count: number])[]
  /** Whether there is more than a report tells. */
  readonly isCut: boolean
}

/** A run's content, and what the report was then; runs from before that was kept have it not. */
export type KeptContent = ReportContent & { readonly report?: ToldReport }

export type EndingLicense = {
  readonly serial: string
  readonly productName: string
  readonly editionName: string
  readonly size: number | null
  readonly unit: Unit
  readonly email: string
  readonly ownerName: string
  readonly orderReference: string | null
  readonly comment: string
  readonly endsOn: Day
}
export type SilentComputer = {
  readonly name: string
  readonly ownerName: string
  readonly lastCheckInAt: number | null
}
export type PricedCost = Cost & { readonly currency: string }
export type LowOffer = { readonly offerCode: string; readonly productName: string; readonly credits: number }

/** What each kind is made of, in the order in which it is read. */
export type ContentSources = readonly [
  readonly EndingLicense[],
  readonly EndingLicense[],
  readonly EndingLicense[],
  readonly SilentComputer[],
  readonly LowOffer[],
  readonly PricedCost[],
  readonly PricedCost[],
  readonly PricedCost[],
]

type Looked = Pick<ToldReport, 'kind' | 'today' | 'leadDays'>

/**
 * The content of a report, seen from its day: what was read beyond its days is left out. Of more rows than `most` it is cut.
 */
export function contentOf(report: Looked, sources: ContentSources, most: number): ReportContent {
  const [support, trials, subscriptions, computers, credits, ...costs] = sources
  switch (report.kind) {
    case 'support-ends':
      return endsOf(support, report, most)
    case 'license-ends':
      return endsOf(trials, report, most)
    case 'subscription-ends':
      return endsOf(subscriptions, report, most)
    case 'stale-computers':
      return computersOf(computers, most)
    case 'low-credits':
      return creditsOf(credits, most)
    case 'costs':
      return costsOf(costs.flat(), report)
  }
}

function endsOf(read: readonly EndingLicense[], report: Looked, most: number): ReportContent {
  const { today } = report
  const { since, until } = spanOf(report)
  const found = read.filter(({ endsOn }) => endsOn >= since && endsOn <= until)
  const isCut = read.length > most && (read.at(-1)?.endsOn ?? today) <= until
  const shown = found.slice(0, most)
  const ended = shown.filter(({ endsOn }) => endsOn < today).length
  const soon = shown.filter(({ endsOn }) => endsOn >= today && daysBetween(today, endsOn) < 7).length
  const months = new Map<string, number>()
  for (const { endsOn } of shown) months.set(endsOn.slice(0, 7), (months.get(endsOn.slice(0, 7)) ?? 0) + 1)
  return {
    figures: [
      ['Ended lately', String(ended)],
      ['End within 7 days', String(soon)],
      ['In all', isCut ? `${shown.length}+` : String(found.length)],
    ],
    head: ['Ends on', 'Days left', 'Product', 'Serial number', 'End customer', 'Account', 'Order number', 'Comment'],
    rows: shown.map((one) => [
      one.endsOn,
      String(daysBetween(today, one.endsOn)),
      `${one.productName} ${one.editionName}, ${sizeInWords(sizeOf(one.size), one.unit)}`,
      ...[one.serial, one.email, one.ownerName, one.orderReference ?? '', one.comment],
    ]),
    months: [...months].sort(([a], [b]) => (a < b ? -1 : 1)),
    isCut,
  }
}

const computersOf = (found: readonly SilentComputer[], most: number): ReportContent => ({
  figures: [
    ['Stale computers', count(found.length, most)],
    ['Of these never seen', String(found.slice(0, most).filter((one) => one.lastCheckInAt === null).length)],
  ],
  head: ['Computer', 'Last check-in', 'Account'],
  rows: found
    .slice(0, most)
    .map(({ name, lastCheckInAt, ownerName }) => [
      ...[name, lastCheckInAt === null ? 'never' : dayOf(new Date(lastCheckInAt)), ownerName],
    ]),
  months: [],
  isCut: found.length > most,
})

const creditsOf = (found: readonly LowOffer[], most: number): ReportContent => ({
  figures: [
    ['Offers that are low', count(found.length, most)],
    ['Of these used up', String(found.filter(({ credits }) => credits === 0).length)],
  ],
  head: ['Offer', 'Product', 'Credits'],
  rows: found.slice(0, most).map(({ offerCode, productName, credits }) => [offerCode, productName, String(credits)]),
  months: [],
  isCut: found.length > most,
})

/** The newest month first; within one as the list of costs has them. */
function costsOf(read: readonly PricedCost[], { today, leadDays }: Looked): ReportContent {
  const month = periodOf(today)
  const found = read.filter(({ period }) => period >= periodOf(addDays(today, -leadDays)))
  const sum = (costs: readonly PricedCost[]): string =>
    formatMoney({
      minor: costs.reduce((total, { amountMinor }) => total + amountMinor, 0),
      currency: found[0]?.currency ?? '',
    })
  const inMonth = (wanted: Day) => found.filter(({ period }) => period === wanted)
  const figures: ReportContent['figures'] = [
    ['This month so far', sum(inMonth(month))],
    ['The month before', sum(inMonth(addMonths(month, -1)))],
    ['In all', sum(found)],
  ]
  return {
    figures: found.length > 0 ? figures : [],
    head: ['Month', 'What for', 'Amount', 'Currency'],
    rows: found
      .toSorted((a, b) => b.period.localeCompare(a.period))
      .map((cost) => [
        ...[cost.period.slice(0, 7), costName(cost)],
        ...[amountInDigits({ minor: cost.amountMinor, currency: cost.currency }), cost.currency],
      ]),
    months: [],
    isCut: false,
  }
}

const count = (found: number, most: number): string => (found > most ? `${most}+` : String(found))
