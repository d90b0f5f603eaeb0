import { findVendor, insertAccount } from '#src/db/accounts.ts'
import { commit, Violation } from '#src/db/commit.ts'
import { expectOne } from '#src/db/expect.ts'
import { insertLogin } from '#src/db/logins.ts'
import { read, type Write } from '#src/db/query.ts'
import { findOwnerOf, findRegistration, useRegistration } from '#src/db/registrations.ts'
import { passwordProblem } from '#src/domain/accounts/password.ts'
import type { Id } from '#src/domain/ids.ts'
import { Refused, refuse } from '#src/domain/refusal.ts'
import { fingerprintOf } from '#src/gateways/secrets.ts'
import type { Deps } from '../deps.ts'
import { sendLetters } from '../letters/send-letters.ts'
import { post, record } from '../record.ts'
import { refusing } from '../refusing.ts'
import { usedOrTooOld } from '../sign-in/redeem-link.ts'

/** The registration that a mailed token opens, and whose account it will be. Refuses `invalid-link`. */
export async function openRegistration(deps: Deps, token: string) {
  const hash = await fingerprintOf(token.slice(0, 256))
  const [[found], [owner], [vendor]] = await read(deps.db, [
    findRegistration({ hash }),
    findOwnerOf({ hash }),
    findVendor(),
  ])
  const isOver = !found || !vendor || found.usedAt || found.expiresAt <= deps.now()
  if (isOver || owner?.hasMaster || owner?.suspendedAt) return refuse(usedOrTooOld)
  return { ...found, owner: owner ?? null, vendorId: vendor.id }
}

export type OpenedRegistration = Awaited<ReturnType<typeof openRegistration>>

/**
 * Makes the master login of whoever registered, once, with the password of their choice: of a new account, or of the one
 * that their orders made. A letter welcomes them with login and address, never with the password (R160, Decision 3).
 * Refuses `invalid-request` for a password that will not do, which leaves the link as it was, and `invalid-link`.
 */
export async function confirmRegistration(
  deps: Deps,
  registration: OpenedRegistration,
  password: string,
  from: { address: string; requestId: string },
): Promise<void> {
  const { email, emailKey, firstName, lastName, owner } = registration
  const { vendorName } = deps.settings
  const weak = passwordProblem(password, { login: '', email, vendorName })
  if (weak) refuse({ code: 'invalid-request', errors: [{ pointer: 'password', code: 'weak', detail: weak }] })
  const [at, loginId, letterId] = [deps.now(), deps.newId('login'), deps.newId('letter')]
  const name = `${firstName} ${lastName}`
  const by = { kind: 'login', id: loginId, name, ...from } as const
  const account = owner ? { id: owner.id, writes: [] } : newAccount(deps, by, registration)
  const passwordHash = await deps.passwords.hash(password, deps.random(16))
  const writes = [
    useRegistration(registration.id, at),
    expectOne('invalid-link'),
    ...account.writes,
    insertLogin({
      ...{ id: loginId, accountId: account.id, name, firstName, lastName, email, emailKey, role: 'full' },
      ...{ isMaster: true, passwordHash, passwordChangedAt: at, confirmedAt: at, createdAt: at },
    }),
    record(deps, by, {
      ...{ action: 'login.created', accountId: account.id, subject: { kind: 'login', id: loginId, name } },
      after: { email, role: 'full' },
    }),
    post(deps, {
      ...{ id: letterId, template: 'welcome', accountId: account.id, to: email, once: loginId },
      params: { name: firstName, login: email, hadAccount: owner !== null },
    }),
  ]
  await refusing(() => commit(deps.db, writes)).catch(tooLate)
  deps.afterwards(sendLetters(deps, [letterId]))
}

/** Somebody made the account, its login, or used the e-mail in the meantime: the link opens nothing any more. */
function tooLate(error: unknown): never {
  const isOwned = error instanceof Violation && error.constraint.startsWith('logins.account_id')
  if (isOwned || (error instanceof Refused && error.refusal.code === 'email-taken')) return refuse(usedOrTooOld)
  throw error
}

function newAccount(
  deps: Deps,
  by: Parameters<typeof record>[1],
  { email, emailKey, firstName, lastName, company, country, vendorId }: OpenedRegistration,
): { id: Id<'account'>; writes: Write[] } {
  const id = deps.newId('account')
  const name = company || `${firstName} ${lastName}`
  return {
    id,
    writes: [
      insertAccount({
        ...{ id, parentId: vendorId, kind: 'customer', name, email, emailKey, country: country || null },
        createdAt: deps.now(),
      }),
      record(deps, by, {
        ...{ action: 'account.created', accountId: id, subject: { kind: 'account', id, name } },
        after: { kind: 'customer', name, email },
      }),
    ],
  }
}
