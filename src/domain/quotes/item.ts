import type { Day } from '../day.ts'
import type { Money } from '../money.ts'

/** What somebody wants of a license of theirs. */
export type LicenseItem = {
  readonly license: string
  readonly size?: number | 'unlimited' | undefined
  readonly edition?: string | undefined
  readonly supportYears?: number | undefined
  /** The day on which its support shall end instead: several supports are brought to one end (R308). */
  readonly supportUntil?: Day | undefined
  /** Further terms of a subscription. */
  readonly terms?: number | undefined
}

/** Something new: licenses, a license by the unit, a subscription by the channel. */
export type OfferItem = {
  readonly offer: string
  readonly quantity: number
  readonly supportYears?: number | undefined
}

/** An amount to be paid into the balance. */
export type TopUpItem = { readonly topUp: Money }

/** What somebody asks a quote for: more for a license of theirs, something new, or a balance topped up. */
export type QuoteItem = LicenseItem | OfferItem | TopUpItem
