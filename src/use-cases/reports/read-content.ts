import { read } from '#src/db/query.ts'
import { contentReads, mostRows } from '#src/db/report-contents.ts'
import { listRecipients, type ReportRow } from '#src/db/reports.ts'
import { addDays } from '#src/domain/day.ts'
import { contentOf } from '#src/domain/reports/content.ts'
import { dayIn } from '#src/domain/reports/zone.ts'
import type { Deps } from '../deps.ts'

/** Ends of so many days before are told too, as what ended lately. */
const lately = 14

/** On which day of a zone a report looks. */
export const lookingFrom = (now: Date, timeZone: string) => {
  const today = dayIn(now, timeZone)
  return { today, since: addDays(today, -lately), now }
}

/** What a report would tell now, and whom; one round trip. */
export async function readContent(
  deps: Deps,
  { id, kind, schedule }: Pick<ReportRow, 'id' | 'kind' | 'schedule'>,
  now: Date,
) {
  const looking = lookingFrom(now, schedule.timeZone)
  const [recipients, ...sources] = await read(deps.db, [listRecipients(id), ...contentReads(id, looking)])
  return { recipients, content: contentOf(kind, sources, looking.today, mostRows) }
}
