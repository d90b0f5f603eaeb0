import type { Write } from '#src/db/query.ts'
import { insertLink } from '#src/db/sign-in.ts'
import { welcomeLinkMs } from '#src/domain/accounts/reseller.ts'
import type { Id } from '#src/domain/ids.ts'
import { fingerprintOf } from '#src/gateways/secrets.ts'
import type { Deps } from '../deps.ts'
import { post } from '../record.ts'

type Welcome = {
  readonly id: Id<'account'>
  readonly loginId: Id<'login'>
  readonly name: string
  readonly login: string
  readonly email: string
  /** Who made the account. */
  readonly from: string
}

/** A link that sets a new seller's password, and the letter that carries it with login and address (R146, Decision 3). */
export async function welcomeReseller(deps: Deps, { id, loginId, name, login, email, from }: Welcome) {
  const linkId = deps.newId('link')
  const letterId = deps.newId('letter')
  const at = deps.now()
  const expiresAt = new Date(at.getTime() + welcomeLinkMs)
  const tokenHash = await fingerprintOf(await deps.secrets.tokenFor('link', linkId))
  const link = { id: linkId, purpose: 'set-password', accountId: id, loginId, email, tokenHash } as const
  const params = { name, login, from, expiresAt: expiresAt.toISOString(), linkId }
  const writes: Write[] = [
    insertLink({ ...link, expiresAt, createdAt: at }),
    post(deps, { id: letterId, template: 'reseller', accountId: id, to: email, once: linkId, params }),
  ]
  return { letterId, writes }
}
