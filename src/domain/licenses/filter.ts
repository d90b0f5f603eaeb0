import type { Day } from '../day.ts'

/** Which licenses a list shows and in what order. It is what the URL of the page says, and of the API call. */
export type LicenseFilter = {
  readonly q: string
  readonly product: string | null
  readonly support: SupportFilter | null
  readonly only: LicenseState | null
  readonly sort: LicenseSort
  /** Only below this account: a seller narrows the subtree to one reseller. */
  readonly account: string | null
  /** Only what the account itself owns, or only what its resellers do. */
  readonly owner: OwnerFilter | null
  /** Only where support ends between these days. */
  readonly ends: EndRange | null
}

/** Days between which support ends, both included; `null` leaves a side open. */
export type EndRange = { readonly from: Day | null; readonly to: Day | null }

/** `missing` has none, or none any more; `none` has none at all; the others end within so many days. */
export const supportFilters = ['missing', 'none', 'ending-30', 'ending-60', 'ending-90'] as const
export type SupportFilter = (typeof supportFilters)[number]

export const licenseStates = ['trial', 'trial-ending', 'not-activated'] as const
export type LicenseState = (typeof licenseStates)[number]

/** A trial that ends within so many days is one to speak of. */
export const trialEndingDays = 14

export const ownerFilters = ['own', 'resellers'] as const
export type OwnerFilter = (typeof ownerFilters)[number]

/** A minus puts the newest, or the latest end, first. */
export const licenseSorts = ['-bought', 'bought', 'support', '-support'] as const
export type LicenseSort = (typeof licenseSorts)[number]

/** A list narrowed by support is in the order of its ends: no other order of it stays quick at a million rows. */
export function settled(filter: LicenseFilter): LicenseFilter {
  if (filter.support === null && filter.ends === null) return filter
  return filter.sort.endsWith('support') ? filter : { ...filter, sort: 'support' }
}

/** Whether the list shows only a part of what there is. */
export const isNarrowed = ({ q, product, support, only, account, owner, ends }: LicenseFilter): boolean =>
  q !== '' || [product, support, only, account, owner, ends].some((one) => one !== null)

/** Days ahead that a filter looks, or `null` for those that look at none. */
export const daysAhead = (filter: SupportFilter): number | null =>
  filter.startsWith('ending-') ? Number(filter.slice('ending-'.length)) : null
