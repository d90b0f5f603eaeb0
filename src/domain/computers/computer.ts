import type { Unit } from '../catalog/offer.ts'
import type { Id } from '../ids.ts'
import { type CheckInStanding, checkInStanding } from './check-in.ts'

/** A product that is active on a computer, with what its check-ins are measured by. */
export type ActiveProduct = {
  readonly activationId: Id<'activation'>
  readonly code: string
  readonly name: string
  readonly unit: Unit
  /** What the software told at its last check-in, or the activation. */
  readonly version: string | null
  readonly keyId: Id<'activationKey'>
  readonly keyName: string
  readonly key: string
  readonly licenseId: Id<'license'> | null
  readonly license: string | null
  /** Milliseconds; `seenAt` is null for never. */
  readonly activatedAt: number
  readonly seenAt: number | null
  readonly checkInHours: number
  readonly checkInGraceDays: number
  readonly staleAfterDays: number
}

/** A computer as lists and pages show it. */
export type ComputerSummary = {
  readonly id: Id<'computer'>
  readonly accountId: Id<'account'>
  readonly accountName: string
  readonly isOwn: boolean
  readonly name: string
  readonly hostname: string
  readonly fingerprint: string
  readonly ip: string | null
  readonly groupId: Id<'computerGroup'> | null
  readonly groupName: string | null
  readonly registeredAt: Date
  readonly lastCheckInAt: Date | null
  readonly products: readonly ActiveProduct[]
  readonly version: number
}

/** From best to worst; `stale` has not been heard of for longer than the product allows, `never` not at all. */
export const computerStandings = ['current', 'grace', 'lapsed', 'stale', 'never'] as const
export type ComputerStanding = (typeof computerStandings)[number] & (CheckInStanding | 'stale' | 'never')

const day = 86_400_000

/** How one product stands on its computer. */
export function productStanding(product: ActiveProduct, now: Date): ComputerStanding {
  if (product.seenAt === null) return 'never'
  if (now.getTime() - product.seenAt > product.staleAfterDays * day) return 'stale'
  return checkInStanding(new Date(product.seenAt), product, now)
}

/** How a computer stands: as the worst of its products does. */
export function computerStanding(products: readonly ActiveProduct[], now: Date): ComputerStanding {
  const worst = Math.max(...products.map((one) => computerStandings.indexOf(productStanding(one, now))), 0)
  return products.length === 0 ? 'never' : (computerStandings[worst] ?? 'never')
}

/** Server products are on servers, all others on computers. */
export type Machine = 'server' | 'computer'

/** The one word for machines with products of these units: pages of server products say "server". */
export const machineWith = (units: readonly Unit[]): Machine =>
  units.length > 0 && units.every((unit) => unit === 'server') ? 'server' : 'computer'
