/** How often the customer may release a computer from one license of a product (R305). */
export type ReleaseRule = { readonly releasesPerYear: number | null; readonly releaseCooldownHours: number }

/** What is left of it. `nextAt` is when a release is possible again: `null` for now, and for never where none is allowed. */
export type ReleaseBudget = {
  readonly used: number
  /** `null` is no limit. */
  readonly allowed: number | null
  readonly refusedBy: 'release-budget' | 'release-cooldown' | null
  readonly nextAt: Date | null
}

const hour = 3_600_000
const year = 365 * 24 * hour

/** Since when releases count. */
export const releasesCountFrom = (now: Date): Date => new Date(now.getTime() - year)

/** The budget of a license from the releases that counted in the year before now, the newest first. */
export function releaseBudget(counted: readonly Date[], rule: ReleaseRule, now: Date): ReleaseBudget {
  const { releasesPerYear: allowed, releaseCooldownHours } = rule
  const within = counted.filter((at) => at > releasesCountFrom(now))
  const used = within.length
  if (allowed !== null && used >= allowed) {
    const leaves = within[allowed - 1]
    return { used, allowed, refusedBy: 'release-budget', nextAt: leaves ? new Date(leaves.getTime() + year) : null }
  }
  const [newest] = within
  const rested = newest ? new Date(newest.getTime() + releaseCooldownHours * hour) : now
  return rested > now
    ? { used, allowed, refusedBy: 'release-cooldown', nextAt: rested }
    : { used, allowed, refusedBy: null, nextAt: null }
}
