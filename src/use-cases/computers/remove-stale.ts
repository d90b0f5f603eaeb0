import { commit, Violation } from '#src/db/commit.ts'
import { read } from '#src/db/query.ts'
import { listStaleComputers } from '#src/db/stale-computers.ts'
import type { Deps } from '../deps.ts'
import type { By } from '../record.ts'
import { removalOf } from './remove-computers.ts'

const atOnce = 100
const batches = 20

const clock: By = { kind: 'clock', id: 'remove-stale', name: 'Removal of stale computers', address: '', requestId: '' }

/**
 * Removes computers that have not checked in for as long as their accounts set, so many at most in a run; each removal is
 * an event of the clock and can be undone for a day. One that somebody removes or that checks in at the same moment is
 * left, and read anew. Returns how many went.
 */
export async function removeStale(deps: Deps): Promise<number> {
  let removed = 0
  for (let batch = 0; batch < batches; batch++) {
    const [found] = await read(deps.db, [listStaleComputers(deps.now(), atOnce)])
    if (found.length === 0) break
    for (const [accountId, computers] of Map.groupBy(found, (one) => one.accountId)) {
      if (await committed(deps, accountId, computers)) removed += computers.length
    }
  }
  return removed
}

type Stale = ReturnType<ReturnType<typeof listStaleComputers>['rows']>[number]

async function committed(deps: Deps, accountId: Stale['accountId'], found: readonly Stale[]): Promise<boolean> {
  const computers = found.map(({ lastCheckInAt, days, ...one }) => ({
    ...one,
    before: { lastCheckInAt: lastCheckInAt === null ? null : new Date(lastCheckInAt).toISOString(), afterDays: days },
  }))
  try {
    await commit(deps.db, removalOf(deps, clock, accountId, computers).writes)
    return true
  } catch (error) {
    if (error instanceof Violation && error.constraint === 'version-mismatch') return false
    throw error
  }
}
