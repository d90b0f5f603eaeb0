import { stillStands } from '#src/db/actors.ts'
import { expect, expectOne } from '#src/db/expect.ts'
import { deleteOwnRecipient } from '#src/db/own-recipients.ts'
import { findLogin, updateRole } from '#src/db/sub-logins.ts'
import { emailKey } from '#src/domain/accounts/identifier.ts'
import type { Role } from '#src/domain/accounts/permissions.ts'
import { roleFrom } from '#src/domain/logins/wanted.ts'
import { refuse } from '#src/domain/refusal.ts'
import { kindsFor } from '#src/domain/reports/readable.ts'
import { type Asking, readAs } from '../admit.ts'
import type { Deps } from '../deps.ts'
import { sendLetters } from '../letters/send-letters.ts'
import { commitOnce, earlier, type Once, replayOf } from '../once.ts'
import { byActor, post, record } from '../record.ts'

type Change = { readonly id: string; readonly version: number; readonly role: string }

/**
 * Gives a login of one's own account another role; it counts from the next request of their sessions on, reports that it no
 * longer reads go to it no more, and a letter tells them. Refuses `not-found`, `invalid-request`,
 * `version-mismatch`, `master-login`, `last-full-access`.
 */
export async function changeRole(deps: Deps, asking: Asking, change: Change, once: Once | null): Promise<void> {
  const { actor, rows } = await readAs(deps, asking, (reach) => [earlier(asking, once), findLogin(reach, change.id)])
  const [answered, [found]] = rows
  if (replayOf(once, answered)) return
  if (!found) return refuse({ code: 'not-found' })
  const role = roleFrom(change.role)
  if (role === found.role) return
  if (found.isMaster) refuse({ code: 'master-login' })
  const { id, name, email } = found
  const accountId = actor.account.id
  const letterId = deps.newId('letter')
  const reads = (of: Role) => kindsFor({ accountKind: actor.accountKind, role: of, access: 'write' })
  const lost = reads(found.role).filter((kind) => !reads(role).includes(kind))
  const params = { name, account: actor.account.name, by: actor.name, role }
  await commitOnce(
    deps,
    asking,
    once,
    [
      expect('signed-out', stillStands(asking.credential.id)),
      updateRole(id, change.version, role),
      expectOne('version-mismatch'),
      ...(lost.length > 0 ? [deleteOwnRecipient(accountId, emailKey(email), lost)] : []),
      record(deps, byActor(actor, asking), {
        ...{ action: 'login.role-changed', accountId, subject: { kind: 'login', id, name } },
        ...{ before: { role: found.role }, after: { role } },
      }),
      post(deps, { id: letterId, template: 'role-changed', accountId, to: email, once: letterId, params }),
    ],
    { status: 200, response: { id } },
  )
  deps.afterwards(sendLetters(deps, [letterId]))
}
