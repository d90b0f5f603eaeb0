import { findActivationKey, updateActivationKey } from '#src/db/activation-keys.ts'
import { stillStands } from '#src/db/actors.ts'
import { expect, expectOne } from '#src/db/expect.ts'
import { renamedFrom } from '#src/domain/activation-keys/wanted.ts'
import { refuse } from '#src/domain/refusal.ts'
import { type Asking, readAs } from '../admit.ts'
import type { Deps } from '../deps.ts'
import { commitOnce, earlier, type Once, replayOf } from '../once.ts'
import { byActor, record } from '../record.ts'
import { ownKey } from './own-key.ts'

export type KeyEdit = {
  readonly id: string
  /** The version that is changed; `any` whatever it is by now, `null` where nobody said. */
  readonly version: number | 'any' | null
  readonly name?: string | undefined
  readonly note?: string | undefined
}

/**
 * Renames a key, changes its note, and returns it as it then is. What changes nothing writes nothing. Refuses
 * `not-found`, `forbidden`, `precondition-required`, `invalid-request`, `version-mismatch`, `idempotency-key-reused`.
 */
export async function editActivationKey(deps: Deps, asking: Asking, edit: KeyEdit, once: Once | null) {
  const { id, version, ...typed } = edit
  const { actor, rows } = await readAs(deps, asking, (reach) => [findActivationKey(reach, id), earlier(asking, once)])
  const key = ownKey(rows[0])
  if (replayOf(once, rows[1])) return key
  if (version === null) refuse({ code: 'precondition-required' })
  const wanted = renamedFrom(typed)
  if (version !== 'any' && version !== key.version) refuse({ code: 'version-mismatch' })
  const changed = (['name', 'note'] as const).filter((one) => wanted[one] !== undefined && wanted[one] !== key[one])
  if (changed.length === 0) return key
  const edited = { ...key, ...wanted, version: key.version + 1 }
  const pick = (from: typeof key) => Object.fromEntries(changed.map((one) => [one, from[one]]))
  const writes = [
    expect('signed-out', stillStands(asking.credential.id)),
    updateActivationKey(key.id, key.accountId, key.version, edited),
    expectOne('version-mismatch'),
    record(deps, byActor(actor, asking), {
      action: 'activation-key.edited',
      accountId: key.accountId,
      subject: { kind: 'activation-key', id: key.id, name: edited.name },
      before: pick(key),
      after: pick(edited),
    }),
  ]
  await commitOnce(deps, asking, once, writes, { status: 200, response: { version: edited.version } })
  return edited
}
