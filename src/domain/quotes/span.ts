import { addDays, addMonths, type Day, daysBetween, daysLeft } from '../day.ts'

/** Some days of a year that has so many: 146 of 365. */
export type Span = { readonly days: number; readonly of: number }

/** The days that are left until an end, today among them, of the year that ends there (Decision 7). */
export const leftUntil = (endsOn: Day, today: Day): Span => ({
  days: daysLeft(endsOn, today),
  of: daysBetween(addMonths(endsOn, -12), endsOn),
})

/** The days from one to another, both counted, of the year that begins with the first. */
export const between = (startsOn: Day, endsOn: Day): Span => ({
  days: daysBetween(startsOn, addDays(endsOn, 1)),
  of: daysBetween(startsOn, addMonths(startsOn, 12)),
})

/** A yearly amount for a span, rounded once, half up, on minor units (Decision 9). */
export const amountFor = (yearlyMinor: number, { days, of }: Span): number =>
  Math.floor((2 * yearlyMinor * days + of) / (2 * of))

export const wordsOf = ({ days, of }: Span): string => `${days} of ${of} days`
