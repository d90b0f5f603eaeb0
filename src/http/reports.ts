import { contentReads, mostRows } from '#src/db/report-contents.ts'
import { findReport, listAllRecipients, listRecipients, listReports, listRuns } from '#src/db/reports.ts'
import { refuse } from '#src/domain/refusal.ts'
import { contentOf } from '#src/domain/reports/content.ts'
import { readableBy } from '#src/domain/reports/readable.ts'
import { toldReport } from '#src/domain/reports/told-report.ts'
import { printReport } from '#src/use-cases/reports/print-report.ts'
import { lookingAnywhere } from '#src/use-cases/reports/read-content.ts'
import { ask } from './ask.ts'
import type { HttpContext } from './context.ts'
import { fileResponse } from './files.ts'

/** The account's reports that the reader may read, and whom they go to. */
export async function readReports(c: HttpContext) {
  const { actor, rows } = await ask(c, (reach) => [listReports(reach), listAllRecipients(reach)])
  return { actor, reports: readableBy(actor, rows[0]), recipients: rows[1] }
}

/** A report with whom it goes to and its last runs. Refuses `not-found`, also where the reader may not read its kind. */
export async function readReportTerms(c: HttpContext, id: string) {
  const { actor, rows } = await ask(c, (reach) => [findReport(reach, id), listRecipients(id), listRuns(id)])
  const [found, recipients, runs] = rows
  const [report] = readableBy(actor, found)
  return report ? { actor, report, recipients, runs } : refuse({ code: 'not-found' })
}

/**
 * The same with what it would tell now, in one round trip: its content is read by its id and thrown away where the report
 * is not one's own. Refuses `not-found`.
 */
export async function readReportNow(c: HttpContext, id: string) {
  const now = c.var.deps.now()
  const { actor, rows } = await ask(c, (reach) => [
    findReport(reach, id),
    listRecipients(id),
    listRuns(id),
    ...contentReads(id, lookingAnywhere(now)),
  ])
  const [found, recipients, runs, ...sources] = rows
  const [report] = readableBy(actor, found)
  if (!report) return refuse({ code: 'not-found' })
  const told = toldReport(report, now)
  return { actor, report, told, recipients, runs, content: contentOf(told, sources, mostRows) }
}

/** A report as it stands now, as a PDF file. Refuses `not-found`. */
export async function reportAsPdf(c: HttpContext, id: string): Promise<Response> {
  const { told, content } = await readReportNow(c, id)
  const { now, settings } = c.var.deps
  const pdf = await printReport(told, content, { now: now(), vendorName: settings.vendorName })
  return fileResponse(c, `${told.kind}-${told.today}.pdf`, pdf)
}
