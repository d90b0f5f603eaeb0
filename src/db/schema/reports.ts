import { sql } from 'drizzle-orm'
import { check, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import type { Id } from '#src/domain/ids.ts'
import type { KeptContent } from '#src/domain/reports/content.ts'
import { reportKinds, runStates } from '#src/domain/reports/report.ts'
import { frequencies } from '#src/domain/reports/timing.ts'
import { accounts } from './accounts.ts'
import { products } from './catalog.ts'
import { instant, json, oneOf } from './columns.ts'

/** Reports that an account gets by mail: what about, how far ahead, when, and when the next one is due. */
export const reports = sqliteTable(
  'reports',
  {
    id: text('id').$type<Id<'report'>>().primaryKey(),
    accountId: text('account_id')
      .$type<Id<'account'>>()
      .notNull()
      .references(() => accounts.id),
    kind: text('kind', { enum: reportKinds }).notNull(),
    productCode: text('product_code').references(() => products.code),
    leadDays: integer('lead_days').notNull(),
    frequency: text('frequency', { enum: frequencies }).notNull(),
    weekday: integer('weekday').notNull(),
    monthDay: integer('month_day').notNull(),
    hour: integer('hour').notNull(),
    timeZone: text('time_zone').notNull(),
    sendsEmpty: integer('sends_empty', { mode: 'boolean' }).notNull().default(false),
    active: integer('active', { mode: 'boolean' }).notNull().default(true),
    nextDueAt: instant('next_due_at').notNull(),
    version: integer('version').notNull().default(1),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [
    oneOf('report_kind', t.kind, reportKinds),
    oneOf('report_frequency', t.frequency, frequencies),
    check('report_lead_days', sql`${t.leadDays} between 0 and 365`),
    check('report_hour', sql`${t.hour} between 0 and 23`),
    check('report_weekday', sql`${t.weekday} between 1 and 7`),
    check('report_month_day', sql`${t.monthDay} between 1 and 31`),
    index('reports_account').on(t.accountId, t.createdAt),
    index('reports_due').on(t.nextDueAt).where(sql`active = 1`),
  ],
)

/** Whom a report goes to. One that is not of the account is written to only once it was confirmed by a mailed link. */
export const reportRecipients = sqliteTable(
  'report_recipients',
  {
    id: text('id').$type<Id<'recipient'>>().primaryKey(),
    reportId: text('report_id')
      .$type<Id<'report'>>()
      .notNull()
      .references(() => reports.id, { onDelete: 'cascade' }),
    email: text('email').notNull(),
    emailKey: text('email_key').notNull(),
    confirmedAt: instant('confirmed_at'),
    unsubscribedAt: instant('unsubscribed_at'),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [uniqueIndex('report_recipient_once').on(t.reportId, t.emailKey)],
)

/** A run of a report is a row: the report and the instant at which it was due, so that each is told once. */
export const reportRuns = sqliteTable(
  'report_runs',
  {
    reportId: text('report_id')
      .$type<Id<'report'>>()
      .notNull()
      .references(() => reports.id, { onDelete: 'cascade' }),
    dueAt: instant('due_at').notNull(),
    state: text('state', { enum: runStates }).notNull(),
    rows: integer('rows').notNull(),
    /** What was told, as letters and their CSV have it. */
    content: json('content').$type<KeptContent>().notNull(),
    letters: integer('letters').notNull(),
    ranAt: instant('ran_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.reportId, t.dueAt] }), oneOf('report_run_state', t.state, runStates)],
)
