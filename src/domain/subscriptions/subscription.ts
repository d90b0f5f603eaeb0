import type { Actor } from '../accounts/actor.ts'
import { addDays, addMonths, type Day } from '../day.ts'
import type { Id } from '../ids.ts'

/** How long a term of a subscription lasts. */
export const subscriptionTerms = ['month', 'year'] as const
export type SubscriptionTerm = (typeof subscriptionTerms)[number]

/** It works and goes on; it was canceled and runs to the end of its term; it is over. */
export const subscriptionStates = ['active', 'canceled', 'ended'] as const
export type SubscriptionState = (typeof subscriptionStates)[number]

/** The most channels of one subscription. */
export const mostChannels = 1000

/** A subscription as lists and pages show it. Its end is the last day of the term that runs. */
export type SubscriptionSummary = {
  readonly id: Id<'subscription'>
  readonly licenseId: Id<'license'>
  readonly serial: string
  readonly productName: string
  readonly channels: number
  readonly email: string
  readonly comment: string
  readonly ownerName: string
  readonly activationKey: string | null
  readonly term: SubscriptionTerm
  readonly startsOn: Day
  readonly endsOn: Day
  readonly canceledAt: Date | null
  /** Since when a charge of the shop's failed; null while all is paid. */
  readonly unpaidAt: Date | null
  /** The shop charges it, so it is changed and canceled there. */
  readonly providerSubscriptionId: string | null
  /** The order that bought it; none where a seller generated it. */
  readonly orderReference: string | null
  readonly version: number
}

type Bought = Pick<SubscriptionSummary, 'providerSubscriptionId' | 'orderReference'>

/**
 * How a subscription goes on: the vendor bills it until it is canceled; the shop charges it by itself; or it was bought
 * with a quote and ends unless another quote pays the next term.
 */
export const renewals = ['vendor', 'shop', 'quote'] as const
export type Renewal = (typeof renewals)[number]

export const renewalOf = ({ providerSubscriptionId, orderReference }: Bought): Renewal =>
  providerSubscriptionId !== null ? 'shop' : orderReference === null ? 'vendor' : 'quote'

/** Whether somebody may have the shop end it or go on with it: whoever pays it, and the vendor; not sellers between them. */
export const mayAskShop = (
  { accountId }: { readonly accountId: Id<'account'> },
  { account, accountKind }: Pick<Actor, 'account' | 'accountKind'>,
): boolean => accountId === account.id || accountKind === 'vendor'

/** The state seen from a day; the last day of a canceled one still counts (Decision 7). */
export function subscriptionState(
  subscription: Pick<SubscriptionSummary, 'canceledAt' | 'endsOn'> & Bought,
  today: Day,
): SubscriptionState {
  const { canceledAt, endsOn } = subscription
  if (canceledAt === null) return 'active'
  if (endsOn < today) return 'ended'
  return renewalOf(subscription) === 'quote' ? 'active' : 'canceled'
}

/** Why a subscription cannot be resumed; `null` where its cancellation can be taken back. */
export function whyNotResumed(
  subscription: Pick<SubscriptionSummary, 'canceledAt' | 'endsOn'> & Bought,
  today: Day,
): string | null {
  if (subscription.canceledAt === null) return 'It was not canceled'
  if (subscription.endsOn < today) return 'It has ended: buy a new one'
  if (renewalOf(subscription) === 'quote') return 'It is paid term by term: pay the next one with a quote'
  return renewalOf(subscription) === 'vendor' ? 'Its cancellation cannot be taken back: generate a new one' : null
}

/** The day on which it goes on by itself; none where it ends unless somebody pays. */
export const renewsOn = (subscription: Pick<SubscriptionSummary, 'canceledAt' | 'endsOn'> & Bought): Day | null =>
  subscription.canceledAt === null ? addDays(subscription.endsOn, 1) : null

const monthsIn = { month: 1, year: 12 } as const

/** The last day of the first terms, so many of them. Counted from the start, so that ends of months do not drift. */
export const lastDayOfTerms = (startsOn: Day, term: SubscriptionTerm, terms: number): Day =>
  addDays(addMonths(startsOn, monthsIn[term] * terms), -1)

/** The last day of the term after the one that ends on a day. */
export function nextTermEnd(startsOn: Day, term: SubscriptionTerm, endsOn: Day): Day {
  const [year = 0, month = 1] = startsOn.split('-').map(Number)
  const [endYear = 0, endMonth = 1] = endsOn.split('-').map(Number)
  let terms = Math.max(1, Math.floor(((endYear - year) * 12 + endMonth - month) / monthsIn[term]))
  while (lastDayOfTerms(startsOn, term, terms) <= endsOn) terms++
  return lastDayOfTerms(startsOn, term, terms)
}
