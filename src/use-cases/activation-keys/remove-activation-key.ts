import { findActivationKey, findOwnKey, type KeyRow, listComputersOfKey } from '#src/db/activation-keys.ts'
import { stillStands } from '#src/db/actors.ts'
import { commit, Violation } from '#src/db/commit.ts'
import { expect } from '#src/db/expect.ts'
import { insertMovedEvents, moveLicenses } from '#src/db/key-licenses.ts'
import { keyIsAlive, keysHoldNothing } from '#src/db/key-writes.ts'
import type { Id } from '#src/domain/ids.ts'
import { refuse } from '#src/domain/refusal.ts'
import { type Asking, readAs } from '../admit.ts'
import type { Deps } from '../deps.ts'
import { type By, byActor } from '../record.ts'
import { refusing } from '../refusing.ts'
import { ownKey } from './own-key.ts'
import { mostNamed, removalWrites } from './removal-writes.ts'

/** Which key, of which version it must still be, and the id or code of the key that takes its licenses. */
export type KeyRemoval = { readonly id: string; readonly version: number | 'any' | null; readonly moveTo: string }

/**
 * Removes a key: its computers are released, its licenses go to another key of the account; its code stays taken.
 * Refuses `not-found`, `forbidden`, `activation-key-default`, `version-mismatch`, `activation-key-holds-licenses` where
 * no key takes them, and `invalid-request` where that one is none of the account's.
 */
export async function removeActivationKey(deps: Deps, asking: Asking, removal: KeyRemoval): Promise<void> {
  const { id, version } = removal
  const moveTo = removal.moveTo.trim()
  const { actor, rows } = await readAs(deps, asking, (reach) => [
    findActivationKey(reach, id),
    findOwnKey(reach, moveTo),
    listComputersOfKey(reach, id, mostNamed),
  ])
  const key = ownKey(rows[0])
  const [target] = rows[1]
  if (key.isDefault) refuse({ code: 'activation-key-default' })
  if (typeof version === 'number' && version !== key.version) refuse({ code: 'version-mismatch' })
  if (key.licenses > 0 && moveTo === '') refuse({ code: 'activation-key-holds-licenses', licenses: key.licenses })
  if (moveTo !== '' && (!target || target.id === key.id)) refuse({ code: 'invalid-request', errors: [noSuchKey] })
  const by = byActor(actor, asking)
  const named = rows[2].map((computer) => ({ ...computer, keyId: key.id }))
  try {
    await refusing(() =>
      commit(deps.db, [
        expect('signed-out', stillStands(asking.credential.id)),
        ...(target
          ? moving(deps, by, key, target)
          : [expect('activation-key-holds-licenses', keysHoldNothing([key.id]))]),
        ...removalWrites(deps, by, [key], named, target ? { licensesMovedTo: target.name } : undefined),
      ]),
    )
  } catch (error) {
    if (!(error instanceof Violation && error.constraint === 'activation-key-holds-licenses')) throw error
    refuse({ code: 'activation-key-holds-licenses', licenses: Math.max(1, key.licenses) })
  }
}

type Target = { readonly id: Id<'activationKey'>; readonly name: string }

function moving(deps: Deps, by: By, key: KeyRow, target: Target) {
  const event = {
    id: deps.newId('event'),
    accountId: key.accountId,
    at: deps.now(),
    ...{ actorKind: by.kind, actorId: by.id, actorName: by.name, address: by.address, requestId: by.requestId },
    before: { key: key.name },
    after: { key: target.name },
  }
  return [
    expect('not-found', keyIsAlive(target.id, key.accountId)),
    insertMovedEvents(key.id, event),
    moveLicenses(key.id, target.id),
  ]
}

const noSuchKey = {
  pointer: 'moveTo',
  code: 'unknown',
  detail: 'Choose another key of your account that takes the licenses',
}
