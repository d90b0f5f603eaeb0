import { addDays, addMonths, type Day } from '../day.ts'
import { dayIn, instantOf } from './zone.ts'

export const frequencies = ['daily', 'weekly', 'monthly'] as const
export type Frequency = (typeof frequencies)[number]

/** When a report goes out: each day, on a day of the week (1 is Monday), or on a day of the month. */
export type Schedule = {
  readonly frequency: Frequency
  readonly weekday: number
  /** A month that is shorter has it on its last day. */
  readonly monthDay: number
  readonly hour: number
  readonly timeZone: string
}

export const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const

/** The day of the week, 1 for Monday. */
const weekdayOf = (day: Day): number => new Date(`${day}T00:00:00Z`).getUTCDay() || 7

/** The days on which it is due that follow a day, that day among them, the nearest first. */
function dueDay(from: Day, { frequency, weekday, monthDay }: Schedule): Day {
  if (frequency === 'daily') return from
  if (frequency === 'weekly') return addDays(from, (weekday - weekdayOf(from) + 7) % 7)
  const inMonth = (months: number): Day => {
    const first = addMonths(`${from.slice(0, 7)}-01` as Day, months)
    const last = addDays(addMonths(first, 1), -1)
    const wanted = `${first.slice(0, 8)}${String(monthDay).padStart(2, '0')}` as Day
    return wanted > last ? last : wanted
  }
  return inMonth(0) >= from ? inMonth(0) : inMonth(1)
}

/** The next instant at which it is due after another one. */
export function dueAfter(schedule: Schedule, after: Date): Date {
  const { hour, timeZone } = schedule
  let day = dueDay(addDays(dayIn(after, timeZone), -1), schedule)
  let at = instantOf(day, hour, timeZone)
  while (at <= after) {
    day = dueDay(addDays(day, 1), schedule)
    at = instantOf(day, hour, timeZone)
  }
  return at
}

/** The last instant at which it was due by now, no earlier than one at which it was: what was missed is told once, as it stands now. */
export function lastDue(schedule: Schedule, since: Date, now: Date): Date {
  let last = since
  for (let next = dueAfter(schedule, last); next <= now; next = dueAfter(schedule, next)) last = next
  return last
}

const ordinal = (n: number): string =>
  `${n}${n % 10 === 1 && n !== 11 ? 'st' : n % 10 === 2 && n !== 12 ? 'nd' : n % 10 === 3 && n !== 13 ? 'rd' : 'th'}`

/** `every Monday at 08:00, Europe/Paris`. */
export function scheduleWords({ frequency, weekday, monthDay, hour, timeZone }: Schedule): string {
  const at = `at ${String(hour).padStart(2, '0')}:00, ${timeZone}`
  if (frequency === 'daily') return `every day ${at}`
  if (frequency === 'weekly') return `every ${weekdays[weekday - 1]} ${at}`
  return monthDay >= 29
    ? `on the ${ordinal(monthDay)} of each month, or its last day, ${at}`
    : `on the ${ordinal(monthDay)} of each month ${at}`
}
