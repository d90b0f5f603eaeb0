import { stillStands } from '#src/db/actors.ts'
import { findKeyToMoveTo } from '#src/db/computer-keys.ts'
import { listNamedComputers } from '#src/db/computer-rows.ts'
import { changedRows, keyTakesComputers, moveActivations } from '#src/db/computer-writes.ts'
import { expect } from '#src/db/expect.ts'
import { movableTo } from '#src/domain/computers/move.ts'
import { dayOf } from '#src/domain/day.ts'
import { refuse } from '#src/domain/refusal.ts'
import { type Asking, readAs } from '../admit.ts'
import type { Deps } from '../deps.ts'
import { commitOnce, earlier, type Once, replayOf } from '../once.ts'
import { byActor, record } from '../record.ts'
import { ownComputers } from './chosen-computers.ts'
import { withinLimits } from './within-limits.ts'

/** Which computers, and the id or code of the key that takes them. */
export type Move = { readonly ids: readonly string[]; readonly activationKey: string }

/** The key by name, and how many computers went to it. */
export type Moved = { readonly key: string; readonly computers: number }

/**
 * Moves up to a hundred of the account's own computers to another key of it, all or none: the products that the key is
 * for; what runs on a license of its own stays. Refuses `not-found`, `invalid-request` for a key that takes none of them,
 * `computer-of-another-account`, `computer-limit-reached`, `version-mismatch` where one was released or the key removed
 * in the same moment, `idempotency-key-reused`.
 */
export async function moveComputers(
  deps: Deps,
  asking: Asking,
  { ids, activationKey: typed }: Move,
  once: Once | null,
) {
  const { actor, rows } = await readAs(deps, asking, (reach) => [
    listNamedComputers(reach, ids),
    findKeyToMoveTo(reach, typed.trim()),
    earlier(asking, once),
  ])
  const [found, [key], answered] = rows
  const replay = replayOf<Moved>(once, answered)
  if (replay) return replay.response
  const computers = ownComputers(ids, found)
  if (!key) return refuse({ code: 'invalid-request', errors: [noSuchKey] })
  const moving = computers
    .map((computer) => ({ ...computer, moved: movableTo(key, computer.products) }))
    .filter(({ moved }) => moved.length > 0)
  if (moving.length === 0) refuse({ code: 'invalid-request', errors: [takesNone] })
  const activations = moving.flatMap(({ moved }) => moved.map(({ activationId }) => activationId))
  const accountId = actor.account.id
  const by = byActor(actor, asking)
  const response = { key: key.name, computers: moving.length }
  const writes = [
    expect('signed-out', stillStands(asking.credential.id)),
    expect('version-mismatch', keyTakesComputers(key.id, accountId, dayOf(deps.now()))),
    moveActivations(activations, key.id),
    expect('version-mismatch', changedRows(activations.length)),
    ...moving.map(({ id, name, moved }) =>
      record(deps, by, {
        action: 'computer.moved',
        accountId,
        subject: { kind: 'computer', id, name },
        before: { key: [...new Set(moved.map(({ keyName }) => keyName))].join(', ') },
        after: { key: key.name },
      }),
    ),
  ]
  await withinLimits(() => commitOnce(deps, asking, once, writes, { status: 200, response }))
  return response
}

const noSuchKey = { pointer: 'activationKey', code: 'unknown', detail: 'Choose a key of your account' }
const takesNone = {
  pointer: 'activationKey',
  code: 'takes-none',
  detail: 'This key takes none of them: they are on it, or it is for another product. Choose another key',
}
