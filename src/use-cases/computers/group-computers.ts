import { stillStands } from '#src/db/actors.ts'
import { findComputerGroup, findGroupNamed, groupIsThere, insertComputerGroup } from '#src/db/computer-groups.ts'
import { listNamedComputers } from '#src/db/computer-rows.ts'
import { computersAreThere, updateGroupOf } from '#src/db/computer-writes.ts'
import { expect } from '#src/db/expect.ts'
import type { Write } from '#src/db/query.ts'
import { groupNameFrom } from '#src/domain/computers/edit.ts'
import type { Id } from '#src/domain/ids.ts'
import { refuse } from '#src/domain/refusal.ts'
import { folded } from '#src/domain/text.ts'
import { type Asking, readAs } from '../admit.ts'
import type { Deps } from '../deps.ts'
import { commitOnce, earlier, type Once, replayOf } from '../once.ts'
import { byActor, record } from '../record.ts'
import { ownComputers } from './chosen-computers.ts'

/**
 * Which computers, and the group: an id or a name, `''` for none; or the name of a new one, which the caller's field
 * `pointer` holds.
 */
export type Grouping = {
  readonly ids: readonly string[]
  readonly group: string
  readonly newGroup: string
  readonly pointer?: string
}

/** How the group is called and how many computers changed. */
export type Grouped = { readonly group: string | null; readonly computers: number }

/**
 * Puts up to a hundred of the account's own computers into a group, made first where it is new, or into none. Those in it
 * already stay. Refuses `not-found`, `invalid-request`, `computer-of-another-account`, `version-mismatch` where one was
 * removed in the same moment, `idempotency-key-reused`.
 */
export async function groupComputers(
  deps: Deps,
  asking: Asking,
  wanted: Grouping,
  once: Once | null,
): Promise<Grouped> {
  const newName = wanted.newGroup === '' ? null : groupNameFrom(wanted.newGroup, wanted.pointer ?? 'newGroup')
  const { actor, rows } = await readAs(deps, asking, (reach) => [
    listNamedComputers(reach, wanted.ids),
    findComputerGroup(reach, wanted.group),
    findGroupNamed(reach, folded(newName ?? wanted.group)),
    earlier(asking, once),
  ])
  const [found, [byId], [byName], answered] = rows
  const replay = replayOf<Grouped>(once, answered)
  if (replay) return replay.response
  const computers = ownComputers(wanted.ids, found)
  const known = newName === null ? (byId ?? byName) : byName
  if (!known && newName === null && wanted.group !== '') refuse({ code: 'invalid-request', errors: [noSuchGroup] })
  const accountId = actor.account.id
  const by = byActor(actor, asking)
  const made = !known && newName !== null ? { id: deps.newId('computerGroup'), name: newName } : null
  const group = made ?? known ?? null
  const changed = computers.filter(({ groupId }) => groupId !== (group?.id ?? null))
  const response = { group: group?.name ?? null, computers: changed.length }
  if (changed.length === 0 && !made) return response
  const ids = changed.map(({ id }) => id)
  const writes: Write[] = [
    expect('signed-out', stillStands(asking.credential.id)),
    ...(made ? newGroup(made) : known ? [expect('version-mismatch', groupIsThere(known.id, accountId))] : []),
    expect('version-mismatch', computersAreThere(ids)),
    updateGroupOf(ids, group?.id ?? null),
    ...changed.map(({ id, name, groupName }) =>
      record(deps, by, {
        action: 'computer.grouped',
        accountId,
        subject: { kind: 'computer', id, name },
        before: { group: groupName },
        after: { group: group?.name ?? null },
      }),
    ),
  ]
  await commitOnce(deps, asking, once, writes, { status: 200, response })
  return response

  function newGroup({ id, name }: { id: Id<'computerGroup'>; name: string }): Write[] {
    const subject = { kind: 'computer-group', id, name } as const
    return [
      insertComputerGroup({ id, accountId, name, nameKey: folded(name), createdAt: deps.now() }),
      record(deps, by, { action: 'computer-group.created', accountId, subject, after: { name } }),
    ]
  }
}

const noSuchGroup = { pointer: 'group', code: 'unknown', detail: 'Choose one of your groups, or name a new one' }
