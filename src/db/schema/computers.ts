import { sql } from 'drizzle-orm'
import {
  type AnySQLiteColumn,
  index,
  integer,
  primaryKey,
  sqliteTable,
  text,
  uniqueIndex,
} from 'drizzle-orm/sqlite-core'
import type { Product } from '#src/domain/computers/installed.ts'
import type { Id } from '#src/domain/ids.ts'
import { accounts } from './accounts.ts'
import { products } from './catalog.ts'
import { instant, json } from './columns.ts'
import { activationKeys, licenses } from './licenses.ts'

/** A group of computers of one account; a computer is in one or in none. */
export const computerGroups = sqliteTable(
  'computer_groups',
  {
    id: text('id').$type<Id<'computerGroup'>>().primaryKey(),
    accountId: text('account_id')
      .$type<Id<'account'>>()
      .notNull()
      .references(() => accounts.id),
    name: text('name').notNull(),
    /** The name in lower case without accents: what is unique. */
    nameKey: text('name_key').notNull(),
    version: integer('version').notNull().default(1),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [uniqueIndex('computer_group_name').on(t.accountId, t.nameKey)],
)

/**
 * A computer, unique by account and fingerprint (Decision 13). Pages of server products say "server". It is there
 * (`removedAt` null) while a product is active on it: the triggers of `activations` see to it.
 */
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
    /** What people see: the host name that the software told, or the name that was given on a page. */
    name: text('name').notNull(),
    /** The host name as the software told it last. */
    hostname: text('hostname').notNull().default(''),
    groupId: text('group_id')
      .$type<Id<'computerGroup'>>()
      .references(() => computerGroups.id, { onDelete: 'set null' }),
    ip: text('ip'),
    /** The address in a form that sorts by number: hexadecimal, four digits a group; see `ipKey`. */
    ipKey: text('ip_key').notNull().default(''),
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
    index('computers_group').on(t.groupId).where(sql`${t.groupId} is not null`),
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
    /** Counts the tokens of this activation: a released one that is activated anew gets another. */
    generation: integer('generation').notNull().default(1),
    installed: json('installed').$type<readonly Product[]>(),
    activatedAt: instant('activated_at').notNull(),
    lastCheckInAt: instant('last_check_in_at'),
    releasedAt: instant('released_at'),
    /** The removal that released it, by which it can be undone. */
    removalId: text('removal_id').$type<Id<'removal'>>(),
  },
  (t) => [
    uniqueIndex('activation_once').on(t.computerId, t.productCode),
    uniqueIndex('license_on_one_computer')
      .on(t.licenseId)
      .where(sql`${t.releasedAt} is null and ${t.licenseId} is not null`),
    index('activations_key').on(t.keyId, t.releasedAt),
    index('activations_license').on(t.licenseId),
    index('activations_account').on(t.accountId, t.productCode),
    index('activations_removal').on(t.removalId).where(sql`${t.removalId} is not null`),
  ],
)

/**
 * Computers below each account, once for each product that is active on it and once under `''` for any, with every
 * column they are sorted, filtered or searched by. Kept by triggers alone.
 */
export const computerReach = sqliteTable(
  'computer_reach',
  {
    accountN: integer('account_n').notNull(),
    productCode: text('product_code').notNull(),
    computerN: integer('computer_n').notNull(),
    /** The name in lower case. */
    nameKey: text('name_key').notNull(),
    ipKey: text('ip_key').notNull(),
    registeredAt: instant('registered_at').notNull(),
    /** The last check-in, of the product where there is one; 0 for never. */
    seenAt: instant('seen_at').notNull(),
    /** `''` for none. */
    groupId: text('group_id').notNull(),
    /** The key that activated the product; `''` under any product. */
    keyId: text('key_id').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.accountN, t.productCode, t.computerN] }),
    index('computer_reach_name').on(t.accountN, t.productCode, t.nameKey, t.computerN),
    index('computer_reach_ip').on(t.accountN, t.productCode, t.ipKey, t.computerN),
    index('computer_reach_registered').on(t.accountN, t.productCode, t.registeredAt, t.computerN),
    index('computer_reach_seen').on(t.accountN, t.productCode, t.seenAt, t.computerN),
    index('computer_reach_group').on(t.accountN, t.productCode, t.groupId, t.nameKey, t.computerN),
    index('computer_reach_key').on(t.accountN, t.keyId, t.nameKey, t.computerN).where(sql`key_id <> ''`),
    index('computer_reach_computer').on(t.computerN),
  ],
)

/** Computers that were removed together by a person or by the clock; undone, all their activations return. */
export const removals = sqliteTable(
  'removals',
  {
    id: text('id').$type<Id<'removal'>>().primaryKey(),
    accountId: text('account_id')
      .$type<Id<'account'>>()
      .notNull()
      .references(() => accounts.id),
    computers: integer('computers').notNull(),
    at: instant('at').notNull(),
    undoUntil: instant('undo_until').notNull(),
    undoneAt: instant('undone_at'),
  },
  (t) => [index('removals_account').on(t.accountId, t.at)],
)

/**
 * Computers released from a license, one by one. Those that count are limited for each license by the product's budget
 * of a year and its pause between two: triggers refuse `release_budget` and `release_cooldown` (R305).
 */
export const releases = sqliteTable(
  'releases',
  {
    id: text('id').$type<Id<'release'>>().primaryKey(),
    accountId: text('account_id')
      .$type<Id<'account'>>()
      .notNull()
      .references(() => accounts.id),
    licenseId: text('license_id').$type<Id<'license'>>().notNull(),
    productCode: text('product_code').notNull(),
    computerId: text('computer_id').$type<Id<'computer'>>().notNull(),
    computerName: text('computer_name').notNull(),
    /** False where the seller or the vendor released it. */
    counts: integer('counts', { mode: 'boolean' }).notNull(),
    at: instant('at').notNull(),
  },
  (t) => [index('releases_license').on(t.licenseId, t.at)],
)

/** Fingerprints that used the token of another computer's activation: a machine that was copied (R314). */
export const computerCopies = sqliteTable(
  'computer_copies',
  {
    activationId: text('activation_id')
      .$type<Id<'activation'>>()
      .notNull()
      .references(() => activations.id, { onDelete: 'cascade' }),
    fingerprint: text('fingerprint').notNull(),
    ip: text('ip').notNull(),
    times: integer('times').notNull().default(1),
    firstSeenAt: instant('first_seen_at').notNull(),
    lastSeenAt: instant('last_seen_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.activationId, t.fingerprint] })],
)
