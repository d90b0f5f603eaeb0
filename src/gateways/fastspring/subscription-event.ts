import * as z from 'zod'
import { type Day, dayOf } from '#src/domain/day.ts'
import { isCurrency, minorOf } from '#src/domain/money.ts'
import type {
  Moment,
  ProviderSubscription,
  Standing,
  SubscriptionFact,
} from '#src/domain/subscriptions/provider-subscription.ts'
import type { ProviderEvent } from './envelope.ts'
import { reasonOf } from './order-completed.ts'
import { amount, count, idOf, instantIn, line, maybeId, maybeLine } from './values.ts'

/** The events that tell of a subscription, in the order in which they stand where nothing else decides. */
const standings = {
  'subscription.activated': 'active',
  'subscription.updated': null,
  'subscription.charge.failed': null,
  'subscription.payment.overdue': 'overdue',
  'subscription.charge.completed': 'active',
  'subscription.canceled': 'canceled',
  'subscription.uncanceled': 'active',
  'subscription.deactivated': 'ended',
} as const satisfies Record<string, Standing | null>

export type SubscriptionEventType = keyof typeof standings

/** Whether an event tells of a subscription that licenses follow. */
export const isSubscriptionEvent = (type: string): type is SubscriptionEventType => Object.hasOwn(standings, type)

/** States that a subscription may be told in, beside what the event itself says. */
const states: Record<string, Standing> = {
  active: 'active',
  trial: 'active',
  overdue: 'overdue',
  canceled: 'canceled',
  deactivated: 'ended',
}

const anything = z.unknown().optional()
const path = z.union([line, z.object({ product: line }).transform(({ product }) => product)])
const wholeNumber = count.nullable().catch(null)

const subscriptionData = z.object({
  id: idOf.optional().catch(undefined),
  subscription: maybeId,
  product: path.nullable().catch(null),
  quantity: wholeNumber,
  sequence: wholeNumber,
  state: maybeLine,
  intervalUnit: maybeLine,
  begin: anything,
  next: anything,
  nextChargeDate: anything,
  end: anything,
  deactivationDate: anything,
  changed: anything,
})
type SubscriptionData = z.infer<typeof subscriptionData>

const chargeData = z.object({
  subscription: z.union([idOf, z.object({ id: idOf })]).optional(),
  currency: z.string().refine(isCurrency).nullable().catch(null),
  total: amount.nullable().catch(null),
  sequence: wholeNumber,
  timestamp: anything,
  reason: maybeLine,
})

/** Reads an event of a subscription; ids or expanded objects. Says in a sentence why it cannot be read. */
export function subscriptionFactOf(
  event: ProviderEvent & { type: SubscriptionEventType },
): { fact: SubscriptionFact } | { unreadable: string } {
  return event.type.startsWith('subscription.charge.') ? chargeFact(event) : subscriptionFact(event)
}

type Typed = ProviderEvent & { type: SubscriptionEventType }
const nothing = { standing: null, terms: null, charge: null, failure: null }

function subscriptionFact(event: Typed) {
  const parsed = subscriptionData.safeParse(event.data)
  if (!parsed.success) return { unreadable: reasonOf(parsed.error) }
  const { data } = parsed
  const id = data.id ?? data.subscription
  if (!id) return { unreadable: 'subscription: no id' }
  const moment = momentOf(event, instantIn(data.changed), data.sequence)
  const standing = standings[event.type] ?? states[data.state ?? ''] ?? 'active'
  return { fact: { ...nothing, id, standing: { moment, value: standing }, terms: { moment, value: termsOf(data) } } }
}

function chargeFact(event: Typed) {
  const parsed = chargeData.safeParse(event.data)
  if (!parsed.success) return { unreadable: reasonOf(parsed.error) }
  const { subscription, currency, total, sequence, timestamp, reason } = parsed.data
  const id = typeof subscription === 'object' ? subscription.id : subscription
  if (!id) return { unreadable: 'subscription: no id' }
  const told = expandedIn(event)
  const moment = momentOf(event, instantIn(timestamp), sequence ?? told?.sequence ?? null)
  const terms = told
    ? { moment: { ...moment, sequence: told.sequence ?? moment.sequence }, value: termsOf(told) }
    : null
  if (event.type === 'subscription.charge.failed')
    return { fact: { ...nothing, id, failure: { moment, value: { reason } } } }
  const value = { minor: minorOf(total ?? 0, currency ?? 'XXX'), currency: currency ?? 'XXX' }
  return { fact: { ...nothing, id, terms, standing: { moment, value: 'active' as const }, charge: { moment, value } } }
}

/** The subscription in a charge, where the shop expands it. */
const expandedIn = (event: ProviderEvent): SubscriptionData | null =>
  z.object({ subscription: subscriptionData }).safeParse(event.data).data?.subscription ?? null

const momentOf = (event: Typed, at: Date | null, sequence: number | null): Moment => {
  const toldAt = event.createdAt?.getTime() ?? 0
  return {
    at: at?.getTime() ?? toldAt,
    sequence: sequence ?? 0,
    toldAt,
    rank: Object.keys(standings).indexOf(event.type),
    by: event.id ?? event.text.slice(0, 100),
  }
}

const dayIn = (value: unknown): Day | null => {
  const at = instantIn(value)
  return at ? dayOf(at) : null
}

const termsOf = (data: SubscriptionData): NonNullable<ProviderSubscription['terms']>['value'] => ({
  path: data.product,
  quantity: data.quantity ?? 1,
  term: data.intervalUnit === 'year' ? 'year' : data.intervalUnit === 'month' ? 'month' : null,
  beginsOn: dayIn(data.begin),
  nextOn: dayIn(data.nextChargeDate) ?? dayIn(data.next),
  endsOn: dayIn(data.deactivationDate) ?? dayIn(data.end),
})
