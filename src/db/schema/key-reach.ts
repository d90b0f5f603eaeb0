import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { Id } from '#src/domain/ids.ts'
import { day, instant } from './columns.ts'

/**
 * Activation keys below each account, with every column they are sorted or searched by. A key stands there once for each
 * way to narrow a list to it: under its product and under `''` for any, and under whether it limits its servers and `''`
 * for either; so that a list that is narrowed goes along one index as a whole one does. Kept by triggers alone.
 */
export const keyReach = sqliteTable(
  'key_reach',
  {
    accountN: integer('account_n').notNull(),
    productCode: text('product_code').notNull(),
    servers: text('servers', { enum: ['', 'limited', 'unlimited'] }).notNull(),
    /** Whether it belongs to an account below: one's own keys stand first. */
    below: integer('below', { mode: 'boolean' }).notNull(),
    keyId: text('key_id').$type<Id<'activationKey'>>().notNull(),
    createdAt: instant('created_at').notNull(),
    /** The name in lower case. */
    nameKey: text('name_key').notNull(),
    codeNormal: text('code_normal').notNull(),
    used: integer('used').notNull(),
    /** `9999-12-31` for a key that never ends: it sorts after every day. */
    expiresOn: day('expires_on').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.accountN, t.productCode, t.servers, t.keyId] }),
    index('key_reach_made').on(t.accountN, t.productCode, t.servers, t.below, t.createdAt, t.keyId),
    index('key_reach_name').on(t.accountN, t.productCode, t.servers, t.below, t.nameKey, t.keyId),
    index('key_reach_code').on(t.accountN, t.productCode, t.servers, t.below, t.codeNormal, t.keyId),
    index('key_reach_used').on(t.accountN, t.productCode, t.servers, t.below, t.used, t.keyId),
    index('key_reach_expires').on(t.accountN, t.productCode, t.servers, t.below, t.expiresOn, t.keyId),
    index('key_reach_key').on(t.keyId),
  ],
)

/** The numbers under which full-text search knows the keys. Kept by triggers alone. */
export const keyNumbers = sqliteTable('key_numbers', {
  n: integer('n').primaryKey({ autoIncrement: true }),
  keyId: text('key_id').$type<Id<'activationKey'>>().notNull().unique(),
})
