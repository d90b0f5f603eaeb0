import { stillStands } from '#src/db/actors.ts'
import { balanceAsJson, insertCreditEntry, offerIsSold, offerWasGiven } from '#src/db/credits.ts'
import { expect } from '#src/db/expect.ts'
import type { Asking } from '../admit.ts'
import type { Deps } from '../deps.ts'
import { type Answer, commitOnce, type Once } from '../once.ts'
import { byActor, record } from '../record.ts'
import { findBelow } from '../resellers/find-below.ts'
import { creditsFrom, type MovedCredits } from './moved-credits.ts'
import { withinCredits } from './within-credits.ts'

/**
 * Gives a seller below some of one's own credits of an offer: what one gives the other receives, in one write. The
 * vendor grants and has no balance (Decision 4). Answers the receiver's balance. Refuses `not-found`,
 * `invalid-request`, `offer-withdrawn`, `product-not-given`, `insufficient-credits` with the giver's figures.
 */
export async function giveCredits(
  deps: Deps,
  asking: Asking,
  moved: MovedCredits,
  once: Once | null,
): Promise<Answer<{ balance: number }>> {
  const { reseller, offer, quantity } = moved
  const { actor, reseller: to, replayed } = await findBelow<{ balance: number }>(deps, asking, reseller, once)
  if (replayed) return replayed
  const credits = creditsFrom(offer, quantity)
  const from = actor.account
  const by = byActor(actor, asking)
  const grants = from.kind === 'vendor'
  const [givenId, receivedId, createdAt] = [deps.newId('creditEntry'), deps.newId('creditEntry'), deps.now()]
  const entry = { offerCode: offer, actorId: by.id, createdAt }
  const received = { ...entry, id: receivedId, accountId: to.id, amount: credits, otherAccountId: from.id } as const
  const given = { ...entry, id: givenId, accountId: from.id, amount: -credits, otherAccountId: to.id } as const
  const writes = [
    expect('signed-out', stillStands(asking.credential.id)),
    expect('offer-withdrawn', offerIsSold(offer)),
    expect('product-not-given', offerWasGiven(to.id, offer)),
    ...(grants ? [] : [insertCreditEntry({ ...given, reason: 'given' })]),
    insertCreditEntry({ ...received, reason: grants ? 'granted' : 'received' }),
    ...(grants
      ? []
      : [
          record(deps, by, {
            ...{ action: 'credit.given', accountId: from.id, subject: { kind: 'credit', id: givenId, name: offer } },
            after: { offer, quantity: credits, to: to.name },
          }),
        ]),
    record(deps, by, {
      ...{ action: grants ? 'credit.granted' : 'credit.received', accountId: to.id },
      subject: { kind: 'credit', id: receivedId, name: offer },
      after: { offer, quantity: credits, from: from.name },
    }),
  ]
  const answer = { status: 201, response: balanceAsJson(to.id, offer) }
  return withinCredits(deps, from.id, [{ offer, quantity: credits }], () =>
    commitOnce<{ balance: number }>(deps, asking, once, writes, answer),
  )
}
