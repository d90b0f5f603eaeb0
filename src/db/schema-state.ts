import { sql } from 'drizzle-orm'
import { build, compile } from './query.ts'

/** What the newest migration brought last by a new name; `test/db/triggers.test.ts` holds it against the migrations. */
export const newestInSchema = 'balance_entries_item'

const state = compile(
  build.select({ found: sql<number>`count(*)` }).from(sql`sqlite_master`).where(sql`name = ${newestInSchema}`),
)

/** Whether the database's schema is as new as this build. */
export const findSchemaState = () => state()
