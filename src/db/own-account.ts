import { type SQL, sql } from 'drizzle-orm'
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core'
import { accountInReach } from './reach.ts'

/** The id of the reader's own account. */
export const ownAccount: SQL = sql`(select me.id from accounts as me where me.n = ${accountInReach})`

/** Whether a row is of the reader's own account, and not of one below: logins and API keys are nobody else's. */
export const isOwn = (accountId: SQLiteColumn): SQL => sql`${accountId} = ${ownAccount}`
