import { addDays, type Day, dayOf } from '../day.ts'
import { lastDayOfTerms, type SubscriptionTerm } from './subscription.ts'

/**
 * Where something the provider told stands in time: when it happened, the charge it belongs to, when the provider made
 * the event, what kind it is and which event told it. Whatever the order of arrival, the same one is the newest.
 */
export type Moment = {
  readonly at: number
  readonly sequence: number
  readonly toldAt: number
  readonly rank: number
  readonly by: string
}

type Told<T> = { readonly moment: Moment; readonly value: T }

/** It is charged; a charge is late; it ends with its term; it is over. */
export type Standing = 'active' | 'overdue' | 'canceled' | 'ended'

/** What a subscription is of, as the provider described it last. */
export type Terms = {
  readonly path: string | null
  readonly quantity: number
  readonly term: SubscriptionTerm | null
  readonly beginsOn: Day | null
  /** When the next term begins, while it is charged. */
  readonly nextOn: Day | null
  /** When it ends, once that is set. */
  readonly endsOn: Day | null
}

/** A subscription as the provider's events tell it, taken together. Plain data: it is kept as JSON. */
export type ProviderSubscription = {
  readonly id: string
  readonly standing: Told<Standing> | null
  readonly terms: Told<Terms> | null
  /** The newest charge that went through; the first, with the order, is the order's. */
  readonly charge: Told<{ readonly minor: number; readonly currency: string }> | null
  readonly failure: Told<{ readonly reason: string | null }> | null
}

/** What one event of the provider says of a subscription. */
export type SubscriptionFact = ProviderSubscription

const order = ({ at, sequence, toldAt, rank }: Moment) => [at, sequence, toldAt, rank]

function isNewer(one: Moment, other: Moment): boolean {
  const [a, b] = [order(one), order(other)]
  const i = a.findIndex((value, place) => value !== b[place])
  return i === -1 ? one.by > other.by : (a[i] as number) > (b[i] as number)
}

const newest = <T>(one: Told<T> | null, other: Told<T> | null): Told<T> | null =>
  one && other ? (isNewer(other.moment, one.moment) ? other : one) : (one ?? other)

/** Of two charges the later in sequence counts, whenever each was told. */
function latestCharge(one: ProviderSubscription['charge'], other: ProviderSubscription['charge']) {
  if (!one || !other || one.moment.sequence === other.moment.sequence) return newest(one, other)
  return one.moment.sequence > other.moment.sequence ? one : other
}

/**
 * Takes two accounts of one subscription together. It does not matter in which order, in how many steps or how often:
 * `mergeFacts` is associative, commutative and idempotent, and so is the state it leads to (W2).
 */
export const mergeFacts = (one: ProviderSubscription | null, other: ProviderSubscription): ProviderSubscription =>
  one === null
    ? other
    : {
        id: one.id,
        standing: newest(one.standing, other.standing),
        terms: newest(one.terms, other.terms),
        charge: latestCharge(one.charge, other.charge),
        failure: newest(one.failure, other.failure),
      }

/** What a subscription means for licenses and pages. */
export type SubscriptionOutcome = {
  readonly term: SubscriptionTerm
  readonly startsOn: Day
  /** The last day that is paid. */
  readonly endsOn: Day
  /** When it was canceled or ended; null while it renews itself. */
  readonly canceledAt: Date | null
  readonly quantity: number
  /** When the newest charge failed or became late, where none went through since. */
  readonly unpaidAt: Date | null
}

/** Reads off what follows, for a subscription that was bought on a day. */
export function outcomeOf(subscription: ProviderSubscription, boughtOn: Day): SubscriptionOutcome {
  const { standing, terms } = subscription
  const term = terms?.value.term ?? 'month'
  const startsOn = terms?.value.beginsOn ?? boughtOn
  const isOver = standing?.value === 'canceled' || standing?.value === 'ended'
  return {
    term,
    startsOn,
    endsOn: lastDay(subscription, startsOn, term, isOver),
    canceledAt: isOver && standing ? new Date(standing.moment.at) : null,
    quantity: terms?.value.quantity ?? 1,
    unpaidAt: isOver ? null : unpaidSince(subscription),
  }
}

function unpaidSince({ standing, charge, failure }: ProviderSubscription): Date | null {
  const late = standing?.value === 'overdue' ? standing.moment : null
  const failed = failure && !(charge && isNewer(charge.moment, failure.moment)) ? failure.moment : null
  const first = [failed, late].filter((one) => one !== null).toSorted((a, b) => a.at - b.at)[0]
  return first ? new Date(first.at) : null
}

function lastDay(
  { standing, terms, charge }: ProviderSubscription,
  startsOn: Day,
  term: SubscriptionTerm,
  isOver: boolean,
): Day {
  const { endsOn = null, nextOn = null } = terms?.value ?? {}
  const atLeast = (day: Day) => (day < startsOn ? startsOn : day)
  if (isOver && endsOn) return atLeast(addDays(endsOn, -1))
  if (standing?.value === 'ended') return atLeast(addDays(dayOf(new Date(standing.moment.at)), -1))
  const paid = lastDayOfTerms(startsOn, term, Math.max(1, charge?.moment.sequence ?? 1, terms?.moment.sequence ?? 1))
  if (!nextOn) return paid
  const told = atLeast(addDays(nextOn, -1))
  // A charge told without its subscription is ahead of what was said of the next one.
  const isAhead = (charge?.moment.sequence ?? 0) > (terms?.moment.sequence ?? 0)
  return isAhead && paid > told ? paid : told
}
