import type { Unit } from '../catalog/offer.ts'
import type { Id } from '../ids.ts'

/** Who changes how much of a family an account owns: its shop, the vendor's sales, or the account itself from its balance. */
export const familyManagers = ['shop', 'sales', 'account'] as const
export type FamilyManager = (typeof familyManagers)[number]

/** A product for servers that an account has, as its menu lists it. */
export type ServerProduct = {
  readonly code: string
  readonly name: string
  readonly family: string
  readonly familyName: string
}

/** A product as the dashboard shows it to an account. Counts that are capped say so by one more than the cap. */
export type OwnedProduct = ServerProduct & {
  readonly unit: Unit
  readonly managedBy: FamilyManager
  /** Server licenses that the account itself owns; `null` is no limit, or none that are counted. */
  readonly serverLicenses: number | null
  /** Servers of the account itself that use one. */
  readonly activeServers: number
  /** Licenses in reach, up to a cap. */
  readonly licenses: number
  /** Of those, permanent ones without support on the day, up to a cap. */
  readonly missingSupport: number
  /** Servers in reach, up to a cap. */
  readonly servers: number
  readonly defaultKey: { readonly id: Id<'activationKey'>; readonly code: string } | null
}

/** Up to here the dashboard counts. */
export const productCap = 1000

export const isForServers = ({ unit }: { unit: Unit }): boolean => unit === 'server'

/** How full the licenses are, for a gauge: a whole percentage, at most 100, and whether that is much or too much. */
export function fillOf(
  used: number,
  owned: number,
): { readonly percent: number; readonly level: 'good' | 'due' | 'bad' } {
  const percent = owned === 0 ? (used > 0 ? 100 : 0) : Math.min(100, Math.floor((used * 100) / owned))
  const level = used >= owned && used > 0 ? 'bad' : percent >= 80 ? 'due' : 'good'
  return { percent, level }
}
