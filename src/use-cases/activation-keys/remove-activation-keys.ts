import { listComputersOfKeys, listNamedKeys } from '#src/db/activation-keys.ts'
import { stillStands } from '#src/db/actors.ts'
import { Violation } from '#src/db/commit.ts'
import { expect } from '#src/db/expect.ts'
import { keysHoldNothing } from '#src/db/key-writes.ts'
import type { Id } from '#src/domain/ids.ts'
import { chosenFrom } from '#src/domain/licenses/bulk.ts'
import { refuse } from '#src/domain/refusal.ts'
import { type Asking, readAs } from '../admit.ts'
import type { Deps } from '../deps.ts'
import { type Answer, commitOnce, earlier, type Once, replayOf } from '../once.ts'
import { byActor } from '../record.ts'
import { mostNamed, removalWrites } from './removal-writes.ts'

/** What was removed; plain data, as it is kept to be answered again. */
export type RemovedKeys = { readonly keys: readonly Id<'activationKey'>[]; readonly computers: number }

/**
 * Removes up to a hundred keys of the account itself, all or none, with the computers on them (R200 R213). Refuses
 * `not-found` where one is out of reach or gone, `forbidden` for one of an account below, `activation-key-default`,
 * `activation-key-holds-licenses`, `invalid-request`, `idempotency-key-reused`, and `version-mismatch` where one was
 * changed in the same moment.
 */
export async function removeActivationKeys(
  deps: Deps,
  asking: Asking,
  ids: readonly string[],
  once: Once | null,
): Promise<Answer<RemovedKeys>> {
  const { actor, rows } = await readAs(deps, asking, (reach) => [
    listNamedKeys(reach, ids),
    listComputersOfKeys(reach, ids, mostNamed),
    earlier(asking, once),
  ])
  const [found, computers, answered] = rows
  const replay = replayOf<RemovedKeys>(once, answered)
  if (replay) return replay
  const chosen = new Set(chosenFrom(ids))
  const keys = found.filter(({ id }) => chosen.has(id))
  if (keys.length < chosen.size) refuse({ code: 'not-found' })
  if (keys.some(({ isOwn }) => !isOwn)) refuse({ code: 'forbidden' })
  if (keys.some(({ isDefault }) => isDefault)) refuse({ code: 'activation-key-default' })
  const licenses = keys.reduce((sum, one) => sum + one.licenses, 0)
  if (licenses > 0) refuse({ code: 'activation-key-holds-licenses', licenses })
  const response = {
    keys: keys.map(({ id }) => id),
    computers: keys.reduce((sum, one) => sum + one.activeComputers, 0),
  }
  const writes = [
    expect('signed-out', stillStands(asking.credential.id)),
    expect('activation-key-holds-licenses', keysHoldNothing(response.keys)),
    ...removalWrites(deps, byActor(actor, asking), keys, computers),
  ]
  try {
    return await commitOnce(deps, asking, once, writes, { status: 201, response })
  } catch (error) {
    if (!(error instanceof Violation && error.constraint === 'activation-key-holds-licenses')) throw error
    return refuse({ code: 'activation-key-holds-licenses', licenses: 1 })
  }
}
