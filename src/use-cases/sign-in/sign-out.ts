import { commit } from '#src/db/commit.ts'
import { endSession } from '#src/db/sign-in.ts'
import { type Asking, readAs } from '../admit.ts'
import type { Deps } from '../deps.ts'
import { byActor, record } from '../record.ts'

/** Ends the session at once: the same cookie is refused from the next request on. */
export async function signOut(deps: Deps, asking: Asking): Promise<void> {
  const { actor } = await readAs(deps, asking, () => [])
  const { id } = actor.credential
  await commit(deps.db, [
    endSession(id, deps.now()),
    record(deps, byActor(actor, asking), {
      action: 'session.ended',
      accountId: actor.account.id,
      subject: { kind: 'session', id, name: 'Session' },
    }),
  ])
}
