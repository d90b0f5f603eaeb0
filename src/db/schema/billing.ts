import { sql } from 'drizzle-orm'
import { check, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { balanceReasons } from '#src/domain/billing/entry.ts'
import type { Id } from '#src/domain/ids.ts'
import { accounts } from './accounts.ts'
import { offers, products } from './catalog.ts'
import { day, instant, looksLikeDay, oneOf } from './columns.ts'
import { orderItems, orders } from './orders.ts'

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
    uniqueIndex('balance_entry_item').on(t.orderItemId, t.reason).where(sql`${t.orderItemId} is not null`),
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
  (t) => [primaryKey({ columns: [t.accountId, t.currency] })],
)
