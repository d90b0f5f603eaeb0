/** How often a product's software checks in, and how many days it may miss that (R306). */
export type CheckInRule = { readonly checkInHours: number; readonly checkInGraceDays: number }

export const checkInStandings = ['current', 'grace', 'lapsed'] as const
/** `grace` is overdue and still runs; `lapsed` has been overdue for longer than the product allows. */
export type CheckInStanding = (typeof checkInStandings)[number]

const hour = 3_600_000
const day = 24 * hour

/** When the next check-in is expected after one. */
export const nextCheckIn = (seenAt: Date, { checkInHours }: CheckInRule): Date =>
  new Date(seenAt.getTime() + checkInHours * hour)

/** How the last check-in stands, of one that never came the activation itself. */
export function checkInStanding(seenAt: Date, rule: CheckInRule, now: Date): CheckInStanding {
  const over = now.getTime() - nextCheckIn(seenAt, rule).getTime()
  if (over <= 0) return 'current'
  return over <= rule.checkInGraceDays * day ? 'grace' : 'lapsed'
}
