import { sql } from 'drizzle-orm'
import { build, compile } from './query.ts'

/** What the newest migration made last; `test/db/triggers.test.ts` holds it against the migrations. */
export const newestTrigger = 'provider_charges_invoice'

const state = compile(
  build.select({ found: sql<number>`count(*)` }).from(sql`sqlite_master`).where(sql`name = ${newestTrigger}`),
)

/** Whether the database's schema is as new as this build. */
export const findSchemaState = () => state()
