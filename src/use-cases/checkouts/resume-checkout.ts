import { stillStands } from '#src/db/actors.ts'
import { findCheckout, findPayableQuote, listPayableLines, renewSession } from '#src/db/checkouts.ts'
import { commit } from '#src/db/commit.ts'
import { expect, expectOne } from '#src/db/expect.ts'
import { read } from '#src/db/query.ts'
import { reachOf } from '#src/db/reach.ts'
import { refuse } from '#src/domain/refusal.ts'
import { type Asking, readAs } from '../admit.ts'
import type { Deps } from '../deps.ts'
import { refusing } from '../refusing.ts'
import { openSession } from './open-session.ts'
import { assertPayable } from './start-checkout.ts'

/**
 * Goes back to the shop to pay a checkout: into its session, or into a fresh one where that has ended. Returns the
 * address. Refuses as `startCheckout` does, and `version-mismatch` where it was paid at this moment.
 */
export async function resumeCheckout(deps: Deps, asking: Asking, id: string): Promise<string> {
  const { rows } = await readAs(deps, asking, (reach) => [findCheckout(reach, id)])
  const [[checkout]] = rows
  if (!checkout) return refuse({ code: 'not-found' })
  assertPayable(deps, { state: checkout.quoteState, validUntil: checkout.quoteValidUntil })
  if (!checkout.quoteStands) refuse({ code: 'quote-stale' })
  const isOpen = checkout.state === 'open' || checkout.state === 'waiting'
  if (
    isOpen &&
    checkout.sessionUrl &&
    checkout.provider === deps.checkout.provider &&
    checkout.expiresAt > deps.now()
  ) {
    return checkout.sessionUrl
  }
  const reach = reachOf(asking.credential)
  const [[quote], lines] = await read(deps.db, [
    findPayableQuote(reach, checkout.quoteId),
    listPayableLines(reach, checkout.quoteId),
  ])
  if (!quote) return refuse({ code: 'not-found' })
  const session = await openSession(deps, checkout.id, quote, lines)
  await refusing(() =>
    commit(deps.db, [
      expect('signed-out', stillStands(asking.credential.id)),
      renewSession(checkout.id, checkout.version, session),
      expectOne('version-mismatch'),
    ]),
  )
  return session.url
}
