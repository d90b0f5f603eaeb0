import { sql } from 'drizzle-orm'
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { actorKinds, eventActions, expiredActions, subjectKinds } from '#src/domain/events/actions.ts'
import type { Id } from '#src/domain/ids.ts'
import { letterStates, letterTemplates } from '#src/domain/outbox.ts'
import { accounts } from './accounts.ts'
import { instant, json, oneOf } from './columns.ts'

/** The audit trail: who did what to which thing, before and after, when and from where. Append-only by trigger. */
export const events = sqliteTable(
  'events',
  {
    n: integer('n').primaryKey({ autoIncrement: true }),
    id: text('id').$type<Id<'event'>>().notNull().unique(),
    accountId: text('account_id')
      .$type<Id<'account'>>()
      .notNull()
      .references(() => accounts.id),
    at: instant('at').notNull(),
    actorKind: text('actor_kind', { enum: actorKinds }).notNull(),
    actorId: text('actor_id').notNull(),
    actorName: text('actor_name').notNull(),
    action: text('action', { enum: eventActions }).notNull(),
    subjectKind: text('subject_kind', { enum: subjectKinds }).notNull(),
    subjectId: text('subject_id').notNull(),
    subjectName: text('subject_name').notNull(),
    before: json('before').$type<Record<string, unknown>>(),
    after: json('after').$type<Record<string, unknown>>(),
    address: text('address').notNull(),
    requestId: text('request_id').notNull(),
  },
  (t) => [
    oneOf('event_actor_kind', t.actorKind, actorKinds),
    index('events_account').on(t.accountId, t.n),
    index('events_subject').on(t.subjectId, t.n),
    // What ended is told once for each end, however often and by how many the clock looks.
    uniqueIndex('event_expired_once')
      .on(t.subjectId, t.action, sql`(${t.after} ->> '$.endsOn')`)
      .where(sql.raw(`action in (${expiredActions.map((action) => `'${action}'`).join(', ')})`)),
  ],
)

/** Events below each account. Kept by triggers alone. */
export const eventReach = sqliteTable(
  'event_reach',
  {
    accountN: integer('account_n').notNull(),
    eventN: integer('event_n').notNull(),
    at: instant('at').notNull(),
    action: text('action', { enum: eventActions }).notNull(),
    subjectKind: text('subject_kind', { enum: subjectKinds }).notNull(),
    subjectId: text('subject_id').notNull(),
    actorId: text('actor_id').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.accountN, t.eventN] }),
    index('event_reach_at').on(t.accountN, t.at, t.eventN),
    index('event_reach_action').on(t.accountN, t.action, t.at, t.eventN),
    index('event_reach_subject').on(t.accountN, t.subjectId, t.at, t.eventN),
    index('event_reach_actor').on(t.accountN, t.actorId, t.at, t.eventN),
    index('event_reach_actor_action').on(t.accountN, t.actorId, t.action, t.at, t.eventN),
    index('event_reach_event').on(t.eventN),
  ],
)

/** Letters to send: written in the batch of the change that causes them, rendered and sent afterwards. */
export const outbox = sqliteTable(
  'outbox',
  {
    id: text('id').$type<Id<'letter'>>().primaryKey(),
    accountId: text('account_id')
      .$type<Id<'account'>>()
      .references(() => accounts.id),
    template: text('template', { enum: letterTemplates }).notNull(),
    params: json('params').$type<Record<string, unknown>>().notNull(),
    recipient: text('recipient').notNull(),
    /** Template, subject and period: a letter that was written once is not written again. */
    onceKey: text('once_key').notNull(),
    state: text('state', { enum: letterStates }).notNull().default('pending'),
    attempts: integer('attempts').notNull().default(0),
    nextAttemptAt: instant('next_attempt_at').notNull(),
    leaseUntil: instant('lease_until'),
    providerId: text('provider_id'),
    error: text('error'),
    createdAt: instant('created_at').notNull(),
    /** From when on it is tried for a day: when it was written, or sent again by hand. */
    triedSince: instant('tried_since'),
    sentAt: instant('sent_at'),
  },
  (t) => [
    oneOf('letter_state', t.state, letterStates),
    uniqueIndex('letter_once').on(t.onceKey),
    index('outbox_due').on(t.state, t.nextAttemptAt),
    index('outbox_state').on(t.state, t.id),
    index('outbox_account').on(t.accountId),
  ],
)

/** Runs of the timetable's jobs, the last fifty of each and its last success: what the vendor looks at when mail is late. */
export const jobRuns = sqliteTable(
  'job_runs',
  {
    n: integer('n').primaryKey({ autoIncrement: true }),
    id: text('id').$type<Id<'jobRun'>>().notNull().unique(),
    job: text('job').notNull(),
    startedAt: instant('started_at').notNull(),
    endedAt: instant('ended_at'),
    count: integer('count').notNull().default(0),
    error: text('error'),
    /** Who asked for it; `''` is the clock. */
    by: text('by').notNull().default(''),
  },
  (t) => [index('job_runs_job').on(t.job, t.n), index('job_runs_expires').on(t.startedAt)],
)

/** The answer once given to an `Idempotency-Key` or a form's request id, so that a retry gets it again. */
export const idempotencyRecords = sqliteTable(
  'idempotency_records',
  {
    scope: text('scope').notNull(),
    key: text('key').notNull(),
    requestHash: text('request_hash').notNull(),
    status: integer('status'),
    response: json('response').$type<unknown>(),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.scope, t.key] }), index('idempotency_records_created').on(t.createdAt)],
)

/** Never holds a row: its triggers abort a batch whose expectation fails (`src/db/expect.ts`). */
export const expectations = sqliteTable('expectations', { name: text('name').notNull(), holds: integer('holds') })
