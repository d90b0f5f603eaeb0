import { stillStands } from '#src/db/actors.ts'
import { findOwnApiKey, revokeApiKeyRow } from '#src/db/api-keys.ts'
import { expect, expectOne } from '#src/db/expect.ts'
import { apiKeyStateOf } from '#src/domain/api-keys/api-key.ts'
import { refuse } from '#src/domain/refusal.ts'
import { type Asking, readAs } from '../admit.ts'
import type { Deps } from '../deps.ts'
import { commitOnce } from '../once.ts'
import { byActor, record } from '../record.ts'

/** Ends an API key at once: from the next call on it is refused. One that works no more stays as it is. Refuses `not-found`. */
export async function revokeApiKey(deps: Deps, asking: Asking, id: string): Promise<void> {
  const { actor, rows } = await readAs(deps, asking, (reach) => [findOwnApiKey(reach, id)])
  const [[key]] = rows
  if (!key) return refuse({ code: 'not-found' })
  const at = deps.now()
  if (apiKeyStateOf(key, at) !== 'active') return
  const subject = { kind: 'api-key', id: key.id, name: key.name } as const
  await commitOnce(
    deps,
    asking,
    null,
    [
      expect('signed-out', stillStands(asking.credential.id)),
      revokeApiKeyRow(key.id, at),
      expectOne('api-key-ended'),
      record(deps, byActor(actor, asking), { action: 'api-key.revoked', accountId: actor.account.id, subject }),
    ],
    { status: 204, response: {} },
  )
}
