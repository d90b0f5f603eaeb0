import type { ReportContent } from '#src/domain/reports/content.ts'
import { reportNames } from '#src/domain/reports/report.ts'
import type { ToldReport } from '#src/domain/reports/told-report.ts'
import { type PdfBlock, pdfOf } from '#src/gateways/pdf.ts'

/** A report as PDF: figures first, how many end in each month, then the rows. */
export function printReport(
  { kind, productName, accountName, timeZone, today }: ToldReport,
  { figures, months, head, rows, isCut }: ReportContent,
  { now, vendorName }: { readonly now: Date; readonly vendorName: string },
): Promise<Uint8Array<ArrayBuffer>> {
  const name = reportNames[kind]
  const list: readonly PdfBlock[] =
    rows.length === 0
      ? [{ is: 'text', text: 'There is nothing to report.' }]
      : [{ is: 'table', head, rows, figures: ['Days left', 'Credits', 'Amount'].map((name) => head.indexOf(name)) }]
  return pdfOf({
    title: name,
    author: vendorName,
    foot: `${name} · ${accountName} · ${today}`,
    isLandscape: true,
    madeAt: now,
    blocks: [
      { is: 'text', text: `${accountName}, ${productName ?? 'all products'}`, isSoft: true },
      { is: 'text', text: `As of ${today}, ${timeZone}`, isSoft: true },
      { is: 'facts', facts: figures },
      ...(months.length > 0 ? monthsOf(months) : []),
      ...list,
      ...(isCut ? [{ is: 'text', text: `The first ${rows.length}; there are more.`, isSoft: true } as const] : []),
    ],
  })
}

const monthsOf = (months: ReportContent['months']): readonly PdfBlock[] => [
  { is: 'heading', text: 'Ends by month' },
  { is: 'facts', facts: months.map(([month, count]) => [month, String(count)] as const) },
]
