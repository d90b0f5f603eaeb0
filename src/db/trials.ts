import { build, write } from './query.ts'
import { trials } from './schema/sellers.ts'

/** Notes that an end customer had their trial of a product; a second one violates the primary key (Decision 8). */
export const insertTrial = (trial: typeof trials.$inferInsert) => write(build.insert(trials).values(trial))
