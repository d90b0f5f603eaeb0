/** Which licenses a list shows and in what order. It is what the URL of the page says, and of the API call. */
export type LicenseFilter = {
  readonly q: string
  readonly product: string | null
  readonly support: SupportFilter | null
  readonly only: LicenseState | null
  readonly sort: LicenseSort
}

/** `missing` has none, or none any more; the others end within so many days. */
export const supportFilters = ['missing', 'ending-30', 'ending-60', 'ending-90'] as const
export type SupportFilter = (typeof supportFilters)[number]

export const licenseStates = ['trial', 'not-activated'] as const
export type LicenseState = (typeof licenseStates)[number]

/** A minus puts the newest, or the latest end, first. */
export const licenseSorts = ['-bought', 'bought', 'support', '-support'] as const
export type LicenseSort = (typeof licenseSorts)[number]

/** A list narrowed by support is in the order of its ends: no other order of it stays quick at a million rows. */
export function settled(filter: LicenseFilter): LicenseFilter {
  if (filter.support === null || filter.sort.endsWith('support')) return filter
  return { ...filter, sort: 'support' }
}

/** Whether the list shows only a part of what there is. */
export const isNarrowed = ({ q, product, support, only }: LicenseFilter): boolean =>
  q !== '' || product !== null || support !== null || only !== null

/** Days ahead that a filter looks, or `null` for `missing`. */
export const daysAhead = (filter: SupportFilter): number | null =>
  filter === 'missing' ? null : Number(filter.slice('ending-'.length))
