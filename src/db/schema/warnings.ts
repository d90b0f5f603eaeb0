import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { Id } from '#src/domain/ids.ts'
import type { Digest } from '#src/domain/warnings/digest.ts'
import { endKinds } from '#src/domain/warnings/warning.ts'
import { accounts } from './accounts.ts'
import { day, instant, json, looksLikeDay, oneOf } from './columns.ts'

/**
 * Warnings of ends: one row for each account, thing that ends, end and lead time, so that each comes at most once. A
 * thing that is extended ends on another day, and is warned of anew.
 */
export const warnings = sqliteTable(
  'warnings',
  {
    accountId: text('account_id')
      .$type<Id<'account'>>()
      .notNull()
      .references(() => accounts.id),
    /** The support, the license of a trial, or the subscription. */
    objectId: text('object_id').notNull(),
    endsOn: day('ends_on').notNull(),
    lead: integer('lead').notNull(),
    kind: text('kind', { enum: endKinds }).notNull(),
    licenseId: text('license_id').$type<Id<'license'>>().notNull(),
    warnedOn: day('warned_on').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.accountId, t.objectId, t.endsOn, t.lead] }),
    oneOf('warning_kind', t.kind, endKinds),
    looksLikeDay('warning_warned_on', t.warnedOn),
    index('warnings_account').on(t.accountId, t.warnedOn),
    index('warnings_expires').on(t.endsOn),
  ],
)

/** Up to which day the clock has done what it does day by day: days on which it did not run are caught up with. */
export const clockDays = sqliteTable(
  'clock_days',
  { job: text('job').primaryKey(), day: day('day').notNull() },
  (t) => [looksLikeDay('clock_day', t.day)],
)

/** A weekly digest is a row: the account and the Monday it is of, with what it told, so that each is made once. */
export const digests = sqliteTable(
  'digests',
  {
    accountId: text('account_id')
      .$type<Id<'account'>>()
      .notNull()
      .references(() => accounts.id),
    week: day('week').notNull(),
    /** How many things there were to do; of none no letter was sent. */
    tasks: integer('tasks').notNull(),
    content: json('content').$type<Digest>().notNull(),
    madeAt: instant('made_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.accountId, t.week] }),
    looksLikeDay('digest_week', t.week),
    index('digests_expires').on(t.week),
  ],
)
