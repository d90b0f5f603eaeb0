import { sql } from 'drizzle-orm'
import { check, foreignKey, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import type { Id } from '#src/domain/ids.ts'
import { licenseKinds } from '#src/domain/licenses/license.ts'
import { supportSources } from '#src/domain/support/support.ts'
import { accounts } from './accounts.ts'
import { editions, products } from './catalog.ts'
import { day, instant, json, looksLikeDay, oneOf } from './columns.ts'
import { orderItems } from './orders.ts'

/** What a reach row holds where a permanent license has no support: it sorts before every day. */
export const noSupport = '0000-00-00'

/** What it holds where a trial or a subscription has none: they need none, and sort after every day. */
export const noSupportNeeded = '9999-12-31'

/**
 * Activation keys, `XXXX-XXXX-XXXX-XXXX` (Decision 5). `codeNormal` is what is unique: no dashes, one case, look-alike
 * letters folded. `activeComputers` is counted by the triggers of `activations`.
 */
export const activationKeys = sqliteTable(
  'activation_keys',
  {
    id: text('id').$type<Id<'activationKey'>>().primaryKey(),
    accountId: text('account_id')
      .$type<Id<'account'>>()
      .notNull()
      .references(() => accounts.id),
    productCode: text('product_code').references(() => products.code),
    name: text('name').notNull(),
    code: text('code').notNull(),
    codeNormal: text('code_normal')
      .notNull()
      .generatedAlwaysAs(
        sql`replace(replace(replace(upper(replace(replace(code, '-', ''), ' ', '')), 'O', '0'), 'I', '1'), 'L', '1')`,
        { mode: 'virtual' },
      ),
    note: text('note').notNull().default(''),
    isDefault: integer('is_default', { mode: 'boolean' }).notNull().default(false),
    /** Null: as many as the account's server licenses allow. */
    computerLimit: integer('computer_limit'),
    activeComputers: integer('active_computers').notNull().default(0),
    allowedRanges: json('allowed_ranges').$type<readonly string[]>(),
    /** The last day on which it activates; null never ends. */
    expiresOn: day('expires_on'),
    removedAt: instant('removed_at'),
    version: integer('version').notNull().default(1),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [
    uniqueIndex('activation_key_taken').on(t.codeNormal),
    uniqueIndex('activation_key_one_default')
      .on(t.accountId, t.productCode)
      .where(sql`${t.isDefault} = 1 and ${t.removedAt} is null`),
    uniqueIndex('activation_key_one_general_default')
      .on(t.accountId)
      .where(sql`${t.isDefault} = 1 and ${t.removedAt} is null and ${t.productCode} is null`),
    check('activation_key_limit', sql`${t.computerLimit} is null or ${t.computerLimit} >= 0`),
    check('activation_key_counted', sql`${t.activeComputers} >= 0`),
    check('activation_key_default_stays', sql`${t.isDefault} = 0 or ${t.removedAt} is null`),
    index('activation_keys_account').on(t.accountId, t.productCode, t.id),
    /** Those with more computers than their limit, lowered since, allows. */
    index('activation_keys_over').on(t.id).where(sql`active_computers > computer_limit and removed_at is null`),
  ],
)

/**
 * Codes that a key had before it was rotated: good until their grace ends, taken for ever (R318). A trigger keeps a new
 * key from taking one.
 */
export const formerCodes = sqliteTable(
  'former_codes',
  {
    codeNormal: text('code_normal').primaryKey(),
    code: text('code').notNull(),
    keyId: text('key_id')
      .$type<Id<'activationKey'>>()
      .notNull()
      .references(() => activationKeys.id),
    rotatedAt: instant('rotated_at').notNull(),
    validUntil: instant('valid_until').notNull(),
  },
  (t) => [index('former_codes_key').on(t.keyId, t.rotatedAt)],
)

/**
 * A license. `supportEndsOn`, `computerId` and `computerName` are projections kept by triggers, so that a list reads one
 * table; `size` null is unlimited; `endsOn` null never ends.
 */
export const licenses = sqliteTable(
  'licenses',
  {
    n: integer('n').primaryKey({ autoIncrement: true }),
    id: text('id').$type<Id<'license'>>().notNull().unique(),
    accountId: text('account_id')
      .$type<Id<'account'>>()
      .notNull()
      .references(() => accounts.id),
    serial: text('serial').notNull().unique(),
    productCode: text('product_code').notNull(),
    editionCode: text('edition_code').notNull(),
    size: integer('size'),
    kind: text('kind', { enum: licenseKinds }).notNull(),
    endsOn: day('ends_on'),
    boughtOn: day('bought_on').notNull(),
    orderItemId: text('order_item_id')
      .$type<Id<'orderItem'>>()
      .references(() => orderItems.id),
    orderReference: text('order_reference'),
    orderReferenceKey: text('order_reference_key').notNull().default(''),
    activationKeyId: text('activation_key_id')
      .$type<Id<'activationKey'>>()
      .references(() => activationKeys.id),
    email: text('email').notNull(),
    emailKey: text('email_key').notNull(),
    comment: text('comment').notNull().default(''),
    /** The comment in lower case without accents, for search. */
    commentKey: text('comment_key').notNull().default(''),
    supportEndsOn: day('support_ends_on'),
    computerId: text('computer_id').$type<Id<'computer'>>(),
    computerName: text('computer_name'),
    firstActivatedAt: instant('first_activated_at'),
    version: integer('version').notNull().default(1),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [
    foreignKey({ columns: [t.productCode, t.editionCode], foreignColumns: [editions.productCode, editions.code] }),
    oneOf('license_kind', t.kind, licenseKinds),
    check('license_size', sql`${t.size} is null or ${t.size} > 0`),
    check('license_trial_ends', sql`${t.kind} <> 'trial' or ${t.endsOn} is not null`),
    looksLikeDay('license_bought_on', t.boughtOn),
    looksLikeDay('license_ends_on', t.endsOn),
    check('license_comment_length', sql`length(${t.comment}) <= 500`),
    index('licenses_account').on(t.accountId),
    index('licenses_order_item').on(t.orderItemId),
    index('licenses_activation_key').on(t.activationKeyId, t.productCode, sql`(ends_on is null)`, t.endsOn),
    /** The same of those that no computer has: what an activation chooses from, what ends last first. */
    index('licenses_free')
      .on(t.activationKeyId, t.productCode, sql`(ends_on is null)`, t.endsOn)
      .where(sql`computer_id is null`),
    index('licenses_trial_ends').on(t.endsOn).where(sql`kind = 'trial'`),
    index('licenses_computer').on(t.computerId).where(sql`${t.computerId} is not null`),
  ],
)

/** Licenses below each account, with every column they are sorted, filtered or searched by. Kept by triggers alone. */
export const licenseReach = sqliteTable(
  'license_reach',
  {
    accountN: integer('account_n').notNull(),
    licenseN: integer('license_n').notNull(),
    boughtOn: day('bought_on').notNull(),
    supportEndsOn: day('support_ends_on').notNull(),
    productCode: text('product_code').notNull(),
    kind: text('kind', { enum: licenseKinds }).notNull(),
    activated: integer('activated', { mode: 'boolean' }).notNull(),
    /** Whether the license is the account's own, not one of an account below. */
    own: integer('own', { mode: 'boolean' }).notNull(),
    serialKey: text('serial_key').notNull(),
    orderKey: text('order_key').notNull(),
    activationKey: text('activation_key').notNull(),
    emailKey: text('email_key').notNull(),
    computerKey: text('computer_key').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.accountN, t.licenseN] }),
    index('license_reach_bought').on(t.accountN, t.boughtOn, t.licenseN),
    index('license_reach_support').on(t.accountN, t.supportEndsOn, t.licenseN),
    index('license_reach_own_bought').on(t.accountN, t.own, t.boughtOn, t.licenseN),
    index('license_reach_own_support').on(t.accountN, t.own, t.supportEndsOn, t.licenseN),
    index('license_reach_product').on(t.accountN, t.productCode, t.boughtOn, t.licenseN),
    index('license_reach_product_support').on(t.accountN, t.productCode, t.supportEndsOn, t.licenseN),
    index('license_reach_trial').on(t.accountN, t.boughtOn, t.licenseN).where(sql`kind = 'trial'`),
    index('license_reach_subscription').on(t.accountN, t.boughtOn, t.licenseN).where(sql`kind = 'subscription'`),
    index('license_reach_idle').on(t.accountN, t.boughtOn, t.licenseN).where(sql`activated = 0`),
    index('license_reach_serial').on(t.accountN, t.serialKey, t.licenseN),
    index('license_reach_order').on(t.accountN, t.orderKey, t.licenseN),
    index('license_reach_key').on(t.accountN, t.activationKey, t.licenseN),
    index('license_reach_email').on(t.accountN, t.emailKey, t.licenseN),
    index('license_reach_computer').on(t.accountN, t.computerKey, t.licenseN),
    index('license_reach_license').on(t.licenseN),
  ],
)

/** Update and support services of a license: one row, whose days follow from its periods by trigger. */
export const supports = sqliteTable(
  'supports',
  {
    id: text('id').$type<Id<'support'>>().primaryKey(),
    licenseId: text('license_id')
      .$type<Id<'license'>>()
      .notNull()
      .unique()
      .references(() => licenses.id, { onDelete: 'cascade' }),
    startsOn: day('starts_on').notNull(),
    endsOn: day('ends_on').notNull(),
    version: integer('version').notNull().default(1),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [
    looksLikeDay('support_starts_on', t.startsOn),
    looksLikeDay('support_ends_on', t.endsOn),
    check('support_days', sql`${t.endsOn} >= ${t.startsOn}`),
  ],
)

/** A paid stretch of support, both days included. Periods of one support never overlap: a trigger refuses. */
export const supportPeriods = sqliteTable(
  'support_periods',
  {
    id: text('id').$type<Id<'supportPeriod'>>().primaryKey(),
    supportId: text('support_id')
      .$type<Id<'support'>>()
      .notNull()
      .references(() => supports.id, { onDelete: 'cascade' }),
    startsOn: day('starts_on').notNull(),
    endsOn: day('ends_on').notNull(),
    source: text('source', { enum: supportSources }).notNull(),
    orderItemId: text('order_item_id')
      .$type<Id<'orderItem'>>()
      .references(() => orderItems.id),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [
    oneOf('support_period_source', t.source, supportSources),
    check('support_period_days', sql`${t.endsOn} >= ${t.startsOn}`),
    index('support_periods_support').on(t.supportId, t.endsOn),
    index('support_periods_item').on(t.orderItemId),
  ],
)
