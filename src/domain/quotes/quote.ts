import type { Day } from '../day.ts'
import type { Id } from '../ids.ts'
import type { LicenseKind } from '../licenses/license.ts'
import type { QuoteChange } from './change.ts'

/**
 * `open` can be bought; `paid` was paid for and waits for the vendor, because what it was reckoned from has changed;
 * `applied` did what it says. That an open one has ended is told by its `validUntil`, and that what it was reckoned from
 * has changed by asking.
 */
export const quoteStates = ['open', 'paid', 'applied', 'refunded'] as const
export type QuoteState = (typeof quoteStates)[number]

/** What pages and scripts read: an open quote beyond its end is `expired`. */
export type QuoteStanding = QuoteState | 'expired'

export const quoteStanding = (
  { state, validUntil }: { readonly state: QuoteState; readonly validUntil: Date },
  now: Date,
): QuoteStanding => (state === 'open' && validUntil <= now ? 'expired' : state)

/** A line of a quote, in integer minor units of the quote's currency: `list − credit = due`, never below zero. */
export type QuoteLine = {
  /** What it is for, in words. */
  readonly text: string
  /** How the amount was reckoned, in words: a line of its own under the text. */
  readonly reckoning: string
  readonly change: QuoteChange
  readonly quantity: number
  readonly offerCode: string | null
  readonly startsOn: Day | null
  readonly endsOn: Day | null
  /** What the whole would cost for those days. */
  readonly listMinor: number
  /** What is paid already of it. */
  readonly creditMinor: number
  readonly dueMinor: number
}

/** A license as a quote found it: the quote does what it says only while the license is still this. */
export type LicenseBasis = {
  readonly id: Id<'license'>
  readonly accountId: Id<'account'>
  readonly kind: LicenseKind
  readonly editionCode: string
  readonly size: number | null
  readonly endsOn: Day | null
  readonly supportEndsOn: Day | null
}

/** A price as a quote found it: the unit price of an offer at a quantity. */
export type PriceBasis = { readonly offerCode: string; readonly quantity: number; readonly unitMinor: number }
