import type { RecipientRow, ReportRow } from '#src/db/reports.ts'

/** A report with whom it goes to, as pages show it. */
export const reportView = (report: ReportRow, recipients: readonly RecipientRow[]) => ({
  ...report,
  emails: recipients
    .filter(({ reportId }) => reportId === report.id)
    .map((one) => ({ email: one.email, state: stateOf(one) })),
})

const stateOf = ({ confirmedAt, unsubscribedAt }: RecipientRow) =>
  unsubscribedAt ? ('unsubscribed' as const) : confirmedAt ? ('reached' as const) : ('asked' as const)
