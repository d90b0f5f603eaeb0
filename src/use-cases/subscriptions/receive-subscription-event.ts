import { isDeepStrictEqual } from 'node:util'
import { countsRefundsBeforeCharge, findOrderOfSubscription, listRefundsBeforeCharge } from '#src/db/charge-refunds.ts'
import { expect, expectOne } from '#src/db/expect.ts'
import { findProviderEvent } from '#src/db/provider-events.ts'
import {
  countsSubscribed,
  insertProviderCharge,
  keepTold,
  listProviderSubscriptions,
  listSubscribedLicenses,
} from '#src/db/provider-subscriptions.ts'
import { read } from '#src/db/query.ts'
import type { Id } from '#src/domain/ids.ts'
import { mergeFacts, type SubscriptionFact } from '#src/domain/subscriptions/provider-subscription.ts'
import { fastspring, type ProviderEvent } from '#src/gateways/fastspring/envelope.ts'
import { chargeIn } from '#src/gateways/fastspring/subscription-charge.ts'
import type { Deps } from '../deps.ts'
import { contended } from '../orders/contended.ts'
import { followChargeRefunds } from '../orders/follow-charge-refunds.ts'
import { commitOnce, eventRow, keptIdOf } from '../orders/keep-event.ts'
import type { By } from '../record.ts'
import { followSubscription } from './follow-subscription.ts'
import { subscriptionLetters } from './subscription-letters.ts'

/**
 * Takes in what an event says of a subscription, and lets its licenses follow. Events come in any order and any number
 * of times; they are taken together, so the end is one (W2). A charge has its invoice whatever else was told, and what went back of it before it
 * came is told with it. Licenses that are not there yet follow when their order comes in. Returns the letters to send.
 */
export async function receiveSubscriptionEvent(
  deps: Deps,
  event: ProviderEvent,
  fact: SubscriptionFact,
  by: By,
): Promise<Id<'letter'>[]> {
  const eventId = await keptIdOf(event)
  const charge = chargeIn(event)
  return contended(async () => {
    const [events, [told], licenses, refunds, [order]] = await read(deps.db, [
      findProviderEvent({ provider: fastspring, id: eventId }),
      listProviderSubscriptions(fastspring, [fact.id]),
      listSubscribedLicenses(fact.id),
      listRefundsBeforeCharge({ provider: fastspring, providerOrderId: charge?.providerOrderId ?? '' }),
      findOrderOfSubscription({ subscription: fact.id }),
    ])
    if (events.length > 0) return []
    const back = charge && order ? followChargeRefunds(deps, by, order, refunds) : { writes: [], letters: [] }
    const charged = charge
      ? [
          expect('version-mismatch', countsRefundsBeforeCharge(fastspring, charge.providerOrderId, refunds.length)),
          insertProviderCharge({ ...charge, receivedAt: deps.now() }),
          ...back.writes,
        ]
      : []
    const merged = mergeFacts(told?.told ?? null, fact)
    if (told && isDeepStrictEqual(told.told, merged)) {
      const note = 'Something newer was told before'
      const kept = await commitOnce(deps, [eventRow(deps, eventId, event, { outcome: 'done', note }), ...charged])
      return kept ? back.letters : []
    }
    const letters = subscriptionLetters(deps, fact, merged, licenses)
    const first = await commitOnce(deps, [
      eventRow(deps, eventId, event, { outcome: 'done' }),
      ...charged,
      keepTold(fastspring, merged, told?.version ?? null, deps.now()),
      expectOne('version-mismatch'),
      expect('version-mismatch', countsSubscribed(fact.id, licenses.length)),
      ...followSubscription(deps, by, merged, licenses),
      ...letters.map(({ write }) => write),
    ])
    return first ? [...letters.map(({ id }) => id), ...back.letters] : []
  })
}
