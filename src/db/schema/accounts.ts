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
import { defaultLeads, type Lead } from '#src/domain/warnings/leads.ts'
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
    zip: text('zip').notNull().default(''),
    addressLine1: text('address_line_1').notNull().default(''),
    addressLine2: text('address_line_2').notNull().default(''),
    addressLine3: text('address_line_3').notNull().default(''),
    phone: text('phone').notNull().default(''),
    fax: text('fax').notNull().default(''),
    vatNumber: text('vat_number').notNull().default(''),
    /** Whom letters about money go to; `''` is whoever the account's e-mail is. */
    billingEmail: text('billing_email').notNull().default(''),
    billingFirstName: text('billing_first_name').notNull().default(''),
    billingLastName: text('billing_last_name').notNull().default(''),
    /** Where customers of this account are sent to upgrade, when not to the default one (R252). */
    upgradeUrl: text('upgrade_url').notNull().default(''),
    /** Whether each login of the account needs a second factor before anything else. */
    twoFactorRequired: integer('two_factor_required', { mode: 'boolean' }).notNull().default(false),
    providerAccountId: text('provider_account_id'),
    suspendedAt: instant('suspended_at'),
    /** Credits of an offer at or below this are shown as low. */
    lowCreditsAt: integer('low_credits_at').notNull().default(5),
    /** Days without a check-in after which the clock removes a computer; null never does. */
    removeStaleAfterDays: integer('remove_stale_after_days'),
    /** So many days before an end its warnings come, below 0 after it; an empty list is no warnings. */
    warningLeads: json('warning_leads')
      .$type<readonly Lead[]>()
      .notNull()
      .default(sql.raw(`'${JSON.stringify(defaultLeads)}'`)),
    /** Whether a seller gets the weekly digest. */
    weeklyDigest: integer('weekly_digest', { mode: 'boolean' }).notNull().default(true),
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
    index('accounts_digest').on(t.id).where(sql`weekly_digest = 1 and kind <> 'customer'`),
    index('accounts_remove_stale').on(t.id).where(sql`${t.removeStaleAfterDays} is not null`),
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
    passwordChangedAt: instant('password_changed_at'),
    mustChangePassword: integer('must_change_password', { mode: 'boolean' }).notNull().default(false),
    title: text('title').notNull().default(''),
    firstName: text('first_name').notNull().default(''),
    lastName: text('last_name').notNull().default(''),
    /** How days, times and money are written, such as `de-DE`; `''` as the portal writes them. */
    formatLocale: text('format_locale').notNull().default(''),
    /** An IANA time zone; `''` is UTC. */
    timeZone: text('time_zone').notNull().default(''),
    /** When the e-mail was proved to be theirs by a mailed link. */
    confirmedAt: instant('confirmed_at'),
    /** What the TOTP secret is derived from; null while two-factor is off. The secret itself is never stored. */
    totpSeed: text('totp_seed'),
    totpSince: instant('totp_since'),
    /** The last time step that was accepted: each is accepted once (`threats.md`, A12). */
    totpLastStep: integer('totp_last_step').notNull().default(0),
    /** From when on the second factor is not asked any more: the master reset it, with a delay. */
    totpResetAt: instant('totp_reset_at'),
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
