import type { ReportContent } from '#src/domain/reports/content.ts'
import { type ReportKind, reportNames } from '#src/domain/reports/report.ts'
import { counted } from '../words.ts'
import type { LetterContent } from './letter.tsx'

/** How many rows stand in the letter itself; all of them are in the CSV. */
const shownRows = 20
/** Columns of the letter's table; the CSV has the others too. */
const shownColumns = 5

export type ReportLetter = {
  readonly kind: ReportKind
  readonly accountName: string
  readonly productName: string | null
  readonly words: string
  readonly content: ReportContent
  readonly isTest: boolean
}

const nouns: Record<ReportKind, string> = {
  'support-ends': 'support',
  'license-ends': 'trial',
  'subscription-ends': 'subscription',
  'stale-computers': 'stale computer',
  'low-credits': 'low offer',
  costs: 'cost',
}

/** What the subject says at once: how much was found; of costs, what they come to. */
function subjectOf({ kind, content, accountName, isTest }: ReportLetter): string {
  const found = content.rows.length
  const counts = `${counted(found, nouns[kind])}${content.isCut ? ' and more' : ''}`
  const what = kind === 'costs' ? (content.figures.at(-1)?.[1] ?? counts) : counts
  return `${isTest ? 'Test: ' : ''}${reportNames[kind]}: ${found === 0 ? 'nothing to report' : what}, ${accountName}`
}

/** A report by mail: figures first, then the table; all of it is attached as CSV. */
export function reportLetter(report: ReportLetter, urls: { list: string; unsubscribe: string }): LetterContent {
  const { content, words, productName, kind } = report
  const more = content.rows.length - shownRows
  return {
    subject: subjectOf(report),
    greeting: 'Hello,',
    paragraphs: [
      `${reportNames[kind].toLowerCase()}${productName ? ` of ${productName}` : ''}, as of today.`,
      ...(content.rows.length === 0 ? ['There is nothing to report.'] : []),
      ...(more > 0
        ? [
            `The first ${shownRows} stand below; the attached CSV has ${content.isCut ? 'the first ' : 'all '}${content.rows.length}.`,
          ]
        : []),
    ],
    facts: content.figures,
    ...(content.rows.length > 0 ? { table: tableOf(content) } : {}),
    link: { label: 'Open the list', url: urls.list },
    reason: `You get this ${words} because somebody of your account asked for it. To get no more of it: ${urls.unsubscribe}`,
  }
}

const tableOf = ({ head, rows }: ReportContent) => ({
  head: head.slice(0, shownColumns),
  rows: rows.slice(0, shownRows).map((row) => row.slice(0, shownColumns)),
})

export type ReportConfirmationParams = {
  readonly accountName: string
  readonly kind: ReportKind
  readonly words: string
}

/** Asks an address that is not of the account whether it wants a report. */
export const reportConfirmationLetter = (
  { accountName, kind, words }: ReportConfirmationParams,
  url: string,
): LetterContent => ({
  subject: `${accountName} wants to send you a report`,
  greeting: 'Hello,',
  paragraphs: [
    `${accountName} entered this address for the report "${reportNames[kind]}", ${words}. Nothing is sent before you say that you want it.`,
  ],
  link: { label: 'Get this report', url },
  reason: 'If you do not want it, do nothing: no further letter comes.',
})
