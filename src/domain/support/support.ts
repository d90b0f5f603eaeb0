import type { Day } from '../day.ts'
import { daysBetween } from '../day.ts'

export const supportSources = ['order', 'credit', 'grant'] as const
export type SupportSource = (typeof supportSources)[number]

export const supportStatuses = ['valid', 'grace', 'expired', 'none'] as const
export type SupportStatus = (typeof supportStatuses)[number]

/** Days after the end in which support still answers, said as a status of its own (R306). */
export const graceDays = 14

/** The status of support that ends on a day, seen from today; the last day still counts (Decision 7). */
export function supportStatus(endsOn: Day | null, today: Day): SupportStatus {
  if (endsOn === null) return 'none'
  const over = daysBetween(endsOn, today)
  if (over <= 0) return 'valid'
  return over <= graceDays ? 'grace' : 'expired'
}
