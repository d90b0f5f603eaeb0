import { stillStands } from '#src/db/actors.ts'
import { hasRoomForKey, insertApiKey } from '#src/db/api-keys.ts'
import { expect } from '#src/db/expect.ts'
import { findOwnLogin } from '#src/db/passwords.ts'
import { mostApiKeys } from '#src/domain/api-keys/api-key.ts'
import { type TypedApiKey, wantedApiKeyFrom } from '#src/domain/api-keys/wanted.ts'
import { type Asking, readAs } from '../admit.ts'
import type { Deps } from '../deps.ts'
import { sendLetters } from '../letters/send-letters.ts'
import { commitOnce, earlier, type Once, replayOf } from '../once.ts'
import { byActor, record } from '../record.ts'
import { announced, dayMs, newKey } from './new-key.ts'

/** A key that was made. `key` is there once: whoever asks again is told that it was made, and not what it is. */
export type MadeApiKey = { readonly id: string; readonly name: string; readonly key: string | null }

/**
 * Makes an API key of one's own account; the key itself is kept nowhere. Tells the master login by letter. Refuses
 * `invalid-request`, `too-many-api-keys`.
 */
export async function createApiKey(
  deps: Deps,
  asking: Asking,
  typed: TypedApiKey,
  once: Once | null,
): Promise<MadeApiKey> {
  const { actor, rows } = await readAs(deps, asking, (reach) => [earlier(asking, once), findOwnLogin(reach)])
  const replayed = replayOf<{ id: string; name: string }>(once, rows[0])
  if (replayed) return { ...replayed.response, key: null }
  const { days, ...wanted } = wantedApiKeyFrom(typed)
  const at = deps.now()
  const made = await newKey(deps)
  const expiresAt = days === null ? null : new Date(at.getTime() + days * dayMs)
  const { id, key, ...secret } = made
  const letter = announced(deps, actor, asking, rows[1], { id, name: wanted.name, expiresAt })
  const { name, access, role, isMaster, allowedRanges } = wanted
  const done = await commitOnce<{ id: string; name: string }>(
    deps,
    asking,
    once,
    [
      expect('signed-out', stillStands(asking.credential.id)),
      expect('too-many-api-keys', hasRoomForKey(actor.account.id, mostApiKeys, at)),
      insertApiKey({ id, accountId: actor.account.id, ...wanted, ...secret, expiresAt, createdAt: at }),
      record(deps, byActor(actor, asking), {
        ...{ action: 'api-key.created', accountId: actor.account.id, subject: { kind: 'api-key', id, name } },
        after: { access, role, isMaster, allowedRanges: allowedRanges ?? 'everywhere', expiresAt },
      }),
      ...letter.writes,
    ],
    { status: 201, response: { id, name } },
  )
  deps.afterwards(sendLetters(deps, letter.ids))
  return { ...done.response, key: done.replayed ? null : key }
}
