import { addMonths, type Day } from '../day.ts'

/** A pay period is a calendar month in UTC; it is named by its first day. */
export const periodOf = (day: Day): Day => `${day.slice(0, 7)}-01` as Day

/** The period after one. */
export const periodAfter = (period: Day): Day => addMonths(period, 1)
