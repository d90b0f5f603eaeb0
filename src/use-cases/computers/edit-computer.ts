import { stillStands } from '#src/db/actors.ts'
import { findComputerGroup, findGroupNamed } from '#src/db/computer-groups.ts'
import { type ComputerDetails, findComputer } from '#src/db/computer-rows.ts'
import { updateComputer } from '#src/db/computer-writes.ts'
import { expect, expectOne } from '#src/db/expect.ts'
import type { Write } from '#src/db/query.ts'
import { computerNameFrom } from '#src/domain/computers/edit.ts'
import { refuse } from '#src/domain/refusal.ts'
import { folded } from '#src/domain/text.ts'
import { type Asking, readAs } from '../admit.ts'
import type { Deps } from '../deps.ts'
import { commitOnce, earlier, type Once, replayOf } from '../once.ts'
import { byActor, record } from '../record.ts'

export type ComputerEdit = {
  readonly id: string
  /** The version that is changed; `any` whatever it is by now, `null` where nobody said. */
  readonly version: number | 'any' | null
  readonly name?: string | undefined
  /** The id or the name of a group of the computer's account, `null` for none. */
  readonly group?: string | null | undefined
}

/**
 * Renames a computer, puts it into a group, or both, and returns it as it then is. What changes nothing writes nothing.
 * Refuses `not-found`, `precondition-required`, `invalid-request`, `computer-of-another-account`, `version-mismatch`,
 * `idempotency-key-reused`.
 */
export async function editComputer(deps: Deps, asking: Asking, edit: ComputerEdit, once: Once | null) {
  const { actor, rows } = await readAs(deps, asking, (reach) => [
    findComputer(reach, edit.id),
    findComputerGroup(reach, edit.group ?? ''),
    findGroupNamed(reach, folded(edit.group ?? '')),
    earlier(asking, once),
  ])
  const [[computer], [byId], [byName], answered] = rows
  if (!computer || computer.removedAt !== null) return refuse({ code: 'not-found' })
  if (replayOf(once, answered)) return computer
  if (edit.version === null) refuse({ code: 'precondition-required' })
  const name = edit.name === undefined ? computer.name : computerNameFrom(edit.name)
  const group = groupIn(edit, computer, byId ?? byName)
  if (edit.version !== 'any' && edit.version !== computer.version) refuse({ code: 'version-mismatch' })
  if (name === computer.name && group.id === computer.groupId) return computer
  const { id, accountId, version } = computer
  const by = byActor(actor, asking)
  const subject = { kind: 'computer', id, name } as const
  const renamed = {
    action: 'computer.renamed',
    accountId,
    subject,
    before: { name: computer.name },
    after: { name },
  } as const
  const before = { group: computer.groupName }
  const grouped = { action: 'computer.grouped', accountId, subject, before, after: { group: group.name } } as const
  const writes: Write[] = [
    expect('signed-out', stillStands(asking.credential.id)),
    updateComputer(id, version, { name, groupId: group.id }),
    expectOne('version-mismatch'),
    ...(name === computer.name ? [] : [record(deps, by, renamed)]),
    ...(group.id === computer.groupId ? [] : [record(deps, by, grouped)]),
  ]
  await commitOnce(deps, asking, once, writes, { status: 200, response: { version: version + 1 } })
  return { ...computer, name, groupId: group.id, groupName: group.name, version: version + 1 }
}

type Group = { readonly id: ComputerDetails['groupId']; readonly name: string | null }

function groupIn({ group }: ComputerEdit, computer: ComputerDetails, found: Group | undefined): Group {
  if (group === undefined) return { id: computer.groupId, name: computer.groupName }
  if (group === null || group === '') return { id: null, name: null }
  if (!computer.isOwn) refuse({ code: 'computer-of-another-account' })
  return found ?? refuse({ code: 'invalid-request', errors: [noSuchGroup] })
}

const noSuchGroup = { pointer: 'group', code: 'unknown', detail: 'Choose one of your groups' }
