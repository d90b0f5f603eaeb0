import type { Day } from '../day.ts'
import type { Tier } from '../quotes/offered.ts'
import { periodAfter, periodOf } from './period.ts'

/** What an account is charged for: a product for servers, how many are in use of it, and what one costs a month. */
export type Plan = {
  readonly productCode: string
  readonly productName: string
  readonly offerCode: string | null
  /** Servers in use now. */
  readonly servers: number
  /** Its prices by volume, in the currency of the balance; none where it has no price yet. */
  readonly tiers: readonly Tier[]
  /** The first day of the month that is charged next; `null` where the clock has not seen it yet. */
  readonly nextPeriod: Day | null
}

/** A month of a product: so many servers at the price of the tier that their number falls in. */
export type Reckoning = {
  readonly servers: number
  readonly minQuantity: number
  readonly unitMinor: number
  readonly amountMinor: number
}

/** What a month of so many servers costs; volume tiers apply to the whole (Decision 9). `null` where there is no price. */
export function reckonMonth(servers: number, tiers: readonly Tier[]): Reckoning | null {
  const [lowest] = tiers.toSorted((a, b) => a.minQuantity - b.minQuantity)
  const tier = tiers
    .filter(({ minQuantity }) => minQuantity <= servers)
    .reduce((best, one) => (best && best.minQuantity > one.minQuantity ? best : one), lowest)
  if (!tier) return null
  const { minQuantity, unitMinor } = tier
  return { servers, minQuantity, unitMinor, amountMinor: servers * unitMinor }
}

/** What all products together will cost if nothing changes before they are charged. */
export const sumOfMonth = (plans: readonly Pick<Plan, 'servers' | 'tiers'>[]): number =>
  plans.reduce((sum, { servers, tiers }) => sum + (reckonMonth(servers, tiers)?.amountMinor ?? 0), 0)

/** When products are charged next: the first of a month; one that is over will be caught up with. */
export const nextChargeOn = (plans: readonly Pick<Plan, 'nextPeriod'>[], today: Day): Day =>
  plans.flatMap(({ nextPeriod }) => nextPeriod ?? []).sort()[0] ?? periodAfter(periodOf(today))
