import { sql } from 'drizzle-orm'
import {
  type AnySQLiteColumn,
  check,
  index,
  integer,
  primaryKey,
  sqliteTable,
  text,
  uniqueIndex,
} from 'drizzle-orm/sqlite-core'
import { accountKinds } from '#src/domain/accounts/account.ts'
import { roles } from '#src/domain/accounts/permissions.ts'
import type { Id } from '#src/domain/ids.ts'
import { instant, json, oneOf } from './columns.ts'

/**
 * The tree vendor → partners → resellers (to any depth) → customers. `n` is the row's small key, used by the reach
 * tables; `id` is what everybody else sees.
 */
export const accounts = sqliteTable(
  'accounts',
  {
    n: integer('n').primaryKey({ autoIncrement: true }),
    id: text('id').$type<Id<'account'>>().notNull().unique(),
    parentId: text('parent_id')
      .$type<Id<'account'>>()
      .references((): AnySQLiteColumn => accounts.id),
    kind: text('kind', { enum: accountKinds }).notNull(),
    name: text('name').notNull(),
    email: text('email').notNull(),
    emailKey: text('email_key').notNull(),
    country: text('country'),
    city: text('city'),
    providerAccountId: text('provider_account_id'),
    suspendedAt: instant('suspended_at'),
    /** Credits of an offer at or below this are shown as low. */
    lowCreditsAt: integer('low_credits_at').notNull().default(5),
    /** Days without a check-in after which the clock removes a computer; null never does. */
    removeStaleAfterDays: integer('remove_stale_after_days'),
    version: integer('version').notNull().default(1),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [
    oneOf('account_kind', t.kind, accountKinds),
    check('account_low_credits', sql`${t.lowCreditsAt} >= 0`),
    check('account_parent', sql`(${t.kind} = 'vendor') = (${t.parentId} is null)`),
    uniqueIndex('account_one_vendor').on(t.kind).where(sql`${t.kind} = 'vendor'`),
    uniqueIndex('account_customer_email').on(t.parentId, t.emailKey).where(sql`${t.kind} = 'customer'`),
    index('accounts_parent').on(t.parentId),
    index('accounts_email').on(t.emailKey),
  ],
)

/** Every pair of an account and one below it, itself included. Kept by triggers alone. */
export const accountReach = sqliteTable(
  'account_reach',
  {
    ancestorN: integer('ancestor_n').notNull(),
    descendantN: integer('descendant_n').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.ancestorN, t.descendantN] }),
    index('account_reach_up').on(t.descendantN, t.ancestorN),
  ],
)

/** Who signs in with a password. A shop customer needs none: an order number is enough (Decision 2). */
export const logins = sqliteTable(
  'logins',
  {
    id: text('id').$type<Id<'login'>>().primaryKey(),
    accountId: text('account_id')
      .$type<Id<'account'>>()
      .notNull()
      .references(() => accounts.id),
    /** The login name as typed; sub-logins have none and use their e-mail. */
    login: text('login'),
    loginKey: text('login_key'),
    name: text('name').notNull(),
    email: text('email').notNull(),
    emailKey: text('email_key').notNull(),
    role: text('role', { enum: roles }).notNull(),
    /** The login that made the account: it alone handles sub-logins, roles and API keys (Decision 11). */
    isMaster: integer('is_master', { mode: 'boolean' }).notNull().default(false),
    passwordHash: text('password_hash'),
    mustChangePassword: integer('must_change_password', { mode: 'boolean' }).notNull().default(false),
    disabledAt: instant('disabled_at'),
    lastSignInAt: instant('last_sign_in_at'),
    version: integer('version').notNull().default(1),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [
    oneOf('login_role', t.role, roles),
    uniqueIndex('login_name_taken').on(t.loginKey).where(sql`${t.loginKey} is not null`),
    uniqueIndex('login_email_taken').on(t.emailKey),
    uniqueIndex('login_one_master').on(t.accountId).where(sql`${t.isMaster} = 1`),
    index('logins_account').on(t.accountId),
  ],
)

/** Bearer keys for scripts. Shown once; the row keeps the SHA-256 and enough of the start to recognize it. */
export const apiKeys = sqliteTable(
  'api_keys',
  {
    id: text('id').$type<Id<'apiKey'>>().primaryKey(),
    accountId: text('account_id')
      .$type<Id<'account'>>()
      .notNull()
      .references(() => accounts.id),
    name: text('name').notNull(),
    hash: text('hash').notNull().unique(),
    hint: text('hint').notNull(),
    access: text('access', { enum: ['read', 'write'] }).notNull(),
    role: text('role', { enum: roles }).notNull(),
    /** Whether it acts as the account's master login. */
    isMaster: integer('is_master', { mode: 'boolean' }).notNull().default(false),
    /** Addresses and CIDR ranges it may be used from; null is from everywhere. */
    allowedRanges: json('allowed_ranges').$type<readonly string[]>(),
    expiresAt: instant('expires_at'),
    lastUsedAt: instant('last_used_at'),
    revokedAt: instant('revoked_at'),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [
    oneOf('api_key_access', t.access, ['read', 'write']),
    oneOf('api_key_role', t.role, roles),
    index('api_keys_account').on(t.accountId),
  ],
)
