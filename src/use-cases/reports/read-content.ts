import { read } from '#src/db/query.ts'
import { contentReads, type Looking, mostRows } from '#src/db/report-contents.ts'
import { listRecipients, type ReportRow } from '#src/db/reports.ts'
import { addDays, type Day, dayOf } from '#src/domain/day.ts'
import { contentOf } from '#src/domain/reports/content.ts'
import { spanOf, toldReport } from '#src/domain/reports/told-report.ts'
import type { Deps } from '../deps.ts'

const lookingFrom = (now: Date, first: Day, last: Day): Looking => ({
  ...{ first, last, now },
  since: spanOf({ today: first, leadDays: 0 }).since,
})

/** Where a report looks of whose zone nothing is known yet: the day of any zone is that of UTC, the one before or after. */
export const lookingAnywhere = (now: Date): Looking => lookingFrom(now, addDays(dayOf(now), -1), addDays(dayOf(now), 1))

/** What a report would tell now, and whom; one round trip. */
export async function readContent(deps: Deps, report: ReportRow, now: Date) {
  const told = toldReport(report, now)
  const looking = lookingFrom(now, told.today, told.today)
  const [recipients, ...sources] = await read(deps.db, [listRecipients(report.id), ...contentReads(report.id, looking)])
  return { recipients, content: { ...contentOf(told, sources, mostRows), report: told } }
}
