import { stillStands } from '#src/db/actors.ts'
import { listNamedComputers } from '#src/db/computer-rows.ts'
import { computersAreThere } from '#src/db/computer-writes.ts'
import { expect } from '#src/db/expect.ts'
import type { Write } from '#src/db/query.ts'
import { insertRemoval, releaseComputers } from '#src/db/removals.ts'
import { undoMs } from '#src/domain/computers/removal.ts'
import type { Id } from '#src/domain/ids.ts'
import { Refused, refuse } from '#src/domain/refusal.ts'
import { type Asking, readAs } from '../admit.ts'
import type { Deps } from '../deps.ts'
import { type Answer, commitOnce, earlier, type Once, replayOf } from '../once.ts'
import { type By, byActor, record } from '../record.ts'
import { chosenComputers } from './chosen-computers.ts'

/** What was removed; plain data, as it is kept to be answered again. `id` null: there was nothing left to remove. */
export type Removed = {
  readonly id: Id<'removal'> | null
  readonly computers: readonly { readonly id: Id<'computer'>; readonly name: string }[]
  /** Milliseconds. */
  readonly undoUntil: number | null
}

const attempts = 3

/**
 * Removes up to a hundred computers in one act: all their products are released, and for a day it can be undone. Those
 * removed already are left as they are, also where somebody removes them in the same moment. Refuses `not-found`,
 * `invalid-request`, `version-mismatch` where one of a version is asked for, `idempotency-key-reused`.
 */
export async function removeComputers(
  deps: Deps,
  asking: Asking,
  ids: readonly string[],
  once: Once | null,
  version: number | 'any' | null = null,
): Promise<Answer<Removed>> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await removeWhatIsThere(deps, asking, ids, once, version)
    } catch (error) {
      const beaten = error instanceof Refused && error.refusal.code === 'version-mismatch'
      if (!beaten || attempt === attempts) throw error
    }
  }
}

async function removeWhatIsThere(
  deps: Deps,
  asking: Asking,
  ids: readonly string[],
  once: Once | null,
  version: number | 'any' | null,
) {
  const { actor, rows } = await readAs(deps, asking, (reach) => [listNamedComputers(reach, ids), earlier(asking, once)])
  const replay = replayOf<Removed>(once, rows[1])
  if (replay) return replay
  const computers = chosenComputers(ids, rows[0])
  if (computers.length === 0) return { status: 200, response: nothing, replayed: false }
  if (typeof version === 'number' && version !== computers[0]?.version) refuse({ code: 'version-mismatch' })
  const { id, undoUntil, writes } = removalOf(deps, byActor(actor, asking), actor.account.id, computers)
  const response: Removed = { id, computers: computers.map(({ id, name }) => ({ id, name })), undoUntil }
  const standing = expect('signed-out', stillStands(asking.credential.id))
  return commitOnce(deps, asking, once, [standing, ...writes], { status: 201, response })
}

const nothing: Removed = { id: null, computers: [], undoUntil: null }

type Removable = {
  readonly id: Id<'computer'>
  readonly name: string
  readonly accountId: Id<'account'>
  /** What the trail says of it beside its name. */
  readonly before?: Record<string, unknown>
}

/** What removes computers for an account, to stand in one batch; aborted as `version-mismatch` unless all are there. */
export function removalOf(deps: Deps, by: By, accountId: Id<'account'>, computers: readonly Removable[]) {
  const at = deps.now()
  const id = deps.newId('removal')
  const undoUntil = new Date(at.getTime() + undoMs)
  const ids = computers.map((one) => one.id)
  const writes: Write[] = [
    expect('version-mismatch', computersAreThere(ids)),
    insertRemoval({ id, accountId, computers: computers.length, at, undoUntil }),
    releaseComputers(ids, id, at),
    ...computers.map((one) =>
      record(deps, by, {
        action: 'computer.removed',
        accountId: one.accountId,
        subject: { kind: 'computer', id: one.id, name: one.name },
        before: { name: one.name, ...one.before },
      }),
    ),
  ]
  return { id, undoUntil: undoUntil.getTime(), writes }
}
