import { sql } from 'drizzle-orm'
import { check, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { checkoutStates } from '#src/domain/checkouts/checkout.ts'
import { actorKinds } from '#src/domain/events/actions.ts'
import type { Id } from '#src/domain/ids.ts'
import type { QuoteChange } from '#src/domain/quotes/change.ts'
import type { QuoteItem } from '#src/domain/quotes/item.ts'
import { type LicenseBasis, type PriceBasis, quoteStates } from '#src/domain/quotes/quote.ts'
import { accounts } from './accounts.ts'
import { offers } from './catalog.ts'
import { day, instant, json, looksLikeDay, oneOf } from './columns.ts'
import { orders } from './orders.ts'

/**
 * Quotes: what an account was told that something costs, frozen on `quotedOn`. `items` is what was asked; `licenses` and
 * `prices` are what it was reckoned from, so that the database can tell whether it still stands.
 */
export const quotes = sqliteTable(
  'quotes',
  {
    n: integer('n').primaryKey({ autoIncrement: true }),
    id: text('id').$type<Id<'quote'>>().notNull().unique(),
    accountId: text('account_id')
      .$type<Id<'account'>>()
      .notNull()
      .references(() => accounts.id),
    state: text('state', { enum: quoteStates }).notNull().default('open'),
    currency: text('currency').notNull(),
    totalMinor: integer('total_minor').notNull(),
    quotedOn: day('quoted_on').notNull(),
    validUntil: instant('valid_until').notNull(),
    items: json('items').$type<readonly QuoteItem[]>().notNull(),
    licenses: json('licenses').$type<readonly LicenseBasis[]>().notNull(),
    prices: json('prices').$type<readonly PriceBasis[]>().notNull(),
    madeByKind: text('made_by_kind', { enum: actorKinds }).notNull(),
    madeById: text('made_by_id').notNull(),
    madeByName: text('made_by_name').notNull(),
    /** The quote that this one took the place of, because that one had ended or gone stale. */
    replacesId: text('replaces_id').$type<Id<'quote'>>(),
    /** The order that paid it, once it is applied. */
    orderId: text('order_id')
      .$type<Id<'order'>>()
      .references(() => orders.id),
    appliedAt: instant('applied_at'),
    version: integer('version').notNull().default(1),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [
    oneOf('quote_state', t.state, quoteStates),
    check('quote_total', sql`${t.totalMinor} >= 0`),
    check('quote_currency', sql`length(${t.currency}) = 3`),
    check('quote_applied', sql`(${t.state} <> 'applied') or ${t.appliedAt} is not null`),
    looksLikeDay('quote_quoted_on', t.quotedOn),
    index('quotes_account').on(t.accountId, t.n),
    index('quotes_order').on(t.orderId).where(sql`${t.orderId} is not null`),
  ],
)

/** The lines of a quote: `list − credit = due`, in words and for a machine. They never change. */
export const quoteLines = sqliteTable(
  'quote_lines',
  {
    quoteId: text('quote_id')
      .$type<Id<'quote'>>()
      .notNull()
      .references(() => quotes.id, { onDelete: 'cascade' }),
    position: integer('position').notNull(),
    text: text('text').notNull(),
    reckoning: text('reckoning').notNull(),
    change: json('change').$type<QuoteChange>().notNull(),
    quantity: integer('quantity').notNull(),
    offerCode: text('offer_code').references(() => offers.code),
    /** The provider's product that stands for it; null where none does, and lines go under the one for quotes. */
    path: text('path'),
    startsOn: day('starts_on'),
    endsOn: day('ends_on'),
    listMinor: integer('list_minor').notNull(),
    creditMinor: integer('credit_minor').notNull(),
    dueMinor: integer('due_minor').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.quoteId, t.position] }),
    check('quote_line_due', sql`${t.dueMinor} >= 0 and ${t.creditMinor} >= 0`),
    check('quote_line_sum', sql`${t.listMinor} - ${t.creditMinor} = ${t.dueMinor}`),
    check('quote_line_quantity', sql`${t.quantity} > 0`),
    looksLikeDay('quote_line_starts_on', t.startsOn),
    looksLikeDay('quote_line_ends_on', t.endsOn),
  ],
)

/**
 * Attempts to pay a quote. A quote may have several, in several tabs; one of them at most is `paid`. A second payment for
 * the same quote is kept as `stale` and settled by the vendor.
 */
export const checkouts = sqliteTable(
  'checkouts',
  {
    n: integer('n').primaryKey({ autoIncrement: true }),
    id: text('id').$type<Id<'checkout'>>().notNull().unique(),
    quoteId: text('quote_id')
      .$type<Id<'quote'>>()
      .notNull()
      .references(() => quotes.id),
    accountId: text('account_id')
      .$type<Id<'account'>>()
      .notNull()
      .references(() => accounts.id),
    provider: text('provider').notNull(),
    /** The provider's session, and the address where it is paid. */
    sessionId: text('session_id'),
    sessionUrl: text('session_url'),
    state: text('state', { enum: checkoutStates }).notNull().default('open'),
    currency: text('currency').notNull(),
    dueMinor: integer('due_minor').notNull(),
    /** What the provider says was paid, tax included, and in what. */
    paidMinor: integer('paid_minor'),
    paidCurrency: text('paid_currency'),
    providerOrderId: text('provider_order_id'),
    reference: text('reference'),
    startedById: text('started_by_id').notNull(),
    startedByName: text('started_by_name').notNull(),
    createdAt: instant('created_at').notNull(),
    /** The provider takes no payment after it. */
    expiresAt: instant('expires_at').notNull(),
    paidAt: instant('paid_at'),
    settledAt: instant('settled_at'),
    version: integer('version').notNull().default(1),
  },
  (t) => [
    oneOf('checkout_state', t.state, checkoutStates),
    check('checkout_due', sql`${t.dueMinor} >= 0`),
    uniqueIndex('checkout_paid_once').on(t.quoteId).where(sql`${t.state} = 'paid'`),
    uniqueIndex('checkout_session').on(t.provider, t.sessionId),
    uniqueIndex('checkout_order').on(t.provider, t.providerOrderId),
    index('checkouts_quote').on(t.quoteId, t.n),
    index('checkouts_account').on(t.accountId, t.n),
    index('checkouts_open').on(t.expiresAt).where(sql`${t.state} in ('open', 'waiting')`),
  ],
)

/** What an account has in its cart, on whatever device: it waits there until a quote of it is paid. */
export const cartItems = sqliteTable(
  'cart_items',
  {
    accountId: text('account_id')
      .$type<Id<'account'>>()
      .notNull()
      .references(() => accounts.id),
    offerCode: text('offer_code')
      .notNull()
      .references(() => offers.code),
    quantity: integer('quantity').notNull(),
    /** Years of support that are bought with each; none where the first year comes with it. */
    supportYears: integer('support_years').notNull().default(0),
    updatedAt: instant('updated_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.accountId, t.offerCode] }),
    check('cart_item_quantity', sql`${t.quantity} between 1 and 100000`),
    check('cart_item_support', sql`${t.supportYears} between 0 and 3`),
  ],
)
