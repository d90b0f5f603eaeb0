import { stillStands } from '#src/db/actors.ts'
import { balanceAsJson, insertCreditEntry } from '#src/db/credits.ts'
import { expect } from '#src/db/expect.ts'
import type { Asking } from '../admit.ts'
import type { Deps } from '../deps.ts'
import { type Answer, commitOnce, type Once } from '../once.ts'
import { byActor, record } from '../record.ts'
import { findBelow } from '../resellers/find-below.ts'
import { creditsFrom, type MovedCredits } from './moved-credits.ts'
import { withinCredits } from './within-credits.ts'

/**
 * Takes unspent credits back from a seller below: they are one's own again; the vendor's are gone, as it grants without
 * a balance. An offer that is sold no more can be taken back too. Answers what the seller has left. Refuses
 * `not-found`, `invalid-request`, `insufficient-credits` with the seller's figures.
 */
export async function takeBackCredits(
  deps: Deps,
  asking: Asking,
  moved: MovedCredits,
  once: Once | null,
): Promise<Answer<{ balance: number }>> {
  const { reseller, offer, quantity } = moved
  const { actor, reseller: from, replayed } = await findBelow<{ balance: number }>(deps, asking, reseller, once)
  if (replayed) return replayed
  const credits = creditsFrom(offer, quantity)
  const to = actor.account
  const by = byActor(actor, asking)
  const [takenId, receivedId, createdAt] = [deps.newId('creditEntry'), deps.newId('creditEntry'), deps.now()]
  const entry = { offerCode: offer, actorId: by.id, createdAt }
  const taken = { ...entry, id: takenId, accountId: from.id, amount: -credits, otherAccountId: to.id } as const
  const received = { ...entry, id: receivedId, accountId: to.id, amount: credits, otherAccountId: from.id } as const
  const writes = [
    expect('signed-out', stillStands(asking.credential.id)),
    insertCreditEntry({ ...taken, reason: 'taken-back' }),
    ...(to.kind === 'vendor' ? [] : [insertCreditEntry({ ...received, reason: 'received' })]),
    record(deps, by, {
      ...{ action: 'credit.taken-back', accountId: from.id, subject: { kind: 'credit', id: takenId, name: offer } },
      after: { offer, quantity: credits, by: to.name },
    }),
  ]
  const answer = { status: 201, response: balanceAsJson(from.id, offer) }
  return withinCredits(deps, from.id, [{ offer, quantity: credits }], () =>
    commitOnce<{ balance: number }>(deps, asking, once, writes, answer),
  )
}
