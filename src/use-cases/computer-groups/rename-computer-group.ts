import { stillStands } from '#src/db/actors.ts'
import { findComputerGroup, updateComputerGroup } from '#src/db/computer-groups.ts'
import { expect, expectOne } from '#src/db/expect.ts'
import { groupNameFrom } from '#src/domain/computers/edit.ts'
import { refuse } from '#src/domain/refusal.ts'
import { folded } from '#src/domain/text.ts'
import { type Asking, readAs } from '../admit.ts'
import type { Deps } from '../deps.ts'
import { commitOnce, earlier, type Once, replayOf } from '../once.ts'
import { byActor, record } from '../record.ts'

export type GroupEdit = {
  readonly id: string
  /** The version that is changed; `any` whatever it is by now, `null` where nobody said. */
  readonly version: number | 'any' | null
  readonly name: string
}

/**
 * Renames a group and returns it as it then is. Refuses `not-found`, `precondition-required`, `invalid-request`,
 * `version-mismatch`, `computer-group-taken`, `idempotency-key-reused`.
 */
export async function renameComputerGroup(deps: Deps, asking: Asking, edit: GroupEdit, once: Once | null) {
  const { actor, rows } = await readAs(deps, asking, (reach) => [
    findComputerGroup(reach, edit.id),
    earlier(asking, once),
  ])
  const [[group], answered] = rows
  if (!group) return refuse({ code: 'not-found' })
  if (replayOf(once, answered)) return group
  if (edit.version === null) refuse({ code: 'precondition-required' })
  const name = groupNameFrom(edit.name)
  if (edit.version !== 'any' && edit.version !== group.version) refuse({ code: 'version-mismatch' })
  if (name === group.name) return group
  const renamed = { ...group, name, nameKey: folded(name), version: group.version + 1 }
  const writes = [
    expect('signed-out', stillStands(asking.credential.id)),
    updateComputerGroup(group.id, group.version, renamed),
    expectOne('version-mismatch'),
    record(deps, byActor(actor, asking), {
      action: 'computer-group.renamed',
      accountId: group.accountId,
      subject: { kind: 'computer-group', id: group.id, name },
      before: { name: group.name },
      after: { name },
    }),
  ]
  await commitOnce(deps, asking, once, writes, { status: 200, response: { version: renamed.version } })
  return renamed
}
