import { sql } from 'drizzle-orm'
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import type { Id } from '#src/domain/ids.ts'
import type { ReturnedItem } from '#src/domain/orders/shop-return.ts'
import { type PaymentProblem, paymentStates } from '#src/domain/payments/payment.ts'
import type { ProviderSubscription } from '#src/domain/subscriptions/provider-subscription.ts'
import { accounts } from './accounts.ts'
import { instant, json, oneOf } from './columns.ts'
import { orders } from './orders.ts'

/**
 * Payments that came in for quotes, each order of the provider once. What cannot do what it paid for is held for the
 * vendor; a quote is applied by one payment at most.
 */
export const payments = sqliteTable(
  'payments',
  {
    n: integer('n').primaryKey({ autoIncrement: true }),
    id: text('id').$type<Id<'payment'>>().notNull().unique(),
    provider: text('provider').notNull(),
    providerOrderId: text('provider_order_id').notNull(),
    /** The event that told of it: the order stands in it as received. */
    eventId: text('event_id').notNull(),
    reference: text('reference').notNull(),
    referenceKey: text('reference_key').notNull(),
    live: integer('live', { mode: 'boolean' }).notNull(),
    currency: text('currency').notNull(),
    totalMinor: integer('total_minor').notNull(),
    taxMinor: integer('tax_minor').notNull(),
    email: text('email').notNull(),
    name: text('name').notNull(),
    /** As told: there need be no such quote, and no such checkout. */
    quoteId: text('quote_id').notNull(),
    checkoutId: text('checkout_id'),
    /** Whose quote it is; null where nobody's is known. */
    accountId: text('account_id')
      .$type<Id<'account'>>()
      .references(() => accounts.id),
    orderId: text('order_id')
      .$type<Id<'order'>>()
      .references(() => orders.id),
    state: text('state', { enum: paymentStates }).notNull(),
    problem: text('problem').$type<PaymentProblem>(),
    paidAt: instant('paid_at').notNull(),
    receivedAt: instant('received_at').notNull(),
    settledAt: instant('settled_at'),
    settledBy: text('settled_by'),
    version: integer('version').notNull().default(1),
  },
  (t) => [
    oneOf('payment_state', t.state, paymentStates),
    uniqueIndex('payment_once').on(t.provider, t.providerOrderId),
    uniqueIndex('payment_applies_once').on(t.quoteId).where(sql`${t.state} = 'applied'`),
    index('payments_reference').on(t.referenceKey),
    index('payments_checkout').on(t.checkoutId),
    index('payments_quote').on(t.quoteId),
    index('payments_held').on(t.n).where(sql`${t.state} = 'held'`),
  ],
)

/** Refunds as the provider told them, each once; an order may have several, and they may come before it. */
export const refunds = sqliteTable(
  'refunds',
  {
    provider: text('provider').notNull(),
    providerReturnId: text('provider_return_id').notNull(),
    reference: text('reference').notNull(),
    providerOrderId: text('provider_order_id'),
    orderReferenceKey: text('order_reference_key'),
    live: integer('live', { mode: 'boolean' }).notNull(),
    currency: text('currency').notNull(),
    totalMinor: integer('total_minor').notNull(),
    items: json('items').$type<readonly ReturnedItem[]>().notNull(),
    reason: text('reason'),
    returnedAt: instant('returned_at').notNull(),
    receivedAt: instant('received_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.provider, t.providerReturnId] }),
    index('refunds_order').on(t.provider, t.providerOrderId),
    index('refunds_reference').on(t.orderReferenceKey),
  ],
)

/** Subscriptions that the provider charges, as its events tell them together; licenses follow. */
export const providerSubscriptions = sqliteTable(
  'provider_subscriptions',
  {
    provider: text('provider').notNull(),
    id: text('id').notNull(),
    told: json('told').$type<ProviderSubscription>().notNull(),
    version: integer('version').notNull().default(1),
    updatedAt: instant('updated_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.provider, t.id] })],
)

/**
 * Charges of subscriptions after the first, which is the order's, as the provider told them, each once. They may come
 * before the order; documents of the billing follow.
 */
export const providerCharges = sqliteTable(
  'provider_charges',
  {
    provider: text('provider').notNull(),
    /** The provider's own order of the charge; it is none of the portal's. */
    providerOrderId: text('provider_order_id').notNull(),
    providerSubscriptionId: text('provider_subscription_id').notNull(),
    live: integer('live', { mode: 'boolean' }).notNull(),
    currency: text('currency').notNull(),
    totalMinor: integer('total_minor').notNull(),
    /** How many of it were charged, where that was told. */
    quantity: integer('quantity'),
    chargedAt: instant('charged_at').notNull(),
    receivedAt: instant('received_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.provider, t.providerOrderId] }),
    index('provider_charges_subscription').on(t.providerSubscriptionId),
  ],
)
