import { digestCalls } from '#src/api/digests.ts'
import { jobCalls } from '#src/api/jobs.ts'
import { outboxCalls } from '#src/api/outbox.ts'
import { reportCalls } from '#src/api/reports.ts'
import { warningCalls } from '#src/api/warnings.ts'
import type { Timetable } from '#src/use-cases/jobs/job.ts'
import { bulkReportPages } from '#src/web/bulk-reports.tsx'
import { digestPages } from '#src/web/digests.tsx'
import { jobPages } from '#src/web/jobs.tsx'
import { outboxPages } from '#src/web/outbox.tsx'
import { reportPages } from '#src/web/reports.tsx'
import { warningPages } from '#src/web/warnings.tsx'
import { partOf } from './part.ts'

/** The timetable is evaluated when somebody looks at it. */
const timetable = async (): Promise<Timetable> => (await import('#src/jobs/schedule.ts')).timetable

/** What the clock does and tells: reports, warnings, and the vendor's pages about jobs and letters. */
export const reports = partOf({
  calls: [reportCalls, warningCalls, digestCalls, jobCalls(timetable), outboxCalls],
  pages: [bulkReportPages, reportPages, warningPages, digestPages, jobPages(timetable), outboxPages],
})
