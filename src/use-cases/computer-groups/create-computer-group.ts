import { stillStands } from '#src/db/actors.ts'
import { insertComputerGroup } from '#src/db/computer-groups.ts'
import { expect } from '#src/db/expect.ts'
import { groupNameFrom } from '#src/domain/computers/edit.ts'
import type { Id } from '#src/domain/ids.ts'
import { folded } from '#src/domain/text.ts'
import { type Asking, readAs } from '../admit.ts'
import type { Deps } from '../deps.ts'
import { type Answer, commitOnce, earlier, type Once, replayOf } from '../once.ts'
import { byActor, record } from '../record.ts'

/** A group as it was made; plain data. */
export type MadeGroup = {
  readonly id: Id<'computerGroup'>
  readonly name: string
  readonly version: number
  /** Milliseconds. */
  readonly createdAt: number
}

/** Makes a group of computers (R331). Refuses `invalid-request`, `computer-group-taken`, `idempotency-key-reused`. */
export async function createComputerGroup(
  deps: Deps,
  asking: Asking,
  typed: string,
  once: Once | null,
): Promise<Answer<MadeGroup>> {
  const { actor, rows } = await readAs(deps, asking, () => [earlier(asking, once)])
  const replay = replayOf<MadeGroup>(once, rows[0])
  if (replay) return replay
  const name = groupNameFrom(typed)
  const id = deps.newId('computerGroup')
  const createdAt = deps.now()
  const accountId = actor.account.id
  const writes = [
    expect('signed-out', stillStands(asking.credential.id)),
    insertComputerGroup({ id, accountId, name, nameKey: folded(name), createdAt }),
    record(deps, byActor(actor, asking), {
      action: 'computer-group.created',
      accountId,
      subject: { kind: 'computer-group', id, name },
      after: { name },
    }),
  ]
  const response = { id, name, version: 1, createdAt: createdAt.getTime() }
  return commitOnce(deps, asking, once, writes, { status: 201, response })
}
