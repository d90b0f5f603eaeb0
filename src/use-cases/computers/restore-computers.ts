import { stillStands } from '#src/db/actors.ts'
import { listComputersOfRemoval } from '#src/db/computer-rows.ts'
import { expect, expectOne } from '#src/db/expect.ts'
import {
  findRemoval,
  keysOfRemovalStand,
  licensesOfRemovalAreFree,
  markUndone,
  restoreActivations,
} from '#src/db/removals.ts'
import type { Id } from '#src/domain/ids.ts'
import { Refused, refuse } from '#src/domain/refusal.ts'
import { type Asking, readAs } from '../admit.ts'
import type { Deps } from '../deps.ts'
import { commitOnce, earlier, type Once, replayOf } from '../once.ts'
import { byActor, record } from '../record.ts'
import { withinLimits } from './within-limits.ts'

/** What came back; plain data. */
export type Restored = { readonly removal: Id<'removal'>; readonly computers: number }

/**
 * Undoes a removal, all of it or nothing: its computers are back, with the tokens that they had. What the software
 * activated anew meanwhile stays as it is. Undone already, it is answered the same. Refuses `not-found`, `undo-expired`,
 * `computer-limit-reached`, `activation-key-gone`, `license-taken`, `idempotency-key-reused`.
 */
export async function restoreComputers(deps: Deps, asking: Asking, id: string, once: Once | null): Promise<Restored> {
  const { actor, rows } = await readAs(deps, asking, (reach) => [
    findRemoval(reach, id),
    listComputersOfRemoval(reach, id),
    earlier(asking, once),
  ])
  const [[removal], computers] = rows
  if (!removal) return refuse({ code: 'not-found' })
  const restored = { removal: removal.id, computers: removal.computers }
  if (replayOf(once, rows[2]) || removal.undoneAt !== null) return restored
  if (removal.undoUntil <= deps.now()) refuse({ code: 'undo-expired' })
  const by = byActor(actor, asking)
  const writes = [
    expect('signed-out', stillStands(asking.credential.id)),
    markUndone(removal.id, deps.now()),
    expectOne('version-mismatch'),
    expect('activation-key-gone', keysOfRemovalStand(removal.id)),
    expect('license-taken', licensesOfRemovalAreFree(removal.id)),
    restoreActivations(removal.id),
    ...computers.map(({ id: computerId, name, accountId }) =>
      record(deps, by, { action: 'computer.restored', accountId, subject: { kind: 'computer', id: computerId, name } }),
    ),
  ]
  try {
    await withinLimits(() => commitOnce(deps, asking, once, writes, { status: 201, response: restored }))
  } catch (error) {
    // Somebody undid it in the same moment: it is undone.
    if (!(error instanceof Refused && error.refusal.code === 'version-mismatch')) throw error
  }
  return restored
}
