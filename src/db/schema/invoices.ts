import { sql } from 'drizzle-orm'
import { check, index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import type { Day } from '#src/domain/day.ts'
import type { Id } from '#src/domain/ids.ts'
import { type BillTo, invoiceKinds } from '#src/domain/invoices/invoice.ts'
import { accounts } from './accounts.ts'
import { balanceEntries, charges } from './billing.ts'
import { day, instant, json, oneOf } from './columns.ts'
import { orders } from './orders.ts'

/**
 * Documents of the billing: of what was bought, of money that came in, of money that went back. Triggers write them with
 * the order, the refund or the line of the ledger that they are of, in the same batch. `number` counts up from 1: rows are
 * never deleted, so that a batch that fails leaves no gap. Of a row only `bill_to` changes.
 */
export const invoices = sqliteTable(
  'invoices',
  {
    number: integer('number').primaryKey(),
    accountId: text('account_id')
      .$type<Id<'account'>>()
      .notNull()
      .references(() => accounts.id),
    kind: text('kind', { enum: invoiceKinds }).notNull(),
    orderId: text('order_id')
      .$type<Id<'order'>>()
      .references(() => orders.id),
    balanceEntryId: text('balance_entry_id')
      .$type<Id<'balanceEntry'>>()
      .references(() => balanceEntries.id),
    chargeId: text('charge_id')
      .$type<Id<'charge'>>()
      .references(() => charges.id),
    /** The provider and its id of the refund. */
    refundKey: text('refund_key'),
    /** The provider and its order of a charge of a subscription; `orderId` is what the subscription began with. */
    providerChargeKey: text('provider_charge_key'),
    live: integer('live', { mode: 'boolean' }).notNull().default(true),
    /** The first day of the month that it is for; `''` where it is for none. */
    period: day('period')
      .notNull()
      .default('' as Day),
    currency: text('currency').notNull(),
    totalMinor: integer('total_minor').notNull(),
    taxMinor: integer('tax_minor').notNull().default(0),
    /** The prepaid balance after it; it says something where there is a line of the ledger. */
    balanceAfterMinor: integer('balance_after_minor').notNull().default(0),
    billTo: json('bill_to').$type<BillTo>().notNull(),
    version: integer('version').notNull().default(1),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [
    oneOf('invoice_kind', t.kind, invoiceKinds),
    check('invoice_total', sql`${t.totalMinor} > 0 and ${t.taxMinor} >= 0`),
    uniqueIndex('invoice_of_order').on(t.orderId).where(sql`${t.kind} = 'invoice' and ${t.providerChargeKey} is null`),
    uniqueIndex('invoice_of_entry').on(t.balanceEntryId),
    uniqueIndex('invoice_of_refund').on(t.refundKey),
    uniqueIndex('invoice_of_charge').on(t.providerChargeKey).where(sql`${t.providerChargeKey} is not null`),
    index('invoices_order').on(t.orderId),
    index('invoices_created').on(t.accountId, t.createdAt, t.number),
    index('invoices_kind').on(t.accountId, t.kind, t.number),
    index('invoices_period').on(t.accountId, t.period, t.number),
    index('invoices_total').on(t.accountId, t.totalMinor, t.number),
    index('invoices_balance').on(t.accountId, t.balanceAfterMinor, t.number),
  ],
)
