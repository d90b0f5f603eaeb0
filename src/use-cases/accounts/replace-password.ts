import { endSessionsOf, updatePassword, usePasswordLinksOf } from '#src/db/passwords.ts'
import type { Write } from '#src/db/query.ts'
import { passwordProblem } from '#src/domain/accounts/password.ts'
import type { Id } from '#src/domain/ids.ts'
import { refuse } from '#src/domain/refusal.ts'
import type { Deps } from '../deps.ts'
import { type By, post, record } from '../record.ts'

/** A login whose password is replaced, as it was read. */
export type Owner = {
  readonly id: Id<'login'>
  readonly accountId: Id<'account'>
  readonly login: string | null
  readonly name: string
  readonly email: string
  readonly passwordHash: string | null
}

/** Refuses a password that is too short, too long or easily guessed, as `invalid-request` at its field. */
export function acceptPassword(deps: Deps, password: string, { login, email }: Pick<Owner, 'login' | 'email'>): void {
  const { vendorName } = deps.settings
  const detail = passwordProblem(password, { login: login ?? '', email, vendorName })
  if (detail) refuse({ code: 'invalid-request', errors: [{ pointer: 'password', code: 'weak', detail }] })
}

/**
 * The statements that replace a password; an `expectOne` belongs behind the first. The other sessions of the login end
 * (`threats.md`, A7), links that were mailed to set it are used up, and the owner is told by letter.
 */
export async function passwordWrites(deps: Deps, by: By, owner: Owner, password: string, keeping: string) {
  const { id, accountId, name, email, passwordHash } = owner
  const now = deps.now()
  const letterId = deps.newId('letter')
  const writes: [Write, ...Write[]] = [
    updatePassword(id, passwordHash, await deps.passwords.hash(password, deps.random(16)), now),
    endSessionsOf(id, now, keeping),
    usePasswordLinksOf(accountId, id, now),
    record(deps, by, { action: 'password.changed', accountId, subject: { kind: 'login', id, name } }),
    post(deps, {
      id: letterId,
      template: 'password-changed',
      accountId,
      to: email,
      once: letterId,
      params: { name, address: by.address, at: now.toISOString() },
    }),
  ]
  return { writes, letterId }
}
