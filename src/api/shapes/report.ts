import type { RecipientRow, ReportRow, RunRow } from '#src/db/reports.ts'
import { scheduleWords } from '#src/domain/reports/timing.ts'

/** A report as the API shows it. */
export const reportShape = (report: ReportRow, recipients: readonly RecipientRow[]) => ({
  id: report.id,
  kind: report.kind,
  product: report.productCode,
  leadDays: report.leadDays,
  ...report.schedule,
  words: scheduleWords(report.schedule),
  sendsEmpty: report.sendsEmpty,
  active: report.active,
  nextDueAt: report.nextDueAt.toISOString(),
  emails: recipients
    .filter(({ reportId }) => reportId === report.id)
    .map(({ email, confirmedAt, unsubscribedAt }) => ({
      email,
      confirmed: confirmedAt !== null,
      unsubscribed: unsubscribedAt !== null,
    })),
  version: report.version,
})

/** One report with its last runs. */
export const reportWithRunsShape = (
  report: ReportRow,
  recipients: readonly RecipientRow[],
  runs: readonly RunRow[],
) => ({
  ...reportShape(report, recipients),
  runs: runs.map(({ dueAt, ranAt, state, rows, letters }) => ({
    ...{ dueAt: dueAt.toISOString(), ranAt: ranAt.toISOString(), state, rows, letters },
  })),
})
