import { build, write } from './query.ts'
import { events } from './schema/records.ts'

export type NewEvent = typeof events.$inferInsert

/** Writes one line of the audit trail; it stands in the batch of the change it tells of. */
export const insertEvent = (event: NewEvent) => write(build.insert(events).values(event))
