import { read } from '#src/db/query.ts'
import { findRecipient, findReportById, findRun, type ReportRow } from '#src/db/reports.ts'
import { dayOf } from '#src/domain/day.ts'
import type { ReportContent } from '#src/domain/reports/content.ts'
import type { ReportKind } from '#src/domain/reports/report.ts'
import { scheduleWords } from '#src/domain/reports/timing.ts'
import { csvFile } from '#src/gateways/csv.ts'
import type { Attachment } from '#src/gateways/mail.ts'
import { reportLetter } from '#views/letters/reports.ts'
import { paths, withQuery } from '#views/paths.ts'
import type { Deps } from '../deps.ts'
import { Pointless } from '../letters/pointless.ts'
import { headersOf, type MailedLetter } from '../letters/unsubscribe.ts'
import { readContent } from './read-content.ts'

export type ReportLetterParams = {
  readonly reportId: string
  /** The run it is of, in milliseconds; none for a test, which tells how things stand when it is sent. */
  readonly dueAt?: number
  readonly recipientId?: string
}

/** Where each kind stands as a list of the portal. */
const lists: Record<ReportKind, string> = {
  'support-ends': paths.support,
  'license-ends': withQuery(paths.licenses, { only: 'trial' }),
  'subscription-ends': paths.subscriptions,
  'stale-computers': withQuery(paths.computers, { state: 'stale' }),
  'low-credits': paths.credits,
  costs: paths.costs,
}

/** A report as a letter: its run as it was kept, the CSV, and the way out (RFC 8058). Throws where it was removed meanwhile. */
export async function readReport(
  deps: Deps,
  { reportId, dueAt, recipientId }: ReportLetterParams,
): Promise<MailedLetter> {
  const [[report], [run], [recipient]] = await read(deps.db, [
    findReportById(reportId),
    findRun(reportId, dueAt ?? 0),
    findRecipient(recipientId ?? ''),
  ])
  if (!report) throw new Pointless('The report was removed')
  const content = run?.content ?? (await readContent(deps, report, deps.now())).content
  const { origin } = deps.settings
  const token = recipient ? await deps.secrets.tokenFor('recipient', recipient.id) : null
  const unsubscribe = origin + (token ? paths.link(token) : paths.reports)
  const words = scheduleWords(report.schedule)
  const isTest = dueAt === undefined
  return {
    letter: reportLetter({ ...report, words, content, isTest }, { list: origin + lists[report.kind], unsubscribe }),
    headers: token ? headersOf(unsubscribe) : {},
    attachments: [csvOf(report, content, run?.dueAt ?? deps.now())],
  }
}

const csvOf = ({ kind }: ReportRow, { head, rows }: ReportContent, at: Date): Attachment => ({
  filename: `${kind}-${dayOf(at)}.csv`,
  type: 'text/csv',
  text: csvFile([head, ...rows]),
})
