import type { Day } from '../day.ts'

/** Which computers a list shows and in what order: what the URL of the page says, and of the API call. */
export type ComputerFilter = {
  /** In the name, and in the activation key. */
  readonly q: string
  /** Codes of products; a computer with any of them fits. None is all. */
  readonly products: readonly string[]
  /** Days between which it was registered, both included; `null` leaves a side open. */
  readonly from: Day | null
  readonly to: Day | null
  /** The id or the name of a group, or `none` for those without. */
  readonly group: string | null
  /** The id or the code of an activation key. */
  readonly key: string | null
  readonly seen: SeenFilter | null
  /** Only below this account: a seller narrows the subtree to one account. */
  readonly account: string | null
  readonly sort: ComputerSort
}

/**
 * By the last check-in: `never`; `stale`, longer ago than the product allows; `older-30` and `within-7` days or, with an
 * `h`, hours. A computer that never checked in is in none but the first.
 */
export type SeenFilter = 'never' | 'stale' | `${'older' | 'within'}-${number}${'' | 'h'}`
export const seenPattern = /^(?:never|stale|(?:older|within)-\d{1,4}h?)$/

/** A minus turns the order round. */
export const computerSorts = ['name', '-name', 'ip', '-ip', 'registered', '-registered', 'seen', '-seen'] as const
export type ComputerSort = (typeof computerSorts)[number]
export type ComputerOrder = 'name' | 'ip' | 'registered' | 'seen'

/** What a filter lists by: the index that holds what it narrows by, in the order that it is read off in. */
export type ComputerWay = 'key' | 'group' | ComputerOrder

export const orderOf = (sort: ComputerSort): ComputerOrder => sort.replace('-', '') as ComputerOrder

export function wayOf({ q, key, group, seen, from, to, sort }: ComputerFilter): ComputerWay {
  if (key !== null) return 'key'
  if (group !== null) return 'group'
  if (q !== '') return 'name'
  if (seen !== null) return 'seen'
  return from !== null || to !== null ? 'registered' : orderOf(sort)
}

/** What is narrowed is in the order of what narrows it: no other order of it stays quick at a hundred thousand. */
export function settled(filter: ComputerFilter): ComputerFilter {
  if (filter.q !== '') return { ...filter, sort: 'name' }
  const way = wayOf(filter)
  const order = way === 'key' || way === 'group' ? 'name' : way
  if (orderOf(filter.sort) === order) return filter
  return { ...filter, sort: filter.seen?.startsWith('within') && order === 'seen' ? '-seen' : order }
}

/** Whether the order is given by what narrows the list, so that no other can be chosen. */
export const isOrderGiven = (filter: ComputerFilter): boolean =>
  filter.q !== '' || [filter.key, filter.group, filter.seen, filter.from, filter.to].some((one) => one !== null)

/** Whether the list shows only a part of what there is. */
export const isNarrowed = (filter: ComputerFilter): boolean =>
  isOrderGiven(filter) || filter.products.length > 0 || filter.account !== null

const hour = 3_600_000

/** The instants between which a last check-in must lie, in milliseconds; `null` where that depends on the product. */
export function seenBetween(seen: SeenFilter, now: Date): { readonly from: number; readonly to: number } | null {
  if (seen === 'stale') return null
  if (seen === 'never') return { from: 0, to: 0 }
  const [, side, count, unit] = /^(older|within)-(\d+)(h?)$/.exec(seen) ?? []
  const then = now.getTime() - Number(count) * (unit === 'h' ? hour : 24 * hour)
  return side === 'older' ? { from: 1, to: then - 1 } : { from: then, to: Number.MAX_SAFE_INTEGER }
}
