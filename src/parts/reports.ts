import { reportCalls } from '#src/api/reports.ts'
import { reportPages } from '#src/web/reports.tsx'
import { partOf } from './part.ts'

/** What the clock does and tells: reports, warnings, and the vendor's pages about jobs and letters. */
export const reports = partOf({ calls: [reportCalls], pages: [reportPages] })
