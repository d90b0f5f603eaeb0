import { addDays, addMonths, type Day, dayOf } from '#src/domain/day.ts'

const hour = 3_600_000

/** An instant on a day. */
export const at = (day: Day, time = '09:30:00'): Date => new Date(`${day}T${time}.000Z`)

export const daysAgo = (now: Date, days: number): Day => addDays(dayOf(now), -days)

export const hoursAgo = (now: Date, hours: number): Date => new Date(now.getTime() - hours * hour)

/** The first day of a year that ends on a day. */
export const yearEnding = (endsOn: Day, years = 1): Day => addMonths(addDays(endsOn, 1), -12 * years)
