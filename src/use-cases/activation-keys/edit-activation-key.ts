import { findActivationKey } from '#src/db/activation-keys.ts'
import { stillStands } from '#src/db/actors.ts'
import { expect, expectOne } from '#src/db/expect.ts'
import { clearDefault, updateActivationKey } from '#src/db/key-writes.ts'
import { editOf, type KeyChange } from '#src/domain/activation-keys/edit.ts'
import { dayOf } from '#src/domain/day.ts'
import { refuse } from '#src/domain/refusal.ts'
import { type Asking, readAs } from '../admit.ts'
import type { Deps } from '../deps.ts'
import { commitOnce, earlier, type Once, replayOf } from '../once.ts'
import { byActor, record } from '../record.ts'
import { ownKey } from './own-key.ts'

export type KeyEdit = KeyChange & {
  readonly id: string
  /** The version that is changed; `any` whatever it is by now, `null` where nobody said. */
  readonly version: number | 'any' | null
}

/**
 * Changes name, note, limit, last day and addresses of a key, or makes it the default in the place of another, and
 * returns it as it then is. A limit may be lower than what is used: then nobody new comes in. What changes nothing writes
 * nothing. Refuses `not-found`, `forbidden`, `precondition-required`, `invalid-request`, `version-mismatch`,
 * `idempotency-key-reused`.
 */
export async function editActivationKey(deps: Deps, asking: Asking, edit: KeyEdit, once: Once | null) {
  const { id, version, ...change } = edit
  const { actor, rows } = await readAs(deps, asking, (reach) => [findActivationKey(reach, id), earlier(asking, once)])
  const key = ownKey(rows[0])
  if (replayOf(once, rows[1])) return key
  if (version === null) refuse({ code: 'precondition-required' })
  const { edited, changed } = editOf(key, change, dayOf(deps.now()))
  if (version !== 'any' && version !== key.version) refuse({ code: 'version-mismatch' })
  if (changed.length === 0) return key
  const pick = (from: typeof edited) => Object.fromEntries(changed.map((one) => [one, from[one]]))
  const writes = [
    expect('signed-out', stillStands(asking.credential.id)),
    ...(changed.includes('isDefault') ? [clearDefault(key.accountId, key.productCode)] : []),
    updateActivationKey(key, edited),
    expectOne('version-mismatch'),
    record(deps, byActor(actor, asking), {
      action: 'activation-key.edited',
      accountId: key.accountId,
      subject: { kind: 'activation-key', id: key.id, name: edited.name },
      before: pick(key),
      after: pick(edited),
    }),
  ]
  const after = { ...key, ...edited, version: key.version + 1 }
  await commitOnce(deps, asking, once, writes, { status: 200, response: { version: after.version } })
  return after
}
