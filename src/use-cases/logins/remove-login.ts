import { stillStands } from '#src/db/actors.ts'
import { expect, expectOne } from '#src/db/expect.ts'
import { deleteOwnRecipient } from '#src/db/own-recipients.ts'
import { deleteLogin, findLogin } from '#src/db/sub-logins.ts'
import { emailKey } from '#src/domain/accounts/identifier.ts'
import { refuse } from '#src/domain/refusal.ts'
import { type Asking, readAs } from '../admit.ts'
import type { Deps } from '../deps.ts'
import { sendLetters } from '../letters/send-letters.ts'
import { commitOnce } from '../once.ts'
import { byActor, post, record } from '../record.ts'

/**
 * Removes a login of one's own account: its sessions end at once, reports go to it no more, and a letter tells whoever had
 * it. What it did stays in the trail. Refuses `not-found`, `version-mismatch`, `master-login`, `last-full-access`.
 */
export async function removeLogin(deps: Deps, asking: Asking, { id, version }: { id: string; version: number }) {
  const { actor, rows } = await readAs(deps, asking, (reach) => [findLogin(reach, id)])
  const [[found]] = rows
  if (!found) return refuse({ code: 'not-found' })
  if (found.isMaster) refuse({ code: 'master-login' })
  const { name, email, role } = found
  const accountId = actor.account.id
  const letterId = deps.newId('letter')
  const params = { name, account: actor.account.name, by: actor.name }
  await commitOnce(
    deps,
    asking,
    null,
    [
      expect('signed-out', stillStands(asking.credential.id)),
      deleteLogin(found.id, version),
      expectOne('version-mismatch'),
      deleteOwnRecipient(accountId, emailKey(email)),
      record(deps, byActor(actor, asking), {
        ...{ action: 'login.removed', accountId, subject: { kind: 'login', id: found.id, name } },
        before: { email, role },
      }),
      post(deps, { id: letterId, template: 'login-removed', accountId, to: email, once: letterId, params }),
    ],
    { status: 204, response: {} },
  )
  deps.afterwards(sendLetters(deps, [letterId]))
}
