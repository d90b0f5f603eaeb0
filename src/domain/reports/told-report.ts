import { addDays, type Day } from '../day.ts'
import type { ReportKind } from './report.ts'
import { type Schedule, scheduleWords } from './timing.ts'
import { dayIn } from './zone.ts'

/** What a report was when it looked, so that whatever tells it says the same, however it is changed afterwards. */
export type ToldReport = {
  readonly kind: ReportKind
  /** `null` is all products. */
  readonly productCode: string | null
  readonly productName: string | null
  readonly accountName: string
  readonly leadDays: number
  readonly timeZone: string
  /** When it comes, in words. */
  readonly words: string
  /** The day on which it looked, in its zone. */
  readonly today: Day
}

type Report = Omit<ToldReport, 'timeZone' | 'words' | 'today'> & { readonly schedule: Schedule }

/** A report as it is told at an instant. */
export function toldReport({ schedule, ...report }: Report, at: Date): ToldReport {
  const { kind, productCode, productName, accountName, leadDays } = report
  const { timeZone } = schedule
  const when = { timeZone, words: scheduleWords(schedule), today: dayIn(at, timeZone) }
  return { kind, productCode, productName, accountName, leadDays, ...when }
}

/** Ends of so many days before are told too, as what ended lately. */
const lately = 14

/** From which day to which a report of ends looks, both included. */
export const spanOf = ({ today, leadDays }: Pick<ToldReport, 'today' | 'leadDays'>): { since: Day; until: Day } => ({
  since: addDays(today, -lately),
  until: addDays(today, leadDays),
})
