import { sql } from 'drizzle-orm'
import { check, index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { Id } from '#src/domain/ids.ts'
import { subscriptionTerms } from '#src/domain/subscriptions/subscription.ts'
import { products } from './catalog.ts'
import { day, instant, looksLikeDay, oneOf } from './columns.ts'
import { licenses } from './licenses.ts'

/**
 * Trials that were had: one for each product and end customer, an e-mail's key or a computer's fingerprint. Rows stay
 * when the license is deleted or made permanent, and a trigger keeps them (Decision 8).
 */
export const trials = sqliteTable(
  'trials',
  {
    productCode: text('product_code')
      .notNull()
      .references(() => products.code),
    subjectKey: text('subject_key').notNull(),
    licenseId: text('license_id').$type<Id<'license'>>().notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.productCode, t.subjectKey] }), index('trials_license').on(t.licenseId)],
)

/**
 * A subscription: a license of kind `subscription` that is renewed by the term until it is canceled. Its channels are the
 * license's size, its end the license's `endsOn`.
 */
export const subscriptions = sqliteTable(
  'subscriptions',
  {
    id: text('id').$type<Id<'subscription'>>().primaryKey(),
    licenseId: text('license_id')
      .$type<Id<'license'>>()
      .notNull()
      .unique()
      .references(() => licenses.id, { onDelete: 'cascade' }),
    term: text('term', { enum: subscriptionTerms }).notNull(),
    startsOn: day('starts_on').notNull(),
    /** The last day of the term that runs; the next begins the day after unless it was canceled. */
    termEndsOn: day('term_ends_on').notNull(),
    canceledAt: instant('canceled_at'),
    /** Of a subscription that a provider charges; its webhooks renew it. */
    providerSubscriptionId: text('provider_subscription_id').unique(),
    /** Since when a charge of the provider's is due and failed; null while all is paid. */
    unpaidAt: instant('unpaid_at'),
    version: integer('version').notNull().default(1),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [
    oneOf('subscription_term', t.term, subscriptionTerms),
    looksLikeDay('subscription_starts_on', t.startsOn),
    looksLikeDay('subscription_term_ends_on', t.termEndsOn),
    check('subscription_days', sql`${t.termEndsOn} >= ${t.startsOn}`),
    index('subscriptions_due')
      .on(t.termEndsOn)
      .where(sql`${t.canceledAt} is null and ${t.providerSubscriptionId} is null`),
    index('subscriptions_ended').on(t.termEndsOn).where(sql`canceled_at is not null`),
  ],
)
