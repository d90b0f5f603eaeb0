import { stillStands } from '#src/db/actors.ts'
import { commit } from '#src/db/commit.ts'
import { findEmailChange, stopEmailChange } from '#src/db/email-changes.ts'
import { expect, expectOne } from '#src/db/expect.ts'
import { allows } from '#src/domain/accounts/acts.ts'
import type { Id } from '#src/domain/ids.ts'
import { refuse } from '#src/domain/refusal.ts'
import { type Asking, readAs } from '../admit.ts'
import type { Deps } from '../deps.ts'
import { byActor, record } from '../record.ts'
import { refusing } from '../refusing.ts'

/**
 * Stops a change of an e-mail that is under way: one's own, or as the master login that of any login of the account. Its
 * links open nothing any more. Returns whose it was. Refuses `not-found`.
 */
export async function stopChange(deps: Deps, asking: Asking, id: string): Promise<Id<'login'>> {
  const at = deps.now()
  const { actor, rows } = await readAs(deps, asking, (reach) => [findEmailChange(reach, id, at)])
  const [[found]] = rows
  if (!found || (found.loginId !== actor.loginId && !allows(actor, 'login.edit'))) return refuse({ code: 'not-found' })
  const { loginId, loginName, accountId, newEmail } = found
  await refusing(() =>
    commit(deps.db, [
      expect('signed-out', stillStands(asking.credential.id)),
      stopEmailChange(found.id, at),
      expectOne('not-found'),
      record(deps, byActor(actor, asking), {
        ...{ action: 'login.email-change-stopped', accountId },
        ...{ subject: { kind: 'login', id: loginId, name: loginName }, after: { email: newEmail } },
      }),
    ]),
  )
  return loginId
}
