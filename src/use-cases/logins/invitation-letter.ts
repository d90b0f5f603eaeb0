import type { Role } from '#src/domain/accounts/permissions.ts'
import type { Id } from '#src/domain/ids.ts'
import { invitationMs, invitationRow } from '#src/domain/logins/login.ts'
import { fingerprintOf } from '#src/gateways/secrets.ts'
import type { Deps } from '../deps.ts'
import { post } from '../record.ts'

type Invited = {
  readonly id: Id<'invitation'>
  readonly generation: number
  readonly email: string
  readonly role: Role
  readonly accountId: Id<'account'>
  /** Who invites, and to what. */
  readonly from: string
  readonly to: string
  /** Whether the e-mail is a login already: then the letter says so, and nobody but its reader learns it. */
  readonly isLogin: boolean
}

/** What is kept of a letter that invites, and the letter. The token is computed again when it is rendered (Decision 15). */
export async function invitationLetter(deps: Deps, invited: Invited) {
  const { id, generation, email, role, accountId, from, to, isLogin } = invited
  const row = invitationRow(id, generation)
  const sentAt = deps.now()
  const expiresAt = new Date(sentAt.getTime() + invitationMs)
  const tokenHash = await fingerprintOf(await deps.secrets.tokenFor('invitation', row))
  const letterId = deps.newId('letter')
  const params = { row, from, to, role, expiresAt: expiresAt.toISOString() }
  const template = isLogin ? 'invitation-elsewhere' : 'invitation'
  return {
    letterId,
    sending: { generation, tokenHash, sentAt, expiresAt },
    write: post(deps, { id: letterId, template, accountId, to: email, once: row, params }),
  }
}
