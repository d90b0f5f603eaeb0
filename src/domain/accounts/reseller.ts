import type { AccountKind } from './account.ts'

/** A seller below another, as lists and pages show it. */
export type ResellerSummary = {
  readonly id: string
  readonly kind: AccountKind
  readonly name: string
  readonly login: string
  readonly email: string
  /** Whoever made it, where that is not the reader. */
  readonly parentName: string | null
  readonly productCodes: readonly string[]
  /** Credits of all offers together. */
  readonly credits: number
  /** Licenses of its own and of those below it, counted up to a cap. */
  readonly licenses: number
  readonly lastSignInAt: Date | null
  readonly suspendedAt: Date | null
  /** Whether an account between it and the reader is suspended: then it cannot sign in either. */
  readonly suspendedAbove: boolean
  readonly version: number
  readonly createdAt: Date
}

export const resellerStates = ['active', 'suspended', 'suspended-above'] as const
export type ResellerState = (typeof resellerStates)[number]

export const resellerStateOf = (one: Pick<ResellerSummary, 'suspendedAt' | 'suspendedAbove'>): ResellerState =>
  one.suspendedAt ? 'suspended' : one.suspendedAbove ? 'suspended-above' : 'active'

export const resellerSorts = ['login', '-login'] as const
export const resellersOnly = ['direct', 'suspended', 'low'] as const

/** Which sellers below a list shows: one's own, suspended ones, those with an offer low on credits. */
export type ResellerFilter = {
  readonly q: string
  readonly only: (typeof resellersOnly)[number] | null
  readonly sort: (typeof resellerSorts)[number]
}

/** What the vendor makes is a partner; what a seller makes is a reseller. */
export const kindBelow = (kind: AccountKind): 'partner' | 'reseller' => (kind === 'vendor' ? 'partner' : 'reseller')

/** The link that sets a new reseller's password works this long. */
export const welcomeLinkMs = 7 * 86_400_000
