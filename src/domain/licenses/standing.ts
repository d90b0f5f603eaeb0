import { type Day, daysBetween } from '../day.ts'

export const licenseStandings = ['active', 'grace', 'expired'] as const
/** Whether a license may be used: `grace` is the time after its end in which it still runs and says so (R306). */
export type LicenseStanding = (typeof licenseStandings)[number]

/** The standing of a license that ends on a day (`null`: never), seen from today; the last day still counts (Decision 7). */
export function licenseStanding(endsOn: Day | null, graceDays: number, today: Day): LicenseStanding {
  if (endsOn === null) return 'active'
  const over = daysBetween(endsOn, today)
  if (over <= 0) return 'active'
  return over <= graceDays ? 'grace' : 'expired'
}
