import { stillStands } from '#src/db/actors.ts'
import { commit } from '#src/db/commit.ts'
import { expect } from '#src/db/expect.ts'
import { findOwnFactor, updateFactorRequired } from '#src/db/two-factor.ts'
import { refuse } from '#src/domain/refusal.ts'
import { type Asking, readAs } from '../admit.ts'
import type { Deps } from '../deps.ts'
import { byActor, record } from '../record.ts'
import { refusing } from '../refusing.ts'

/**
 * Says whether every login of the account needs a second factor. From then on a login without one is led to set it up
 * before anything else, at its next request.
 */
export async function requireFactor(deps: Deps, asking: Asking, required: boolean): Promise<void> {
  const { actor, rows } = await readAs(deps, asking, (reach) => [findOwnFactor(reach)])
  const [[login]] = rows
  if (!login) return refuse({ code: 'forbidden' })
  if (login.required === required) return
  const { id, name } = actor.account
  await refusing(() =>
    commit(deps.db, [
      expect('signed-out', stillStands(asking.credential.id)),
      updateFactorRequired(id, required),
      record(deps, byActor(actor, asking), {
        ...{ action: 'account.edited', accountId: id, subject: { kind: 'account', id, name } },
        before: { twoFactorRequired: !required },
        after: { twoFactorRequired: required },
      }),
    ]),
  )
}
