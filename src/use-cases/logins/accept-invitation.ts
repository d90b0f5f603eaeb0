import { commit } from '#src/db/commit.ts'
import { expect, expectOne } from '#src/db/expect.ts'
import { acceptInvitationRow, findInvitationByToken } from '#src/db/invitations.ts'
import { insertLogin } from '#src/db/logins.ts'
import { read } from '#src/db/query.ts'
import { hasRoomForLogin } from '#src/db/sub-logins.ts'
import { passwordProblem } from '#src/domain/accounts/password.ts'
import { mostLogins } from '#src/domain/logins/login.ts'
import { personNameFrom } from '#src/domain/logins/wanted.ts'
import { type FieldError, refuse } from '#src/domain/refusal.ts'
import { fingerprintOf } from '#src/gateways/secrets.ts'
import type { Deps } from '../deps.ts'
import { record } from '../record.ts'
import { refusing } from '../refusing.ts'
import { usedOrTooOld } from '../sign-in/redeem-link.ts'

/**
 * The invitation that a mailed token opens. Refuses `invalid-link`: used, withdrawn, too old, mailed again since, or of an
 * account that is suspended.
 */
export async function openInvitation(deps: Deps, token: string) {
  const tokenHash = await fingerprintOf(token.slice(0, 256))
  const [[found]] = await read(deps.db, [findInvitationByToken({ hash: tokenHash })])
  if (!found || found.acceptedAt || found.withdrawnAt || found.suspended || found.expiresAt <= deps.now())
    return refuse(usedOrTooOld)
  return { ...found, tokenHash }
}

export type OpenedInvitation = Awaited<ReturnType<typeof openInvitation>>

export type Joining = { readonly firstName: string; readonly lastName: string; readonly password: string }

/**
 * Makes a login of whoever was invited, once, with the password of their choice: the mail that they hold proves that the
 * e-mail is theirs. Refuses `invalid-request`, which leaves the invitation as it was, `invalid-link`, `email-taken`,
 * `too-many-logins`.
 */
export async function acceptInvitation(
  deps: Deps,
  invitation: OpenedInvitation,
  joining: Joining,
  from: { address: string; requestId: string },
): Promise<void> {
  const { id: invitationId, accountId, email, emailKey, role, tokenHash } = invitation
  const { name, errors } = personNameFrom(joining)
  const weak = passwordErrors(deps, email, joining.password)
  if (errors.length + weak.length > 0) refuse({ code: 'invalid-request', errors: [...errors, ...weak] })
  const at = deps.now()
  const id = deps.newId('login')
  const fullName = `${name.firstName} ${name.lastName}`
  const passwordHash = await deps.passwords.hash(joining.password, deps.random(16))
  const subject = { kind: 'login', id, name: fullName } as const
  await refusing(() =>
    commit(deps.db, [
      expect('too-many-logins', hasRoomForLogin(accountId, mostLogins, at, invitationId)),
      acceptInvitationRow(invitationId, tokenHash, at),
      expectOne('invalid-link'),
      insertLogin({
        ...{ id, accountId, name: fullName, ...name, email, emailKey, role, passwordHash },
        ...{ passwordChangedAt: at, confirmedAt: at, createdAt: at },
      }),
      record(
        deps,
        { kind: 'login', id, name: fullName, ...from },
        {
          ...{ action: 'login.created', accountId, subject },
          after: { email, role, invitedBy: invitation.invitedByName },
        },
      ),
    ]),
  )
}

function passwordErrors({ settings }: Deps, email: string, password: string): FieldError[] {
  const detail = passwordProblem(password, { login: '', email, vendorName: settings.vendorName })
  return detail ? [{ pointer: 'password', code: 'weak', detail }] : []
}
