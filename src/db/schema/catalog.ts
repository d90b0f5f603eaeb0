import { sql } from 'drizzle-orm'
import { check, foreignKey, index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { offerKinds, pricingRules, units } from '#src/domain/catalog/offer.ts'
import type { Id } from '#src/domain/ids.ts'
import { familyManagers } from '#src/domain/products/product.ts'
import { accounts } from './accounts.ts'
import { instant, oneOf } from './columns.ts'

/** Products that share a menu. */
export const families = sqliteTable('families', {
  code: text('code').primaryKey(),
  name: text('name').notNull(),
  /** Who changes how much an account owns of it. */
  managedBy: text('managed_by', { enum: familyManagers }).notNull().default('shop'),
  position: integer('position').notNull(),
})

export const products = sqliteTable(
  'products',
  {
    code: text('code').primaryKey(),
    familyCode: text('family_code')
      .notNull()
      .references(() => families.code),
    name: text('name').notNull(),
    unit: text('unit', { enum: units }).notNull(),
    pricingRule: text('pricing_rule', { enum: pricingRules }).notNull(),
    trialMaxDays: integer('trial_max_days').notNull().default(0),
    /** Releases of a computer a customer may make in a year; null for no limit (R305). */
    releasesPerYear: integer('releases_per_year'),
    /** Hours between two releases of one license. */
    releaseCooldownHours: integer('release_cooldown_hours').notNull().default(0),
    /** How often the software checks in, and how many days it may miss that before it stops (R306). */
    checkInHours: integer('check_in_hours').notNull().default(24),
    checkInGraceDays: integer('check_in_grace_days').notNull().default(14),
    /** Days that a trial or a subscription goes on after its end (R306). */
    graceDays: integer('grace_days').notNull().default(7),
    /** Days without a check-in after which a computer is shown as stale. */
    staleAfterDays: integer('stale_after_days').notNull().default(30),
    /** Days for which a license file is good without the portal. */
    fileDays: integer('file_days').notNull().default(30),
    position: integer('position').notNull(),
    withdrawnAt: instant('withdrawn_at'),
  },
  (t) => [
    oneOf('product_unit', t.unit, units),
    oneOf('product_pricing_rule', t.pricingRule, pricingRules),
    check('product_trial_days', sql`${t.trialMaxDays} >= 0`),
  ],
)

export const editions = sqliteTable(
  'editions',
  {
    productCode: text('product_code')
      .notNull()
      .references(() => products.code),
    code: text('code').notNull(),
    name: text('name').notNull(),
    /** Higher editions hold more; an upgrade goes up. */
    rank: integer('rank').notNull(),
  },
  (t) => [primaryKey({ columns: [t.productCode, t.code] })],
)

/**
 * What can be sold or counted as credit: an edition in a size, or a year of its support. `size` null is unlimited;
 * `perUnit` offers are priced by the unit and take any size.
 */
export const offers = sqliteTable(
  'offers',
  {
    code: text('code').primaryKey(),
    kind: text('kind', { enum: offerKinds }).notNull(),
    productCode: text('product_code').notNull(),
    editionCode: text('edition_code').notNull(),
    size: integer('size'),
    perUnit: integer('per_unit', { mode: 'boolean' }).notNull().default(false),
    sku: text('sku'),
    withdrawnAt: instant('withdrawn_at'),
  },
  (t) => [
    foreignKey({ columns: [t.productCode, t.editionCode], foreignColumns: [editions.productCode, editions.code] }),
    oneOf('offer_kind', t.kind, offerKinds),
    check('offer_size', sql`${t.size} is null or ${t.size} > 0`),
    index('offers_product').on(t.productCode, t.editionCode),
  ],
)

/** Unit prices by currency and volume: the tier with the greatest `minQuantity` not above the new total applies. */
export const prices = sqliteTable(
  'prices',
  {
    offerCode: text('offer_code')
      .notNull()
      .references(() => offers.code),
    currency: text('currency').notNull(),
    minQuantity: integer('min_quantity').notNull().default(1),
    unitMinor: integer('unit_minor').notNull(),
    /** What the price pays for: `once`, a `month` or a `year`. */
    per: text('per', { enum: ['once', 'month', 'year'] }).notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.offerCode, t.currency, t.minQuantity] }),
    oneOf('price_per', t.per, ['once', 'month', 'year']),
    check('price_positive', sql`${t.unitMinor} >= 0 and ${t.minQuantity} >= 1`),
  ],
)

/**
 * What an item of the shop stands for, found by the provider's product path. `quantityIs` says whether three of it are
 * three licenses or one license of size three.
 */
export const shopItems = sqliteTable(
  'shop_items',
  {
    path: text('path').primaryKey(),
    offerCode: text('offer_code')
      .notNull()
      .references(() => offers.code),
    quantityIs: text('quantity_is', { enum: ['licenses', 'size'] })
      .notNull()
      .default('licenses'),
    supportYears: integer('support_years').notNull().default(0),
  },
  (t) => [
    oneOf('shop_item_quantity', t.quantityIs, ['licenses', 'size']),
    check('shop_item_support', sql`${t.supportYears} between 0 and 10`),
  ],
)

/**
 * Which products an account was given, and for servers how many licenses it owns (null: no limit). `activeComputers` is
 * counted by the triggers of `activations`.
 */
export const accountProducts = sqliteTable(
  'account_products',
  {
    accountId: text('account_id')
      .$type<Id<'account'>>()
      .notNull()
      .references(() => accounts.id),
    productCode: text('product_code')
      .notNull()
      .references(() => products.code),
    /** False where only the counter is kept: the account has computers of a product it was not given. */
    given: integer('given', { mode: 'boolean' }).notNull().default(true),
    serverLicenses: integer('server_licenses'),
    activeComputers: integer('active_computers').notNull().default(0),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.accountId, t.productCode] }),
    check('account_product_counted', sql`${t.activeComputers} >= 0`),
    index('account_products_over').on(t.accountId).where(sql`active_computers > server_licenses`),
  ],
)

/** Credits handed out, taken and spent: append-only. The balance beside it is a projection kept by triggers (Decision 4). */
export const creditEntries = sqliteTable(
  'credit_entries',
  {
    id: text('id').$type<Id<'creditEntry'>>().primaryKey(),
    accountId: text('account_id')
      .$type<Id<'account'>>()
      .notNull()
      .references(() => accounts.id),
    offerCode: text('offer_code')
      .notNull()
      .references(() => offers.code),
    amount: integer('amount').notNull(),
    reason: text('reason', { enum: ['granted', 'given', 'received', 'spent', 'returned', 'taken-back'] }).notNull(),
    balanceAfter: integer('balance_after'),
    otherAccountId: text('other_account_id')
      .$type<Id<'account'>>()
      .references(() => accounts.id),
    licenseId: text('license_id').$type<Id<'license'>>(),
    actorId: text('actor_id').notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [
    check('credit_amount', sql`${t.amount} <> 0`),
    oneOf('credit_reason', t.reason, ['granted', 'given', 'received', 'spent', 'returned', 'taken-back']),
    index('credit_entries_account').on(t.accountId, t.id),
    index('credit_entries_offer').on(t.accountId, t.offerCode, t.id),
    index('credit_entries_license').on(t.licenseId).where(sql`${t.licenseId} is not null`),
  ],
)

export const creditBalances = sqliteTable(
  'credit_balances',
  {
    accountId: text('account_id').$type<Id<'account'>>().notNull(),
    offerCode: text('offer_code').notNull(),
    credits: integer('credits').notNull(),
  },
  (t) => [primaryKey({ columns: [t.accountId, t.offerCode] }), check('credits_sufficient', sql`${t.credits} >= 0`)],
)
