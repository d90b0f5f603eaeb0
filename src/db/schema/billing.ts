import { sql } from 'drizzle-orm'
import { check, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { autopaymentModes, autopaymentStates } from '#src/domain/billing/autopayment.ts'
import { balanceReasons } from '#src/domain/billing/entry.ts'
import type { Id } from '#src/domain/ids.ts'
import { accounts } from './accounts.ts'
import { offers, products } from './catalog.ts'
import { day, instant, looksLikeDay, oneOf } from './columns.ts'
import { orderItems, orders } from './orders.ts'
import { quotes } from './quotes.ts'

const accountId = () =>
  text('account_id')
    .$type<Id<'account'>>()
    .notNull()
    .references(() => accounts.id)

const productCode = () =>
  text('product_code')
    .notNull()
    .references(() => products.code)

/** Accounts that pay from a balance, and the currency in which they are charged. */
export const billingAccounts = sqliteTable('billing_accounts', {
  accountId: accountId().primaryKey(),
  currency: text('currency').notNull(),
  createdAt: instant('created_at').notNull(),
})

/** How the balance of each of them is filled by itself, and how that went. */
export const autopaymentSettings = sqliteTable(
  'autopayment_settings',
  {
    accountId: text('account_id')
      .$type<Id<'account'>>()
      .primaryKey()
      .references(() => billingAccounts.accountId),
    mode: text('mode', { enum: autopaymentModes }).notNull().default('repay'),
    /** Where funds are added: below what, and up to what. */
    lowMinor: integer('low_minor'),
    refillMinor: integer('refill_minor'),
    /** Charges that failed one after the other, the last of them when and why, and when the next is tried. */
    failures: integer('failures').notNull().default(0),
    failedAt: instant('failed_at'),
    failedWhy: text('failed_why'),
    nextTryAt: instant('next_try_at'),
    version: integer('version').notNull().default(1),
  },
  (t) => [
    oneOf('autopayment_mode', t.mode, autopaymentModes),
    check('autopayment_refill', sql`(${t.mode} <> 'add') or (${t.lowMinor} > 0 and ${t.refillMinor} > ${t.lowMinor})`),
    index('autopayment_settings_add').on(t.accountId).where(sql`${t.mode} = 'add'`),
  ],
)

/** Ways to pay that the provider keeps: a token of it, and what a person knows it by. Never a card's number. */
export const paymentMethods = sqliteTable(
  'payment_methods',
  {
    n: integer('n').primaryKey({ autoIncrement: true }),
    id: text('id').$type<Id<'paymentMethod'>>().notNull().unique(),
    accountId: accountId(),
    provider: text('provider').notNull(),
    token: text('token').notNull(),
    brand: text('brand').notNull(),
    lastFour: text('last_four').notNull(),
    /** The last month in which it can be charged, as `2028-03`. */
    expires: text('expires').notNull(),
    isDefault: integer('is_default', { mode: 'boolean' }).notNull().default(false),
    createdAt: instant('created_at').notNull(),
    removedAt: instant('removed_at'),
    version: integer('version').notNull().default(1),
  },
  (t) => [
    check('payment_method_last_four', sql`${t.lastFour} glob '[0-9][0-9][0-9][0-9]'`),
    check('payment_method_expires', sql`${t.expires} glob '20[0-9][0-9]-[01][0-9]'`),
    check('payment_method_no_number', sql.raw(`token not glob '*${'[0-9]'.repeat(12)}*' and brand not glob '*[0-9]*'`)),
    uniqueIndex('payment_method_token').on(t.provider, t.token),
    uniqueIndex('payment_method_one_default').on(t.accountId).where(sql`${t.isDefault} = 1 and ${t.removedAt} is null`),
    index('payment_methods_account').on(t.accountId, t.n),
  ],
)

/**
 * Payments into the balance that nobody asked for by hand: each by a quote of its own, charged once under the quote's id, or
 * mailed where the provider charges nobody without them. One of an account at most is under way.
 */
export const autopayments = sqliteTable(
  'autopayments',
  {
    n: integer('n').primaryKey({ autoIncrement: true }),
    accountId: accountId(),
    quoteId: text('quote_id')
      .$type<Id<'quote'>>()
      .notNull()
      .unique()
      .references(() => quotes.id),
    methodId: text('method_id')
      .$type<Id<'paymentMethod'>>()
      .references(() => paymentMethods.id),
    state: text('state', { enum: autopaymentStates }).notNull(),
    amountMinor: integer('amount_minor').notNull(),
    currency: text('currency').notNull(),
    createdAt: instant('created_at').notNull(),
    endedAt: instant('ended_at'),
  },
  (t) => [
    oneOf('autopayment_state', t.state, autopaymentStates),
    check('autopayment_amount', sql`${t.amountMinor} > 0`),
    uniqueIndex('autopayment_under_way').on(t.accountId).where(sql`${t.state} = 'started'`),
    index('autopayments_account').on(t.accountId, t.n),
  ],
)

/** What an account is charged for each month: a product for servers, and the first day of the period that comes next. */
export const billingPlans = sqliteTable(
  'billing_plans',
  {
    accountId: accountId(),
    productCode: productCode(),
    nextPeriod: day('next_period').notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.accountId, t.productCode] }),
    looksLikeDay('billing_plan_period', t.nextPeriod),
    index('billing_plans_due').on(t.nextPeriod),
  ],
)

/**
 * A product charged for a period, once, and how that was reckoned. Rows never change. One of nothing (no servers) has no
 * entry in the ledger.
 */
export const charges = sqliteTable(
  'charges',
  {
    id: text('id').$type<Id<'charge'>>().primaryKey(),
    accountId: accountId(),
    productCode: productCode(),
    /** The first day of the month that it pays for. */
    period: day('period').notNull(),
    offerCode: text('offer_code')
      .notNull()
      .references(() => offers.code),
    /** Servers in use as the period began. */
    servers: integer('servers').notNull(),
    /** From how many servers on this price is asked. */
    minQuantity: integer('min_quantity').notNull(),
    unitMinor: integer('unit_minor').notNull(),
    amountMinor: integer('amount_minor').notNull(),
    currency: text('currency').notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [
    uniqueIndex('charge_once').on(t.accountId, t.productCode, t.period),
    check('charge_sum', sql`${t.amountMinor} = ${t.servers} * ${t.unitMinor} and ${t.servers} >= 0`),
    looksLikeDay('charge_period', t.period),
    index('charges_period').on(t.accountId, t.period),
  ],
)

/**
 * The ledger of prepaid balances: append-only, each line with the balance after it. `balances` beside it is a projection
 * kept by triggers. An invoice refers to a line by its id.
 */
export const balanceEntries = sqliteTable(
  'balance_entries',
  {
    n: integer('n').primaryKey({ autoIncrement: true }),
    id: text('id').$type<Id<'balanceEntry'>>().notNull().unique(),
    accountId: accountId(),
    currency: text('currency').notNull(),
    reason: text('reason', { enum: balanceReasons }).notNull(),
    /** Negative where money went. */
    amountMinor: integer('amount_minor').notNull(),
    balanceAfterMinor: integer('balance_after_minor').notNull(),
    chargeId: text('charge_id')
      .$type<Id<'charge'>>()
      .references(() => charges.id),
    orderId: text('order_id')
      .$type<Id<'order'>>()
      .references(() => orders.id),
    orderItemId: text('order_item_id')
      .$type<Id<'orderItem'>>()
      .references(() => orderItems.id),
    /** What it was for, where neither charge nor order says so. */
    note: text('note').notNull().default(''),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [
    oneOf('balance_reason', t.reason, balanceReasons),
    check('balance_amount', sql`${t.amountMinor} <> 0 and (${t.amountMinor} > 0) = (${t.reason} = 'top-up')`),
    check('balance_charge', sql`(${t.reason} = 'charge') = (${t.chargeId} is not null)`),
    check('balance_currency', sql`length(${t.currency}) = 3`),
    uniqueIndex('balance_entry_charge').on(t.chargeId),
    // Paid in once; it may go back in parts.
    uniqueIndex('balance_entry_item').on(t.orderItemId).where(sql`${t.reason} = 'top-up'`),
    index('balance_entries_item').on(t.orderItemId).where(sql`${t.orderItemId} is not null`),
    index('balance_entries_account').on(t.accountId, t.n),
    index('balance_entries_reason').on(t.accountId, t.reason, t.n),
    index('balance_entries_currency').on(t.accountId, t.currency, t.n),
  ],
)

/** What an account has in each currency; below zero it owes. Kept by the triggers of `balance_entries` alone. */
export const balances = sqliteTable(
  'balances',
  {
    accountId: text('account_id').$type<Id<'account'>>().notNull(),
    currency: text('currency').notNull(),
    balanceMinor: integer('balance_minor').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.accountId, t.currency] }),
    index('balances_owed').on(t.accountId).where(sql`${t.balanceMinor} < 0`),
  ],
)
