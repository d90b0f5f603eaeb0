import { commit, Violation } from '#src/db/commit.ts'
import { expectOne } from '#src/db/expect.ts'
import { read } from '#src/db/query.ts'
import { listDueSubscriptions, renewTerm, updateLicenseEnd } from '#src/db/subscriptions.ts'
import { dayOf } from '#src/domain/day.ts'
import { nextTermEnd } from '#src/domain/subscriptions/subscription.ts'
import type { Deps } from '../deps.ts'
import { type By, record } from '../record.ts'

const atOnce = 50
const batches = 40

/**
 * Renews subscriptions whose term is over and that nobody canceled, one term at a time, so that days on which nothing
 * ran are caught up with. A term is renewed once, however often and by how many this runs: where somebody else changed
 * one at the same moment, the batch is left and read anew. Returns how many terms began.
 */
export async function renewDue(deps: Deps): Promise<number> {
  let renewed = 0
  for (let batch = 0; batch < batches; batch++) {
    const [due] = await read(deps.db, [listDueSubscriptions(dayOf(deps.now()), atOnce)])
    if (due.length === 0) break
    if (await committed(deps, due)) renewed += due.length
  }
  return renewed
}

type Due = ReturnType<ReturnType<typeof listDueSubscriptions>['rows']>

async function committed(deps: Deps, due: Due): Promise<boolean> {
  try {
    await commit(
      deps.db,
      due.flatMap((one) => renewal(deps, one)),
    )
    return true
  } catch (error) {
    if (error instanceof Violation && error.constraint === 'version-mismatch') return false
    throw error
  }
}

const clock: By = { kind: 'clock', id: 'renew-due', name: 'Renewal', address: '', requestId: '' }

function renewal(deps: Deps, { id, licenseId, accountId, serial, term, startsOn, endsOn }: Due[number]) {
  const next = { id, licenseId, from: endsOn, to: nextTermEnd(startsOn, term, endsOn) }
  return [
    renewTerm(next),
    expectOne('version-mismatch'),
    updateLicenseEnd(next),
    record(deps, clock, {
      action: 'subscription.renewed',
      accountId,
      subject: { kind: 'subscription', id, name: serial },
      before: { endsOn },
      after: { endsOn: next.to },
    }),
  ]
}
