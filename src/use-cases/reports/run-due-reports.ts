import { commit, Violation } from '#src/db/commit.ts'
import { read } from '#src/db/query.ts'
import {
  advanceReport,
  deleteOldRuns,
  insertRun,
  listDueReports,
  type RecipientRow,
  type ReportRow,
} from '#src/db/reports.ts'
import type { ReportContent } from '#src/domain/reports/content.ts'
import { isReached } from '#src/domain/reports/reached.ts'
import type { RunState } from '#src/domain/reports/report.ts'
import { dueAfter, lastDue } from '#src/domain/reports/timing.ts'
import type { Deps } from '../deps.ts'
import { workOff } from '../jobs/work-off.ts'
import { post } from '../record.ts'
import { readContent } from './read-content.ts'

const atOnce = 20
const rounds = 25

/**
 * Makes every report that is due: its run, its letters and when the next one is due are one batch, and a run is a row of
 * the report and the instant at which it was due. So each is made once, however often, at once, or interrupted this is
 * called; what was missed while nothing ran is told once, as it stands now. One that fails holds up no other. Returns how many
 * reports were made.
 */
export async function runDueReports(deps: Deps): Promise<number> {
  const { done } = await workOff(deps, {
    ...{ rounds, atOnce },
    list: async (limit) => (await read(deps.db, [listDueReports(deps.now(), limit)]))[0],
    act: (report) => ran(deps, report),
  })
  return done
}

/** Whether this call is the one that made it. */
async function ran(deps: Deps, report: ReportRow): Promise<boolean> {
  const now = deps.now()
  const dueAt = lastDue(report.schedule, report.nextDueAt, now)
  const { recipients, content } = await readContent(deps, report, now)
  const reached = recipients.filter(isReached)
  const state = stateOf(content, report, reached)
  const told = state === 'sent' ? reached : []
  try {
    await commit(deps.db, [
      insertRun({
        ...{ reportId: report.id, dueAt, state, rows: content.rows.length, content },
        ...{ letters: told.length, ranAt: now },
      }),
      deleteOldRuns(report.id),
      ...told.map((recipient) => letterTo(deps, report, recipient, dueAt)),
      advanceReport(report.id, report.nextDueAt, dueAfter(report.schedule, now)),
    ])
    return true
  } catch (error) {
    if (error instanceof Violation && error.constraint === runThere) return false
    throw error
  }
}

/** Somebody else made it meanwhile. */
const runThere = 'report_runs.report_id, report_runs.due_at'

function stateOf(content: ReportContent, report: ReportRow, reached: readonly RecipientRow[]): RunState {
  if (content.rows.length === 0 && !report.sendsEmpty) return 'empty'
  return reached.length === 0 ? 'nobody' : 'sent'
}

const letterTo = (deps: Deps, report: ReportRow, { id, email }: RecipientRow, dueAt: Date) =>
  post(deps, {
    ...{ template: 'report', accountId: report.accountId, to: email, once: `${report.id}:${dueAt.getTime()}:${id}` },
    params: { reportId: report.id, dueAt: dueAt.getTime(), recipientId: id },
  })
