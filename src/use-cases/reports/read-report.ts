import { read } from '#src/db/query.ts'
import { findRecipient, findReportById, findRun } from '#src/db/reports.ts'
import type { ReportContent } from '#src/domain/reports/content.ts'
import { isReached } from '#src/domain/reports/reached.ts'
import { type ToldReport, toldReport } from '#src/domain/reports/told-report.ts'
import { csvFile } from '#src/gateways/csv.ts'
import type { Attachment } from '#src/gateways/mail.ts'
import { reportLetter } from '#views/letters/reports.ts'
import { paths } from '#views/paths.ts'
import type { Deps } from '../deps.ts'
import { Pointless } from '../letters/pointless.ts'
import { headersOf, type MailedLetter } from '../letters/unsubscribe.ts'
import { listOf } from './list-of.ts'
import { readContent } from './read-content.ts'

export type ReportLetterParams = {
  readonly reportId: string
  /** The run it is of, in milliseconds; none for a test, which tells how things stand when it is sent. */
  readonly dueAt?: number
  readonly recipientId?: string
}

/**
 * A report as a letter: its run as it was kept, so that every try says the same, the CSV, and the way out (RFC 8058). Throws
 * where the report or the run is gone, or its address wants it no more.
 */
export async function readReport(
  deps: Deps,
  { reportId, dueAt, recipientId }: ReportLetterParams,
): Promise<MailedLetter> {
  const [[report], [run], [recipient]] = await read(deps.db, [
    findReportById(reportId),
    findRun(reportId, dueAt ?? 0),
    findRecipient(recipientId ?? ''),
  ])
  const isTest = dueAt === undefined
  if (!report) throw new Pointless('The report was removed')
  if (!isTest && !run) throw new Pointless('The run was forgotten')
  if (!isTest && !isReached(recipient)) throw new Pointless('Its address wants it no more')
  const content = run?.content ?? (await readContent(deps, report, deps.now())).content
  const told = content.report ?? toldReport(report, run?.ranAt ?? deps.now())
  const { origin } = deps.settings
  const token = recipient ? await deps.secrets.tokenFor('recipient', recipient.id) : null
  const unsubscribe = origin + (token ? paths.link(token) : paths.reports)
  return {
    letter: reportLetter({ ...told, content, isTest }, { list: origin + listOf(told), unsubscribe }),
    headers: token ? headersOf(unsubscribe) : {},
    attachments: [csvOf(told, content)],
  }
}

const csvOf = ({ kind, today }: ToldReport, { head, rows }: ReportContent): Attachment => ({
  filename: `${kind}-${today}.csv`,
  type: 'text/csv',
  text: csvFile([head, ...rows]),
})
