import { sql } from 'drizzle-orm'
import { check, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import type { Id } from '#src/domain/ids.ts'
import { accounts } from './accounts.ts'
import { offers } from './catalog.ts'
import { day, instant, oneOf } from './columns.ts'

/** People a customer bought with; one row for each e-mail and name. */
export const contacts = sqliteTable(
  'contacts',
  {
    id: text('id').$type<Id<'contact'>>().primaryKey(),
    accountId: text('account_id')
      .$type<Id<'account'>>()
      .notNull()
      .references(() => accounts.id),
    firstName: text('first_name').notNull(),
    lastName: text('last_name').notNull(),
    email: text('email').notNull(),
    emailKey: text('email_key').notNull(),
    company: text('company'),
    phone: text('phone'),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [uniqueIndex('contact_once').on(t.accountId, t.emailKey, t.firstName, t.lastName)],
)

/** An order of the shop, as the provider told it. `referenceKey` is the reference without blanks and dashes, upper case. */
export const orders = sqliteTable(
  'orders',
  {
    n: integer('n').primaryKey({ autoIncrement: true }),
    id: text('id').$type<Id<'order'>>().notNull().unique(),
    accountId: text('account_id')
      .$type<Id<'account'>>()
      .notNull()
      .references(() => accounts.id),
    contactId: text('contact_id')
      .$type<Id<'contact'>>()
      .notNull()
      .references(() => contacts.id),
    reference: text('reference').notNull(),
    referenceKey: text('reference_key').notNull(),
    provider: text('provider').notNull(),
    providerOrderId: text('provider_order_id').notNull(),
    /** False for the provider's test orders: shown as such. */
    live: integer('live', { mode: 'boolean' }).notNull(),
    name: text('name').notNull(),
    email: text('email').notNull(),
    emailKey: text('email_key').notNull(),
    country: text('country'),
    city: text('city'),
    postalCode: text('postal_code'),
    region: text('region'),
    currency: text('currency').notNull(),
    totalMinor: integer('total_minor').notNull(),
    taxMinor: integer('tax_minor').notNull(),
    invoiceUrl: text('invoice_url'),
    orderedAt: instant('ordered_at').notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [
    uniqueIndex('order_reference_taken').on(t.referenceKey),
    uniqueIndex('order_once').on(t.provider, t.providerOrderId),
    check('order_currency', sql`length(${t.currency}) = 3`),
    index('orders_account').on(t.accountId, t.orderedAt),
    index('orders_email').on(t.emailKey),
  ],
)

/** A line of an order. `offerCode` null: the catalog does not know the item; it is kept and shown to the vendor. */
export const orderItems = sqliteTable(
  'order_items',
  {
    id: text('id').$type<Id<'orderItem'>>().primaryKey(),
    orderId: text('order_id')
      .$type<Id<'order'>>()
      .notNull()
      .references(() => orders.id),
    position: integer('position').notNull(),
    path: text('path').notNull(),
    sku: text('sku'),
    display: text('display').notNull(),
    quantity: integer('quantity').notNull(),
    subtotalMinor: integer('subtotal_minor').notNull(),
    offerCode: text('offer_code').references(() => offers.code),
    providerSubscriptionId: text('provider_subscription_id'),
    /** When what it cost went back in full: what it brought ended on this day. */
    refundedOn: day('refunded_on'),
  },
  (t) => [
    uniqueIndex('order_item_position').on(t.orderId, t.position),
    check('order_item_quantity', sql`${t.quantity} >= 0`),
    index('order_items_unknown').on(t.orderId).where(sql`${t.offerCode} is null`),
    index('order_items_subscription').on(t.providerSubscriptionId).where(sql`${t.providerSubscriptionId} is not null`),
  ],
)

/** Orders below each account, with the columns they are sorted and searched by. Kept by triggers alone. */
export const orderReach = sqliteTable(
  'order_reach',
  {
    accountN: integer('account_n').notNull(),
    orderN: integer('order_n').notNull(),
    orderedAt: instant('ordered_at').notNull(),
    totalMinor: integer('total_minor').notNull(),
    referenceKey: text('reference_key').notNull(),
    emailKey: text('email_key').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.accountN, t.orderN] }),
    index('order_reach_ordered').on(t.accountN, t.orderedAt, t.orderN),
    index('order_reach_total').on(t.accountN, t.totalMinor, t.orderN),
    index('order_reach_reference').on(t.accountN, t.referenceKey, t.orderN),
    index('order_reach_email').on(t.accountN, t.emailKey, t.orderN),
    index('order_reach_order').on(t.orderN),
  ],
)

/** What the payment provider sent, as received. The provider's event id makes it once only. */
export const providerEvents = sqliteTable(
  'provider_events',
  {
    provider: text('provider').notNull(),
    id: text('id').notNull(),
    type: text('type').notNull(),
    live: integer('live', { mode: 'boolean' }).notNull(),
    payload: text('payload').notNull(),
    /** `done`: acted on; `kept`: waits for the slice that acts on it; `refused`: unreadable, for the vendor to look at. */
    outcome: text('outcome', { enum: ['done', 'kept', 'refused'] }).notNull(),
    note: text('note'),
    createdAt: instant('created_at').notNull(),
    receivedAt: instant('received_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.provider, t.id] }),
    oneOf('provider_event_outcome', t.outcome, ['done', 'kept', 'refused']),
    index('provider_events_waiting').on(t.outcome, t.type, t.createdAt).where(sql`${t.outcome} <> 'done'`),
  ],
)
