import { type SQL, sql } from 'drizzle-orm'
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core'
import { accountInReach } from './reach.ts'
import { accounts } from './schema/accounts.ts'

/** Whether a row is of the reader's own account, and not of one below: logins and API keys are nobody else's. */
export const isOwn = (accountId: SQLiteColumn): SQL =>
  sql`${accountId} = (select ${accounts.id} from ${accounts} where ${accounts.n} = ${accountInReach})`
