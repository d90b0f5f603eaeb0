import { and, asc, desc, eq, inArray, or, type SQL, sql } from 'drizzle-orm'
import { type EventFilter, kindsByReader } from '#src/domain/events/filter.ts'
import { build, compile, compiledBy, write } from './query.ts'
import { accountInReach, type Reach, within } from './reach.ts'
import { accounts, apiKeys, logins } from './schema/accounts.ts'
import { supports } from './schema/licenses.ts'
import { eventReach, events } from './schema/records.ts'
import { sessions } from './schema/sign-in.ts'

export type NewEvent = typeof events.$inferInsert

/** Writes one line of the audit trail; it stands in the batch of the change it tells of. */
export const insertEvent = (event: NewEvent) => write(build.insert(events).values(event))

const eventColumns = {
  n: events.n,
  id: events.id,
  at: events.at,
  actorKind: events.actorKind,
  actorId: events.actorId,
  actorName: events.actorName,
  action: events.action,
  subjectKind: events.subjectKind,
  subjectId: events.subjectId,
  subjectName: events.subjectName,
  before: events.before,
  after: events.after,
  address: events.address,
}

/** A row beside which a page of events begins. */
export type EventCursor = { readonly value: number; readonly n: number }

/** A page goes on after a row, or back before one; rows of a page going back come in the turned order. */
export type EventPage = {
  readonly limit: number
  readonly after?: EventCursor | null
  readonly before?: EventCursor | null
}

/** Who asks, as `kindsByReader` names them. */
const reader: SQL = sql`coalesce(
  (select ${accounts.kind} || '/' || coalesce(${logins.role}, '') || '/' || coalesce(${logins.isMaster}, 0) from ${sessions} join ${accounts} on ${accounts.id} = ${sessions.accountId}
    left join ${logins} on ${logins.id} = ${sessions.loginId} where ${sessions.id} = ${sql.placeholder('credential')}),
  (select ${accounts.kind} || '/' || ${apiKeys.role} || '/' || ${apiKeys.isMaster} from ${apiKeys} join ${accounts} on ${accounts.id} = ${apiKeys.accountId}
    where ${apiKeys.hash} = ${sql.placeholder('credential')}))`

/** The kinds of thing the reader may see, looked up in the domain's table; nobody unknown sees any. */
const kindsSeen: SQL = sql`(select value from json_each(${sql.placeholder('kindsByReader')}, '$."' || ${reader} || '"'))`
/** What the reader did to their own login and sessions. */
const isOwnDoing: SQL = sql`${eventReach.subjectKind} in ('login', 'session') and ${eventReach.actorId} =
  (select coalesce(${sessions.loginId}, ${sessions.accountId}) from ${sessions} where ${sessions.id} = ${sql.placeholder('credential')})`
const kindsByReaderText = JSON.stringify(kindsByReader)

type Shape = `${'actor' | ''}|${'action' | ''}|${'subject' | ''}|${'from' | ''}|${'to' | ''}|${'after' | 'before' | ''}`

const given = (present: string, condition: SQL): SQL | undefined => (present ? condition : undefined)

/** Left to itself, the database would go through all days of a filter to find one action in them. */
const reachBy = (actor: string, action: string, subject: string): SQL => {
  const of = subject || [actor, action].filter(Boolean).join('_') || 'at'
  return sql`${eventReach} indexed by ${sql.identifier(`event_reach_${of}`)}`
}

const listOf = compiledBy((shape: Shape) => {
  const [actor = '', action = '', subject = '', from = '', to = '', beside = ''] = shape.split('|')
  return build
    .select(eventColumns)
    .from(reachBy(actor, action, subject))
    .innerJoin(events, eq(events.n, eventReach.eventN))
    .where(
      and(
        eq(eventReach.accountN, accountInReach),
        given(actor, sql`${eventReach.actorId} = ${sql.placeholder('actor')}`),
        given(action, sql`${eventReach.action} = ${sql.placeholder('action')}`),
        given(subject, sql`${eventReach.subjectId} = ${sql.placeholder('subject')}`),
        given(from, sql`${eventReach.at} >= ${sql.placeholder('from')}`),
        given(to, sql`${eventReach.at} < ${sql.placeholder('to')}`),
        or(inArray(eventReach.subjectKind, kindsSeen), isOwnDoing),
        beside ? keyset(beside === 'before') : undefined,
      ),
    )
    .orderBy(
      ...(beside === 'before'
        ? [asc(eventReach.at), asc(eventReach.eventN)]
        : [desc(eventReach.at), desc(eventReach.eventN)]),
    )
    .limit(sql.placeholder('limit'))
})

const keyset = (back: boolean): SQL =>
  sql`(${eventReach.at}, ${eventReach.eventN}) ${sql.raw(back ? '>' : '<')} (${sql.placeholder('besideValue')}, ${sql.placeholder('besideN')})`

/** A page of the audit trail, newest first; only of the kinds of thing the reader may see. */
export const listEvents = (reach: Reach, filter: EventFilter, { limit, after, before }: EventPage) =>
  listOf(
    `${filter.actor ? 'actor' : ''}|${filter.action ? 'action' : ''}|${filter.subject ? 'subject' : ''}|${filter.from ? 'from' : ''}|${filter.to ? 'to' : ''}|${before ? 'before' : after ? 'after' : ''}`,
    {
      ...within(reach),
      actor: filter.actor,
      action: filter.action,
      subject: filter.subject,
      from: filter.from ? Date.parse(filter.from) : null,
      to: filter.to ? Date.parse(filter.to) + 86_400_000 : null,
      kindsByReader: kindsByReaderText,
      limit,
      besideValue: (before ?? after)?.value,
      besideN: (before ?? after)?.n,
    },
  )

export type EventRow = ReturnType<ReturnType<typeof listEvents>['rows']>[number]

const ofLicense = compile(
  build
    .select(eventColumns)
    .from(eventReach)
    .innerJoin(events, eq(events.n, eventReach.eventN))
    .where(
      and(
        eq(eventReach.accountN, accountInReach),
        sql`${eventReach.subjectId} in (${sql.placeholder('license')},
          (select ${supports.id} from ${supports} where ${supports.licenseId} = ${sql.placeholder('license')}))`,
      ),
    )
    .orderBy(asc(eventReach.at), asc(eventReach.eventN))
    .limit(100),
)

/** What happened to a license and its support, oldest first, at most 100 lines. */
export const listEventsOfLicense = (reach: Reach, license: string) => ofLicense({ ...within(reach), license })
