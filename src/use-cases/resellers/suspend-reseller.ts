import { updateSuspension } from '#src/db/accounts.ts'
import { stillStands } from '#src/db/actors.ts'
import { expect } from '#src/db/expect.ts'
import type { Asking } from '../admit.ts'
import type { Deps } from '../deps.ts'
import { commitOnce, type Once } from '../once.ts'
import { byActor, record } from '../record.ts'
import { findBelow } from './find-below.ts'

/**
 * Suspends a seller below: from the next request on nobody of it or below it is let in, by cookie or by key. Returns it
 * as it then is; one that is suspended already stays as it is. Refuses `not-found`.
 */
export const suspendReseller = (deps: Deps, asking: Asking, id: string, once: Once | null = null) =>
  change(deps, asking, id, deps.now(), once)

/** Resumes a suspended seller, and all below it that are not suspended themselves. Refuses `not-found`. */
export const resumeReseller = (deps: Deps, asking: Asking, id: string, once: Once | null = null) =>
  change(deps, asking, id, null, once)

async function change(deps: Deps, asking: Asking, id: string, suspendedAt: Date | null, once: Once | null) {
  const { actor, reseller, replayed } = await findBelow(deps, asking, id, once)
  if (replayed || (reseller.suspendedAt === null) === (suspendedAt === null)) return reseller
  const subject = { kind: 'account', id: reseller.id, name: reseller.name } as const
  const action = suspendedAt ? 'account.suspended' : 'account.resumed'
  await commitOnce(
    deps,
    asking,
    once,
    [
      expect('signed-out', stillStands(asking.credential.id)),
      updateSuspension(reseller.id, suspendedAt),
      record(deps, byActor(actor, asking), { action, accountId: reseller.id, subject }),
    ],
    { status: 201, response: { id: reseller.id } },
  )
  return { ...reseller, suspendedAt, version: reseller.version + 1 }
}
