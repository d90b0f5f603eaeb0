import type { ResultSet } from '@libsql/client'
import { commit } from '#src/db/commit.ts'
import { countAttempt, findCustomerByEmail, findLoginByEmail, findLoginByName, insertLink } from '#src/db/sign-in.ts'
import type { Identifier } from '#src/domain/accounts/identifier.ts'
import { linkMs } from '#src/domain/sign-in/session.ts'
import { linkWindow, networkOf } from '#src/domain/sign-in/throttle.ts'
import { fingerprintOf } from '#src/gateways/secrets.ts'
import type { Deps } from '../deps.ts'
import { sendLetters } from '../letters/send-letters.ts'
import { type By, post, record } from '../record.ts'
import type { Proved } from './open-session.ts'

/**
 * Mails a one-time sign-in link to whoever the identifier belongs to, if anybody. The caller answers before this runs,
 * so that the answer tells nothing. More than two in ten minutes are not sent.
 */
export async function mailSignInLink(
  deps: Deps,
  identifier: Identifier,
  from: { address: string; requestId: string },
): Promise<void> {
  const now = deps.now()
  if (!(await deps.fences.signIn(`link ${networkOf(from.address)}`))) return
  const byEmail = identifier.kind === 'email'
  const login = (byEmail ? findLoginByEmail : findLoginByName)({ key: identifier.key })
  const customer = findCustomerByEmail({ email: byEmail ? identifier.key : '' })
  const [counted, logins, customers] = await commit(deps.db, [
    countAttempt(linkWindow(identifier.key, now)),
    login,
    customer,
  ])
  const [found] = login.rows(logins as ResultSet)
  const [buyer] = customer.rows(customers as ResultSet)
  const who: Found | null = buyer
    ? { ...buyer, loginId: null }
    : found && !found.disabledAt
      ? { ...found, loginId: found.id }
      : null
  if (!who || counted?.rows.length !== 1) return
  await writeLink(deps, who, from, now)
}

type Found = Omit<Proved, 'keys'>

async function writeLink(deps: Deps, who: Found, from: { address: string; requestId: string }, now: Date) {
  const id = deps.newId('link')
  const letterId = deps.newId('letter')
  const by: By = { kind: who.loginId ? 'login' : 'customer', id: who.loginId ?? who.accountId, name: who.name, ...from }
  const expiresAt = new Date(now.getTime() + linkMs)
  await commit(deps.db, [
    insertLink({
      id,
      purpose: 'sign-in',
      accountId: who.accountId,
      loginId: who.loginId,
      email: who.email,
      tokenHash: await fingerprintOf(await deps.secrets.tokenFor('link', id)),
      expiresAt,
      createdAt: now,
    }),
    record(deps, by, {
      action: 'sign-in-link.requested',
      accountId: who.accountId,
      subject: { kind: 'account', id: who.accountId, name: who.name },
    }),
    post(deps, {
      id: letterId,
      template: 'sign-in-link',
      accountId: who.accountId,
      to: who.email,
      once: id,
      params: { linkId: id, name: who.name, address: from.address, expiresAt: expiresAt.toISOString() },
    }),
  ])
  await sendLetters(deps, [letterId])
}
