import type { Actor } from '#src/domain/accounts/actor.ts'
import { apiKeyBytes, apiKeyText, hintOf } from '#src/domain/api-keys/api-key.ts'
import type { Id } from '#src/domain/ids.ts'
import { fingerprintOf } from '#src/gateways/secrets.ts'
import type { Asking } from '../admit.ts'
import type { Deps } from '../deps.ts'
import { post } from '../record.ts'

export const hourMs = 3_600_000
export const dayMs = 24 * hourMs

/** A new key with its id, and what of it is kept: its SHA-256 and how it begins. */
export async function newKey(deps: Deps) {
  const key = apiKeyText(deps.random(apiKeyBytes))
  return { id: deps.newId('apiKey'), key, hash: await fingerprintOf(key), hint: hintOf(key) }
}

type New = { readonly id: Id<'apiKey'>; readonly name: string; readonly expiresAt: Date | null }

/** The letter that tells of a new key; it goes to the login that made it and cannot be switched off. */
export function announced(
  deps: Deps,
  actor: Actor,
  { address }: Asking,
  [login]: readonly { email: string }[],
  { id, name, expiresAt }: New,
) {
  const letterId = deps.newId('letter')
  const params = {
    name: actor.name,
    key: name,
    address,
    at: deps.now().toISOString(),
    expiresAt: expiresAt?.toISOString() ?? null,
  }
  const to = login?.email ?? actor.account.email
  const letter = {
    id: letterId,
    template: 'api-key-created',
    accountId: actor.account.id,
    to,
    once: id,
    params,
  } as const
  return { ids: [letterId], writes: [post(deps, letter)] }
}
