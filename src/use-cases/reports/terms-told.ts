import { type ReportTerms, reportNames } from '#src/domain/reports/report.ts'
import { scheduleWords } from '#src/domain/reports/timing.ts'

/** What the trail says of a report: all that can be chosen of it, in words. */
export const termsTold = (
  { kind, productCode, leadDays, schedule, sendsEmpty, active }: ReportTerms & { readonly active: boolean },
  emails: readonly { readonly email: string }[],
) => ({
  ...{ about: reportNames[kind], product: productCode ?? 'all', leadDays, when: scheduleWords(schedule), sendsEmpty },
  ...{ active, emails: emails.map(({ email }) => email).join(', ') },
})
