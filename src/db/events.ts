import { and, asc, desc, eq, inArray, type SQL, sql } from 'drizzle-orm'
import type { EventFilter } from '#src/domain/events/filter.ts'
import { build, compile, compiledBy, write } from './query.ts'
import { accountInReach, type Reach, within } from './reach.ts'
import { eventReach, events } from './schema/records.ts'

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

/** Where a page of events begins: after this row. */
export type EventCursor = { readonly value: number; readonly n: number }

type Shape = `${'action' | ''}|${'subject' | ''}|${'from' | ''}|${'to' | ''}|${'after' | ''}`

const given = (present: string, condition: SQL): SQL | undefined => (present ? condition : undefined)

const listOf = compiledBy((shape: Shape) => {
  const [action, subject, from, to, after] = shape.split('|') as [string, string, string, string, string]
  return build
    .select(eventColumns)
    .from(eventReach)
    .innerJoin(events, eq(events.n, eventReach.eventN))
    .where(
      and(
        eq(eventReach.accountN, accountInReach),
        given(action, sql`${eventReach.action} = ${sql.placeholder('action')}`),
        given(subject, sql`${eventReach.subjectId} = ${sql.placeholder('subject')}`),
        given(from, sql`${eventReach.at} >= ${sql.placeholder('from')}`),
        given(to, sql`${eventReach.at} < ${sql.placeholder('to')}`),
        inArray(eventReach.subjectKind, sql`(select value from json_each(${sql.placeholder('kinds')}))`),
        given(
          after,
          sql`(${eventReach.at}, ${eventReach.eventN}) < (${sql.placeholder('afterValue')}, ${sql.placeholder('afterN')})`,
        ),
      ),
    )
    .orderBy(desc(eventReach.at), desc(eventReach.eventN))
    .limit(sql.placeholder('limit'))
})

/** A page of the audit trail, newest first; only of the kinds of thing the reader may see. */
export const listEvents = (reach: Reach, filter: EventFilter, page: { limit: number; after: EventCursor | null }) =>
  listOf(
    `${filter.action ? 'action' : ''}|${filter.subject ? 'subject' : ''}|${filter.from ? 'from' : ''}|${filter.to ? 'to' : ''}|${page.after ? 'after' : ''}`,
    {
      ...within(reach),
      action: filter.action,
      subject: filter.subject,
      from: filter.from ? Date.parse(filter.from) : null,
      to: filter.to ? Date.parse(filter.to) + 86_400_000 : null,
      kinds: JSON.stringify(filter.kinds),
      limit: page.limit,
      afterValue: page.after?.value,
      afterN: page.after?.n,
    },
  )

export type EventRow = ReturnType<ReturnType<typeof listEvents>['rows']>[number]

const ofSubject = compile(
  build
    .select(eventColumns)
    .from(eventReach)
    .innerJoin(events, eq(events.n, eventReach.eventN))
    .where(and(eq(eventReach.accountN, accountInReach), eq(eventReach.subjectId, sql.placeholder('subject'))))
    .orderBy(asc(eventReach.at), asc(eventReach.eventN))
    .limit(100),
)

/** What happened to one thing, oldest first, at most 100 lines. */
export const listEventsOf = (reach: Reach, subjectId: string) => ofSubject({ ...within(reach), subject: subjectId })
