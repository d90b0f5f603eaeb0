import { findActivationKey, type KeyRow } from '#src/db/activation-keys.ts'
import { stillStands } from '#src/db/actors.ts'
import { expect, expectOne } from '#src/db/expect.ts'
import { insertFormerCode, updateCode } from '#src/db/key-writes.ts'
import type { Actor } from '#src/domain/accounts/actor.ts'
import { normalOf } from '#src/domain/activation-keys/code.ts'
import { type RotationDraft, rotationFrom } from '#src/domain/activation-keys/rotation.ts'
import { keyCodeFrom } from '#src/domain/licenses/serial.ts'
import { refuse } from '#src/domain/refusal.ts'
import { type Asking, readAs } from '../admit.ts'
import type { Deps } from '../deps.ts'
import { sendLetters } from '../letters/send-letters.ts'
import { commitOnce, earlier, type Once, replayOf } from '../once.ts'
import { byActor, post, record } from '../record.ts'
import { ownKey } from './own-key.ts'

export type Rotation = RotationDraft & { readonly id: string; readonly version: number | 'any' | null }

/** What a rotation did; plain data, as it is kept to be answered again. Times in milliseconds. */
export type Rotated = {
  readonly id: string
  readonly code: string
  readonly formerCode: string
  readonly validUntil: number
}

/**
 * Gives a key another code, chosen or random; the old one works until its grace ends and is taken for ever (R318). What
 * was activated stays so. The account is told by letter. Refuses `not-found`, `forbidden`, `invalid-request`,
 * `activation-key-taken`, `idempotency-key-reused`, and `version-mismatch` where somebody changed the key meanwhile.
 */
export async function rotateActivationKey(deps: Deps, asking: Asking, rotation: Rotation, once: Once | null) {
  const { id, version, ...draft } = rotation
  const { actor, rows } = await readAs(deps, asking, (reach) => [findActivationKey(reach, id), earlier(asking, once)])
  const replay = replayOf<Rotated>(once, rows[1])
  if (replay) return replay
  const key = ownKey(rows[0])
  const now = deps.now()
  const wanted = rotationFrom(draft, key.code, now)
  if (typeof version === 'number' && version !== key.version) refuse({ code: 'version-mismatch' })
  const code = wanted.code ?? keyCodeFrom(deps.random(16))
  const { validUntil } = wanted
  const former = { code: key.code, codeNormal: normalOf(key.code), keyId: key.id, rotatedAt: now, validUntil }
  const letterId = deps.newId('letter')
  const writes = [
    expect('signed-out', stillStands(asking.credential.id)),
    updateCode(key, code),
    expectOne('version-mismatch'),
    insertFormerCode(former),
    record(deps, byActor(actor, asking), {
      action: 'activation-key.rotated',
      accountId: key.accountId,
      subject: { kind: 'activation-key', id: key.id, name: key.name },
      after: { oldWorksUntil: validUntil.toISOString() },
    }),
    post(deps, { id: letterId, ...letterOf(actor, key, validUntil) }),
  ]
  const response = { id: key.id, code, formerCode: key.code, validUntil: validUntil.getTime() }
  const answer = await commitOnce<Rotated>(deps, asking, once, writes, { status: 201, response })
  if (!answer.replayed) deps.afterwards(sendLetters(deps, [letterId]))
  return answer
}

/** The letter names the key and who rotated it, and leads to it: codes are not mailed. */
const letterOf = ({ account, name }: Actor, key: KeyRow, validUntil: Date) => ({
  template: 'activation-key-rotated' as const,
  accountId: account.id,
  to: account.email,
  once: `${key.id}:${key.version + 1}`,
  params: { name: account.name, by: name, keyId: key.id, key: key.name, validUntil: validUntil.toISOString() },
})
