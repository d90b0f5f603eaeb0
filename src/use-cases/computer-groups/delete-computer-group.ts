import { stillStands } from '#src/db/actors.ts'
import { deleteComputerGroup, emptyComputerGroup, findComputerGroup } from '#src/db/computer-groups.ts'
import { expect, expectOne } from '#src/db/expect.ts'
import { refuse } from '#src/domain/refusal.ts'
import { type Asking, readAs } from '../admit.ts'
import type { Deps } from '../deps.ts'
import { commitOnce, earlier, type Once, replayOf } from '../once.ts'
import { byActor, record } from '../record.ts'

/** Which group, of which version it must still be. */
export type GroupDeletion = { readonly id: string; readonly version: number | 'any' | null }

/** Deletes a group; its computers stay, without a group. Refuses `not-found`, `version-mismatch`. */
export async function deleteComputerGroupOf(
  deps: Deps,
  asking: Asking,
  { id, version }: GroupDeletion,
  once: Once | null,
): Promise<void> {
  const { actor, rows } = await readAs(deps, asking, (reach) => [findComputerGroup(reach, id), earlier(asking, once)])
  const [[group], answered] = rows
  if (replayOf(once, answered)) return
  if (!group) return refuse({ code: 'not-found' })
  if (typeof version === 'number' && version !== group.version) refuse({ code: 'version-mismatch' })
  const { name, accountId, computers } = group
  const writes = [
    expect('signed-out', stillStands(asking.credential.id)),
    emptyComputerGroup(group.id),
    deleteComputerGroup(group.id, group.version),
    expectOne('version-mismatch'),
    record(deps, byActor(actor, asking), {
      action: 'computer-group.deleted',
      accountId,
      subject: { kind: 'computer-group', id: group.id, name },
      before: { name, computers: computers > 100 ? '100+' : computers },
    }),
  ]
  await commitOnce(deps, asking, once, writes, { status: 200, response: { id } })
}
