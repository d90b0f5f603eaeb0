import { stillStands } from '#src/db/actors.ts'
import { expect, expectOne } from '#src/db/expect.ts'
import type { Write } from '#src/db/query.ts'
import { deleteReport, findReport, type ReportRow } from '#src/db/reports.ts'
import { refuse } from '#src/domain/refusal.ts'
import { readableBy } from '#src/domain/reports/readable.ts'
import { reportNames } from '#src/domain/reports/report.ts'
import { scheduleWords } from '#src/domain/reports/timing.ts'
import { type Asking, readAs } from '../admit.ts'
import type { Deps } from '../deps.ts'
import { commitOnce, earlier, type Once, replayOf } from '../once.ts'
import { type By, byActor, record } from '../record.ts'

/** Takes a report away, with its addresses and runs. Refuses `not-found`, `idempotency-key-reused`. */
export async function removeReport(deps: Deps, asking: Asking, id: string, once: Once | null): Promise<void> {
  const { actor, rows } = await readAs(deps, asking, (reach) => [findReport(reach, id), earlier(asking, once)])
  const [found, answered] = rows
  const [report] = readableBy(actor, found)
  if (replayOf(once, answered)) return
  if (!report) return refuse({ code: 'not-found' })
  const writes = [
    expect('signed-out', stillStands(asking.credential.id)),
    ...removalOf(deps, byActor(actor, asking), report),
  ]
  await commitOnce(deps, asking, once, writes, { status: 204, response: null })
}

/** What takes a report away, if it is still there. */
export const removalOf = (deps: Deps, by: By, report: ReportRow): Write[] => [
  deleteReport(report.id),
  expectOne('not-found'),
  record(deps, by, {
    action: 'report.removed',
    accountId: report.accountId,
    subject: { kind: 'report', id: report.id, name: reportNames[report.kind] },
    before: { when: scheduleWords(report.schedule) },
  }),
]
