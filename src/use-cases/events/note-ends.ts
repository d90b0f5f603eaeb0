import { commit } from '#src/db/commit.ts'
import { insertEndEvent, listUntoldEnds } from '#src/db/ends.ts'
import { read } from '#src/db/query.ts'
import { addDays, type Day, dayOf } from '#src/domain/day.ts'
import { type EventAction, expiredActions, type SubjectKind } from '#src/domain/events/actions.ts'
import type { Id } from '#src/domain/ids.ts'
import type { Deps } from '../deps.ts'

/** Days on which nothing ran are caught up with, this far back. */
const caughtUpDays = 35
const atOnce = 200
const batches = 100

/**
 * Tells the audit trail of every trial, canceled subscription and support whose last day is over: that it expired, so
 * that nobody takes it for removed (R319). Once for each end: the schema keeps a second line out, so it does no harm
 * to run twice, late or at the same time. Returns how many ends it found.
 */
export async function noteEnds(deps: Deps): Promise<number> {
  const today = dayOf(deps.now())
  const within = { since: addDays(today, -caughtUpDays), today, limit: atOnce }
  let noted = 0
  for (let batch = 0; batch < batches; batch++) {
    const found = await read(
      deps.db,
      expiredActions.map((action) => listUntoldEnds[action](within)),
    )
    const ends = expiredActions.flatMap((action, i) => (found[i] ?? []).map((end) => ({ ...end, action })))
    if (ends.length === 0) break
    await commit(
      deps.db,
      ends.map((end) => insertEndEvent(eventOf(deps, end))),
    )
    noted += ends.length
  }
  return noted
}

type End = {
  readonly action: EventAction
  readonly id: string
  readonly accountId: Id<'account'>
  readonly serial: string
  readonly endsOn: Day
}

const eventOf = (deps: Deps, { action, id, accountId, serial, endsOn }: End) => ({
  id: deps.newId('event'),
  ...{ accountId, action, at: deps.now() },
  ...({ actorKind: 'clock', actorId: 'note-ends', actorName: 'Clock' } as const),
  ...{ subjectKind: action.split('.')[0] as SubjectKind, subjectId: id, subjectName: serial },
  ...{ before: null, after: { endsOn } },
  ...{ address: '', requestId: '' },
})
