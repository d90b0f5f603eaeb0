import { commit } from '#src/db/commit.ts'
import { endOneSession, endOtherSessions, listOwnSessions } from '#src/db/sessions.ts'
import type { Id } from '#src/domain/ids.ts'
import { refuse } from '#src/domain/refusal.ts'
import { type Asking, readAs } from '../admit.ts'
import type { Deps } from '../deps.ts'
import { byActor, record } from '../record.ts'

/**
 * Ends one of one's own sessions, or all but the one that asks (`others`): their cookies are refused from the next
 * request on. The trail names those that the page shows, at most a hundred. Returns how many it names. Refuses
 * `not-found` for a session that is not one's own or has ended.
 */
export async function endOwnSessions(deps: Deps, asking: Asking, which: { id: string } | 'others'): Promise<number> {
  const { actor, rows } = await readAs(deps, asking, (reach) => [listOwnSessions(reach, deps.now())])
  const [open] = rows
  const ending = open.filter(({ id }) => (which === 'others' ? id !== actor.credential.id : id === which.id))
  if (which !== 'others' && ending.length === 0) return refuse({ code: 'not-found' })
  if (ending.length === 0) return 0
  await commit(deps.db, [
    which === 'others'
      ? endOtherSessions(asking.credential.id, deps.now())
      : endOneSession(which.id as Id<'session'>, deps.now()),
    ...ending.map(({ id, device }) =>
      record(deps, byActor(actor, asking), {
        action: 'session.ended',
        accountId: actor.account.id,
        subject: { kind: 'session', id, name: device },
      }),
    ),
  ])
  return ending.length
}
