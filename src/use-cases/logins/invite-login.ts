import { stillStands } from '#src/db/actors.ts'
import { expect, expectOne } from '#src/db/expect.ts'
import { insertInvitation, withdrawExpired } from '#src/db/invitations.ts'
import { countAttempt } from '#src/db/sign-in.ts'
import { findLoginOfEmail, hasRoomForLogin } from '#src/db/sub-logins.ts'
import { emailKey } from '#src/domain/accounts/identifier.ts'
import { mostLogins } from '#src/domain/logins/login.ts'
import { wantedLoginFrom } from '#src/domain/logins/wanted.ts'
import { refuse } from '#src/domain/refusal.ts'
import { invitationWindow } from '#src/domain/sign-in/throttle.ts'
import { type Asking, readAs } from '../admit.ts'
import type { Deps } from '../deps.ts'
import { sendLetters } from '../letters/send-letters.ts'
import { commitOnce, earlier, type Once, replayOf } from '../once.ts'
import { byActor, record } from '../record.ts'
import { invitationLetter } from './invitation-letter.ts'

/**
 * Invites somebody to one's own account by e-mail, with a role; they become a login when they accept. Whether the e-mail
 * is a login of another account is told to nobody but its owner, by letter. Refuses `invalid-request`, `login-there`,
 * `invited-already`, `too-many-logins`, and `too-many-requests` for an address that was mailed five times within the hour.
 */
export async function inviteLogin(
  deps: Deps,
  asking: Asking,
  typed: { email: string; role: string },
  once: Once | null,
): Promise<void> {
  const key = emailKey(typed.email.trim())
  const { actor, rows } = await readAs(deps, asking, () => [earlier(asking, once), findLoginOfEmail(key)])
  const [answered, [found]] = rows
  if (replayOf(once, answered)) return
  const { email, role } = wantedLoginFrom(typed)
  const { id: accountId, name: to } = actor.account
  if (found?.accountId === accountId) refuse({ code: 'login-there' })
  const id = deps.newId('invitation')
  const invited = { id, generation: 1, email, role, accountId, from: actor.name, to, isLogin: found !== undefined }
  const letter = await invitationLetter(deps, invited)
  const at = deps.now()
  await commitOnce(
    deps,
    asking,
    once,
    [
      expect('signed-out', stillStands(asking.credential.id)),
      expect('too-many-logins', hasRoomForLogin(accountId, mostLogins, at, id)),
      countAttempt(invitationWindow(accountId, key, at)),
      expectOne('too-many-requests'),
      withdrawExpired(accountId, key, at),
      insertInvitation({
        ...{ id, accountId, email, emailKey: key, role, invitedBy: actor.loginId, invitedByName: actor.name },
        ...{ ...letter.sending, createdAt: at },
      }),
      record(deps, byActor(actor, asking), {
        ...{ action: 'login.invited', accountId, subject: { kind: 'login', id, name: email } },
        after: { email, role },
      }),
      letter.write,
    ],
    { status: 201, response: { id } },
  )
  deps.afterwards(sendLetters(deps, [letter.letterId]))
}
