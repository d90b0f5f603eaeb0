import { stillStands } from '#src/db/actors.ts'
import { expireApiKeyRow, findOwnApiKey, hasRoomForKey, insertApiKey, revokeApiKeyRow } from '#src/db/api-keys.ts'
import { expect, expectOne } from '#src/db/expect.ts'
import { findOwnLogin } from '#src/db/passwords.ts'
import { apiKeyStateOf, mostApiKeys } from '#src/domain/api-keys/api-key.ts'
import { overlaps } from '#src/domain/api-keys/wanted.ts'
import { refuse } from '#src/domain/refusal.ts'
import { type Asking, readAs } from '../admit.ts'
import type { Deps } from '../deps.ts'
import { sendLetters } from '../letters/send-letters.ts'
import { commitOnce, earlier, type Once, replayOf } from '../once.ts'
import { byActor, record } from '../record.ts'
import type { MadeApiKey } from './create-api-key.ts'
import { announced, hourMs, newKey } from './new-key.ts'

/**
 * Makes a key like another and lets that one work for some hours yet, so that scripts can change over without a gap; with
 * no hours it ends at once. The new one works as long as the old one was to. Refuses `not-found`, `invalid-request`,
 * `too-many-api-keys`, and `api-key-ended` for a key that works no more.
 */
export async function rotateApiKey(
  deps: Deps,
  asking: Asking,
  { id, overlap }: { id: string; overlap: string },
  once: Once | null,
): Promise<MadeApiKey> {
  const { actor, rows } = await readAs(deps, asking, (reach) => [
    earlier(asking, once),
    findOwnLogin(reach),
    findOwnApiKey(reach, id),
  ])
  const [answered, login, [old]] = rows
  const replayed = replayOf<{ id: string; name: string }>(once, answered)
  if (replayed) return { ...replayed.response, key: null }
  if (!old) return refuse({ code: 'not-found' })
  const hours = hoursOf(overlap)
  const at = deps.now()
  if (apiKeyStateOf(old, at) !== 'active') refuse({ code: 'api-key-ended' })
  const { id: newId, key, ...secret } = await newKey(deps)
  const { name, access, role, isMaster, allowedRanges, expiresAt: oldEnd, createdAt } = old
  const expiresAt = oldEnd && new Date(at.getTime() + oldEnd.getTime() - createdAt.getTime())
  const until = new Date(at.getTime() + hours * hourMs)
  const letter = announced(deps, actor, asking, login, { id: newId, name, expiresAt })
  const accountId = actor.account.id
  const done = await commitOnce<{ id: string; name: string }>(
    deps,
    asking,
    once,
    [
      expect('signed-out', stillStands(asking.credential.id)),
      hours === 0 ? revokeApiKeyRow(old.id, at) : expireApiKeyRow(old.id, until, at),
      expectOne('api-key-ended'),
      expect('too-many-api-keys', hasRoomForKey(accountId, mostApiKeys, at)),
      insertApiKey({
        ...{ id: newId, accountId, name, access, role, isMaster, allowedRanges, expiresAt },
        ...{ ...secret, createdAt: at },
      }),
      record(deps, byActor(actor, asking), {
        ...{ action: 'api-key.rotated', accountId, subject: { kind: 'api-key', id: old.id, name } },
        before: { key: `${old.hint}…`, worksUntil: oldEnd },
        after: { key: `${secret.hint}…`, oldWorksUntil: hours === 0 ? at : until },
      }),
      ...letter.writes,
    ],
    { status: 201, response: { id: newId, name } },
  )
  deps.afterwards(sendLetters(deps, letter.ids))
  return { ...done.response, key: done.replayed ? null : key }
}

function hoursOf(overlap: string): number {
  const detail = 'Choose how long the old key works yet'
  if (!overlaps.some((one) => one === overlap)) {
    refuse({ code: 'invalid-request', errors: [{ pointer: 'overlap', code: 'invalid', detail }] })
  }
  return Number(overlap)
}
