import { type ReportKind, reportNames } from './report.ts'
import { frequencies, type Schedule } from './timing.ts'

/** The columns of the list of reports. */
export const reportColumns = ['report', 'product', 'emails', 'frequency', 'active'] as const
export type ReportColumn = (typeof reportColumns)[number]

/** What a list of reports is sorted by, `-` before it for the other way round; empty is the order in which they were added. */
export type ReportSort = ReportColumn | `-${ReportColumn}` | ''

type Sortable = {
  readonly kind: ReportKind
  readonly productName: string | null
  readonly emails: readonly { readonly email: string }[]
  readonly schedule: Schedule
  readonly active: boolean
  readonly nextDueAt: Date
}

/** The sort that a text from outside names; of anything else the usual one. */
export const reportSortFrom = (text: string): ReportSort =>
  reportColumns.some((name) => name === text.replace(/^-/, '')) ? (text as ReportSort) : ''

/** Reports in the order that is wanted; those that are alike stay as they were added. */
export function sortReports<R extends Sortable>(reports: readonly R[], sort: ReportSort): readonly R[] {
  const column = sort.replace('-', '') as ReportColumn | ''
  if (column === '') return reports
  const keyOf = keys[column]
  const way = sort.startsWith('-') ? -1 : 1
  return reports.toSorted((one, other) => way * keyOf(one).localeCompare(keyOf(other), 'en'))
}

const keys: Record<ReportColumn, (report: Sortable) => string> = {
  report: ({ kind }) => reportNames[kind],
  product: ({ productName }) => productName ?? '',
  emails: ({ emails }) => emails.map(({ email }) => email).join(' '),
  frequency: ({ schedule }) => rankOf(schedule),
  // Those that are due first stand first, paused ones last.
  active: ({ active, nextDueAt }) => (active ? nextDueAt.toISOString() : '~'),
}

/** Daily before weekly before monthly, then by day and hour. */
const rankOf = ({ frequency, weekday, monthDay, hour }: Schedule): string =>
  [frequencies.indexOf(frequency), { daily: 0, weekly: weekday, monthly: monthDay }[frequency], hour]
    .map((one) => String(one).padStart(2, '0'))
    .join()
