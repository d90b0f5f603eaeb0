import type { Unit } from '../catalog/offer.ts'
import type { Day } from '../day.ts'
import type { Id } from '../ids.ts'

export const licenseKinds = ['permanent', 'trial', 'subscription'] as const
export type LicenseKind = (typeof licenseKinds)[number]

/** A license as lists and pages show it. */
export type LicenseSummary = {
  readonly id: Id<'license'>
  readonly serial: string
  readonly productName: string
  readonly unit: Unit
  readonly editionName: string
  /** `null` is unlimited. */
  readonly size: number | null
  readonly kind: LicenseKind
  readonly endsOn: Day | null
  readonly boughtOn: Day
  readonly orderReference: string | null
  readonly activationKey: string | null
  readonly email: string
  readonly comment: string
  readonly supportStartsOn: Day | null
  readonly supportEndsOn: Day | null
  readonly computerName: string | null
  /** Whether more users, or a higher edition, of it are sold. */
  readonly upgradable: boolean
  readonly version: number
}

/** A license in a list, with whose it is and what decides acts on it. */
export type ListedLicense = LicenseSummary & {
  readonly accountId: Id<'account'>
  readonly accountName: string
  readonly supportId: Id<'support'> | null
  readonly firstActivatedAt: Date | null
}
