import type { ResultSet } from '@libsql/client'
import { commit } from '#src/db/commit.ts'
import { countAttempt, findLoginByEmail, findLoginByName, insertLink } from '#src/db/sign-in.ts'
import { identifierOf, longestEmail } from '#src/domain/accounts/identifier.ts'
import { linkMs } from '#src/domain/sign-in/session.ts'
import { networkOf, passwordLinkWindow } from '#src/domain/sign-in/throttle.ts'
import { fingerprintOf } from '#src/gateways/secrets.ts'
import type { Deps } from '../deps.ts'
import { sendLetters } from '../letters/send-letters.ts'
import { post, record } from '../record.ts'

/**
 * Mails a one-time link that sets the password of the login an identifier belongs to, if any. The caller answers before
 * this runs, so that the answer tells nothing. More than two in ten minutes are not sent.
 */
export async function mailPasswordLink(
  deps: Deps,
  typed: string,
  from: { address: string; requestId: string },
): Promise<void> {
  const now = deps.now()
  const identifier = identifierOf(typed.slice(0, longestEmail))
  if (!(await deps.fences.signIn(`link ${networkOf(from.address)}`))) return
  const login = (identifier.kind === 'email' ? findLoginByEmail : findLoginByName)({ key: identifier.key })
  const [counted, logins] = await commit(deps.db, [countAttempt(passwordLinkWindow(identifier.key, now)), login])
  const [found] = login.rows(logins as ResultSet)
  if (!found || found.disabledAt || counted?.rows.length !== 1) return
  const id = deps.newId('link')
  const letterId = deps.newId('letter')
  const expiresAt = new Date(now.getTime() + linkMs)
  const { id: loginId, accountId, email, name } = found
  await commit(deps.db, [
    insertLink({
      id,
      purpose: 'set-password',
      accountId,
      loginId,
      email,
      tokenHash: await fingerprintOf(await deps.secrets.tokenFor('link', id)),
      expiresAt,
      createdAt: now,
    }),
    record(
      deps,
      { kind: 'login', id: loginId, name, ...from },
      { action: 'password-link.requested', accountId, subject: { kind: 'login', id: loginId, name } },
    ),
    post(deps, {
      id: letterId,
      template: 'password-link',
      accountId,
      to: email,
      once: id,
      params: { linkId: id, name, address: from.address, expiresAt: expiresAt.toISOString() },
    }),
  ])
  await sendLetters(deps, [letterId])
}
