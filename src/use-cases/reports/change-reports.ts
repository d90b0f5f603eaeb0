import { stillStands } from '#src/db/actors.ts'
import { expect, expectOne } from '#src/db/expect.ts'
import type { Write } from '#src/db/query.ts'
import { listReports, type ReportRow, scheduleRow, updateReport } from '#src/db/reports.ts'
import { chosenFrom } from '#src/domain/licenses/bulk.ts'
import { refuse } from '#src/domain/refusal.ts'
import { readableBy } from '#src/domain/reports/readable.ts'
import { type ReportAct, reportNames } from '#src/domain/reports/report.ts'
import { dueAfter } from '#src/domain/reports/timing.ts'
import { type Asking, readAs } from '../admit.ts'
import type { Deps } from '../deps.ts'
import { commitOnce, earlier, type Once, replayOf } from '../once.ts'
import { type By, byActor, record } from '../record.ts'
import { removalOf } from './remove-report.ts'

/** The account's reports that an act names. Refuses `invalid-request` for none, `not-found` where one is not there. */
export function chosenReports(ids: readonly string[], reports: readonly ReportRow[]): readonly ReportRow[] {
  const chosen = new Set(chosenFrom(ids))
  const named = reports.filter(({ id }) => chosen.has(id))
  return named.length < chosen.size ? refuse({ code: 'not-found' }) : named
}

/**
 * Removes reports, or pauses or resumes them: all of them or none. One that stands as wanted already is left alone.
 * Refuses `invalid-request`, `not-found`, `version-mismatch` where one changed meanwhile, `idempotency-key-reused`.
 */
export async function changeReports(
  deps: Deps,
  asking: Asking,
  { act, ids }: { readonly act: ReportAct; readonly ids: readonly string[] },
  once: Once | null,
): Promise<void> {
  const { actor, rows } = await readAs(deps, asking, (reach) => [listReports(reach), earlier(asking, once)])
  if (replayOf(once, rows[1])) return
  const by = byActor(actor, asking)
  const changes = chosenReports(ids, readableBy(actor, rows[0])).flatMap((report) =>
    act === 'remove' ? removalOf(deps, by, report) : switchingOf(deps, by, report, act === 'resume'),
  )
  const writes = [expect('signed-out', stillStands(asking.credential.id)), ...changes]
  await commitOnce(deps, asking, once, writes, { status: 204, response: null })
}

function switchingOf(deps: Deps, by: By, report: ReportRow, active: boolean): Write[] {
  const { id, version, accountId, kind, productCode, leadDays, schedule, sendsEmpty } = report
  if (report.active === active) return []
  return [
    updateReport(id, version, {
      ...{ kind, productCode, leadDays, ...scheduleRow(schedule), sendsEmpty, active },
      nextDueAt: dueAfter(schedule, deps.now()),
    }),
    expectOne('version-mismatch'),
    record(deps, by, {
      action: 'report.edited',
      accountId,
      subject: { kind: 'report', id, name: reportNames[kind] },
      before: { active: report.active },
      after: { active },
    }),
  ]
}
