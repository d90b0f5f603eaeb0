import { stillStands } from '#src/db/actors.ts'
import { expect, expectOne } from '#src/db/expect.ts'
import { sendInvitationAgain, withdrawInvitationRow } from '#src/db/invitations.ts'
import { countAttempt } from '#src/db/sign-in.ts'
import { findInvitation, hasRoomForLogin } from '#src/db/sub-logins.ts'
import { emailKey } from '#src/domain/accounts/identifier.ts'
import { mostLogins } from '#src/domain/logins/login.ts'
import { refuse } from '#src/domain/refusal.ts'
import { invitationWindow } from '#src/domain/sign-in/throttle.ts'
import { type Asking, readAs } from '../admit.ts'
import type { Deps } from '../deps.ts'
import { sendLetters } from '../letters/send-letters.ts'
import { commitOnce, earlier, type Once, replayOf } from '../once.ts'
import { byActor, record } from '../record.ts'
import { invitationLetter } from './invitation-letter.ts'

type Meant = { readonly id: string; readonly version: number }

/**
 * Mails an invitation anew, for another seven days; the link that was mailed before opens nothing. Refuses `not-found`, `version-mismatch`,
 * `too-many-requests`, and `too-many-logins` where others took its place since it expired.
 */
export async function resendInvitation(deps: Deps, asking: Asking, meant: Meant, once: Once | null): Promise<void> {
  const { actor, rows } = await readAs(deps, asking, (reach) => [
    earlier(asking, once),
    findInvitation(reach, meant.id),
  ])
  const [answered, [found]] = rows
  if (replayOf(once, answered)) return
  if (!found) return refuse({ code: 'not-found' })
  const { id, email, role } = found
  const accountId = actor.account.id
  const letter = await invitationLetter(deps, {
    ...{ id, email, role, accountId, generation: found.generation + 1, isLogin: found.isLogin === 1 },
    ...{ from: actor.name, to: actor.account.name },
  })
  await commitOnce(
    deps,
    asking,
    once,
    [
      expect('signed-out', stillStands(asking.credential.id)),
      expect('too-many-logins', hasRoomForLogin(accountId, mostLogins, deps.now(), id)),
      countAttempt(invitationWindow(accountId, emailKey(email), deps.now())),
      expectOne('too-many-requests'),
      sendInvitationAgain(id, meant.version, letter.sending),
      expectOne('version-mismatch'),
      record(deps, byActor(actor, asking), {
        ...{ action: 'login.invited', accountId, subject: { kind: 'login', id, name: email } },
        after: { again: true, expiresAt: letter.sending.expiresAt },
      }),
      letter.write,
    ],
    { status: 200, response: { id } },
  )
  deps.afterwards(sendLetters(deps, [letter.letterId]))
}

/** Takes an invitation back: its link opens nothing any more. Refuses `not-found`, `version-mismatch`. */
export async function withdrawInvitation(deps: Deps, asking: Asking, id: string, version: number): Promise<void> {
  const { actor, rows } = await readAs(deps, asking, (reach) => [findInvitation(reach, id)])
  const [[found]] = rows
  if (!found) return refuse({ code: 'not-found' })
  const subject = { kind: 'login', id: found.id, name: found.email } as const
  await commitOnce(
    deps,
    asking,
    null,
    [
      expect('signed-out', stillStands(asking.credential.id)),
      withdrawInvitationRow(found.id, version, deps.now()),
      expectOne('version-mismatch'),
      record(deps, byActor(actor, asking), { action: 'login.uninvited', accountId: actor.account.id, subject }),
    ],
    { status: 200, response: {} },
  )
}
