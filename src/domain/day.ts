/**
 * A calendar day in UTC, written `2026-08-21`. It is not an instant: support, trials and subscriptions end *on a day*,
 * and that day still counts (Decision 7).
 */
export type Day = `${number}-${number}-${number}`

const MS_PER_DAY = 86_400_000
const SHAPE = /^\d{4}-\d{2}-\d{2}$/

/** Whether a text is a day that exists: `2026-02-29` is not. */
export const isDay = (text: string): text is Day =>
  SHAPE.test(text) && !Number.isNaN(Date.parse(text)) && new Date(text).toISOString().startsWith(text)

/** The UTC day of an instant. */
export const dayOf = (at: Date): Day => at.toISOString().slice(0, 10) as Day

/** The day `days` later; negative goes back. */
export const addDays = (day: Day, days: number): Day => dayOf(new Date(Date.parse(day) + days * MS_PER_DAY))

/** The same day of the month `months` later, or that month's last day where it is shorter. */
export function addMonths(day: Day, months: number): Day {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  const lastOfMonth = new Date(Date.UTC(year, month + months, 0)).getUTCDate()
  return dayOf(new Date(Date.UTC(year, month - 1 + months, Math.min(date, lastOfMonth))))
}

/** Whole days from one day to another; 0 for the same day. */
export const daysBetween = (from: Day, to: Day): number => Math.round((Date.parse(to) - Date.parse(from)) / MS_PER_DAY)

/** Days left including today: `end − today + 1`, never negative (Decision 7). */
export const daysLeft = (endsOn: Day, today: Day): number => Math.max(0, daysBetween(today, endsOn) + 1)

/** The last day of a period of whole years: bought on 2026-11-22 for a year ends 2027-11-21 (Decision 7). */
export const lastDayOfYears = (startsOn: Day, years: number): Day => addDays(addMonths(startsOn, 12 * years), -1)
