import { periodOf } from '#src/domain/billing/period.ts'
import { addDays } from '#src/domain/day.ts'
import type { ReportContent } from '#src/domain/reports/content.ts'
import { type ReportKind, reportNames } from '#src/domain/reports/report.ts'
import { spanOf, type ToldReport } from '#src/domain/reports/told-report.ts'
import { counted, dayInWords } from '../words.ts'
import type { LetterContent } from './letter.tsx'

/** How many rows stand in the letter itself; all of them are in the CSV. */
const shownRows = 20
/** Columns of the letter's table; the CSV has the others too. */
const shownColumns = 5

export type ReportLetter = ToldReport & { readonly content: ReportContent; readonly isTest: boolean }

const nouns: Record<ReportKind, string> = {
  'support-ends': 'license',
  'license-ends': 'trial',
  'subscription-ends': 'subscription',
  'stale-computers': 'computer',
  'low-credits': 'offer',
  costs: 'cost',
}

/** What the subject says at once: by when or as of when, and how much was found; of costs, what they come to. */
function subjectOf(report: ReportLetter): string {
  const { kind, content, accountName, isTest, today } = report
  const found = content.rows.length
  const counts = `${counted(found, nouns[kind])}${content.isCut ? ' and more' : ''}`
  const what = kind === 'costs' ? (content.figures.at(-1)?.[1] ?? counts) : counts
  const when = kind.endsWith('-ends') ? `by ${dayInWords(spanOf(report).until)}` : `as of ${dayInWords(today)}`
  const name = `${isTest ? 'Test: ' : ''}${reportNames[kind]} ${when}`
  return `${name}: ${found === 0 ? 'nothing to report' : what}, ${accountName}`
}

/** What was looked for, of which product, in which days. */
function lookedFor(report: ReportLetter): string {
  const { kind, productName, leadDays, today, timeZone } = report
  const { since, until } = spanOf(report)
  const of = productName ? ` of ${productName}` : ''
  const within = `from ${dayInWords(since)} to ${dayInWords(until)}`
  const sought: Record<ReportKind, string> = {
    'support-ends': `support${of} that ends ${within}`,
    'license-ends': `trials${of} that end ${within}`,
    'subscription-ends': `canceled subscriptions${of} that end ${within}`,
    'stale-computers': `computers${productName ? ` with ${productName}` : ''} that are silent for ${counted(leadDays, 'day')} or longer`,
    'low-credits': `offers${of} of which few credits are left`,
    costs: `costs${of} since ${dayInWords(periodOf(addDays(today, -leadDays)))}`,
  }
  return `${sought[kind]}, as of ${dayInWords(today)}, ${timeZone}.`
}

/** A report by mail: figures first, then the table; all of it is attached as CSV. */
export function reportLetter(report: ReportLetter, urls: { list: string; unsubscribe: string }): LetterContent {
  const { content, words } = report
  const more = content.rows.length - shownRows
  return {
    subject: subjectOf(report),
    greeting: 'Hello,',
    paragraphs: [
      lookedFor(report),
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
