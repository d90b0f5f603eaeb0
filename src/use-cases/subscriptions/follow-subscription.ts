import {
  putProviderSubscription,
  type SubscribedLicense,
  updateSubscribedLicense,
} from '#src/db/provider-subscriptions.ts'
import type { Write } from '#src/db/query.ts'
import type { Day } from '#src/domain/day.ts'
import type { EventAction } from '#src/domain/events/actions.ts'
import type { Id } from '#src/domain/ids.ts'
import {
  outcomeOf,
  type ProviderSubscription,
  type SubscriptionOutcome,
} from '#src/domain/subscriptions/provider-subscription.ts'
import type { Deps } from '../deps.ts'
import { type By, record } from '../record.ts'

/**
 * Brings licenses to what the provider tells of the subscription that pays for them: their end, the size of one that is
 * sold by quantity, and the subscription of the first. What is there already is left alone.
 */
export function followSubscription(
  deps: Deps,
  by: By,
  told: ProviderSubscription,
  licenses: readonly SubscribedLicense[],
) {
  const [first] = licenses
  if (!first) return []
  const outcome = outcomeOf(told, first.boughtOn)
  const id = first.subscriptionId ?? deps.newId('subscription')
  const { quantity, ...row } = outcome
  const size = licenses.length === 1 && first.quantityIs === 'size' ? quantity : null
  const changed = changesOf(first, outcome)
  return [
    ...(changed.length > 0
      ? [
          putProviderSubscription({
            ...row,
            id,
            licenseId: first.licenseId,
            providerSubscriptionId: told.id,
            createdAt: deps.now(),
          }),
        ]
      : []),
    ...licenses.flatMap((one) => moved(one, earlier(outcome.endsOn, one.refundedOn), size)),
    ...changed.map((action) => tell(deps, by, { action, id, first, outcome })),
  ]
}

const earlier = (day: Day, other: Day | null): Day => (other !== null && other < day ? other : day)

const moved = ({ licenseId, endsOn, size }: SubscribedLicense, to: Day, newSize: number | null): Write[] =>
  endsOn === to && (newSize === null || newSize === size) ? [] : [updateSubscribedLicense(licenseId, to, newSize)]

/** What happened to a subscription, in the words of the audit trail. */
function changesOf(before: SubscribedLicense, after: SubscriptionOutcome): EventAction[] {
  if (before.subscriptionId === null) return ['subscription.created']
  const ended = after.canceledAt !== null
  const actions: (EventAction | false)[] = [
    (before.termEndsOn ?? '') < after.endsOn && !ended && 'subscription.renewed',
    !before.canceledAt && ended && 'subscription.canceled',
    before.canceledAt !== null && !ended && 'subscription.resumed',
    before.unpaidAt === null && after.unpaidAt !== null && 'subscription.payment-failed',
  ]
  const told = actions.filter((one) => one !== false)
  const isSame =
    before.termEndsOn === after.endsOn &&
    before.term === after.term &&
    before.startsOn === after.startsOn &&
    before.canceledAt?.getTime() === after.canceledAt?.getTime() &&
    before.unpaidAt?.getTime() === after.unpaidAt?.getTime()
  return told.length > 0 || isSame ? told : ['subscription.changed']
}

type Change = {
  readonly action: EventAction
  readonly id: Id<'subscription'>
  readonly first: SubscribedLicense
  readonly outcome: SubscriptionOutcome
}

const tell = (deps: Deps, by: By, { action, id, first, outcome }: Change): Write =>
  record(deps, by, {
    action,
    accountId: first.accountId,
    subject: { kind: 'subscription', id, name: first.serial },
    ...(first.termEndsOn ? { before: { endsOn: first.termEndsOn } } : {}),
    after: { endsOn: outcome.endsOn, order: first.reference },
  })
