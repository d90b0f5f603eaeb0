import type { QuoteState } from '../quotes/quote.ts'
import type { CheckoutState } from './checkout.ts'

/**
 * Where a checkout stands for whoever looks at it: `open` to be paid; `waiting` for the provider's signed word; `paid`,
 * or `paid-elsewhere` where another checkout of the same quote was; `held` for the vendor; `declined` or `left` and to be
 * tried again; `stale` where what it is for has changed; `over` with its quote; `refunded`.
 */
export const checkoutStandings = [
  'open',
  'waiting',
  'paid',
  'paid-elsewhere',
  'held',
  'declined',
  'left',
  'stale',
  'over',
  'refunded',
] as const
export type CheckoutStanding = (typeof checkoutStandings)[number]

/** What the browser says of the shop that it comes from. It is shown back, and grants nothing. */
export const outcomes = ['paid', 'declined', 'left'] as const
export type Outcome = (typeof outcomes)[number]

type Known = {
  readonly state: CheckoutState
  readonly quoteState: QuoteState
  readonly quoteValidUntil: Date
  /** Whether the licenses and prices of its quote are what they were. */
  readonly quoteStands: boolean
}

/** What the browser says, and how often it has looked for the shop's word since. */
type Seen = { readonly outcome: Outcome | null; readonly looked: number }

/** After so many looks, half a minute or more, the provider's word of a decline counts more than a browser that says it paid. */
const looksBelieved = 5

/** Reads off where a checkout stands: what the provider said counts, then the quote, then what the browser says. */
export function checkoutStanding(
  { state, quoteState, quoteValidUntil, quoteStands }: Known,
  { outcome, looked }: Seen,
  now: Date,
): CheckoutStanding {
  if (state === 'paid' || state === 'refunded') return state
  if (state === 'stale' || quoteState === 'paid') return 'held'
  if (quoteState !== 'open') return 'paid-elsewhere'
  if (state === 'waiting') return 'waiting'
  if (outcome === 'paid' && (state !== 'declined' || looked < looksBelieved)) return 'waiting'
  if (quoteValidUntil <= now) return 'over'
  if (!quoteStands) return 'stale'
  if (state === 'declined' || outcome === 'declined') return 'declined'
  return state === 'abandoned' || outcome === 'left' ? 'left' : 'open'
}

const delays = [1, 2, 3, 5, 8, 13, 20, 30]

/** How many seconds a waiting page lets pass before it looks again: less and less often, and after a while not at all. */
export const secondsToWait = (looked: number): number | null =>
  looked > 30 ? null : (delays[Math.min(looked, delays.length - 1)] ?? null)
