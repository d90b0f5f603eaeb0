import { sql } from 'drizzle-orm'
import { type AnySQLiteColumn, index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import type { Id } from '#src/domain/ids.ts'
import { accounts } from './accounts.ts'
import { products } from './catalog.ts'
import { instant, json } from './columns.ts'
import { activationKeys, licenses } from './licenses.ts'

/** A computer, unique by account and fingerprint (Decision 13). Pages of server products say "server". */
export const computers = sqliteTable(
  'computers',
  {
    n: integer('n').primaryKey({ autoIncrement: true }),
    id: text('id').$type<Id<'computer'>>().notNull().unique(),
    accountId: text('account_id')
      .$type<Id<'account'>>()
      .notNull()
      .references((): AnySQLiteColumn => accounts.id),
    fingerprint: text('fingerprint').notNull(),
    name: text('name').notNull(),
    ip: text('ip'),
    registeredAt: instant('registered_at').notNull(),
    lastCheckInAt: instant('last_check_in_at'),
    removedAt: instant('removed_at'),
    version: integer('version').notNull().default(1),
  },
  (t) => [
    uniqueIndex('computer_fingerprint').on(t.accountId, t.fingerprint),
    index('computers_name').on(t.accountId, t.name, t.n),
    index('computers_registered').on(t.accountId, t.registeredAt, t.n),
    index('computers_seen').on(t.accountId, t.lastCheckInAt, t.n),
  ],
)

/**
 * One product on one computer. Its triggers count computers per key and per account and product, and put the computer
 * on the license.
 */
export const activations = sqliteTable(
  'activations',
  {
    id: text('id').$type<Id<'activation'>>().primaryKey(),
    computerId: text('computer_id')
      .$type<Id<'computer'>>()
      .notNull()
      .references(() => computers.id),
    accountId: text('account_id')
      .$type<Id<'account'>>()
      .notNull()
      .references(() => accounts.id),
    productCode: text('product_code')
      .notNull()
      .references(() => products.code),
    keyId: text('key_id')
      .$type<Id<'activationKey'>>()
      .notNull()
      .references(() => activationKeys.id),
    licenseId: text('license_id')
      .$type<Id<'license'>>()
      .references(() => licenses.id),
    tokenHash: text('token_hash').notNull().unique(),
    installed: json('installed'),
    activatedAt: instant('activated_at').notNull(),
    lastCheckInAt: instant('last_check_in_at'),
    releasedAt: instant('released_at'),
  },
  (t) => [
    uniqueIndex('activation_once').on(t.computerId, t.productCode),
    uniqueIndex('license_on_one_computer')
      .on(t.licenseId)
      .where(sql`${t.releasedAt} is null and ${t.licenseId} is not null`),
    index('activations_key').on(t.keyId, t.releasedAt),
    index('activations_license').on(t.licenseId),
    index('activations_account').on(t.accountId, t.productCode),
  ],
)
