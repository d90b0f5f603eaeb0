import { and, asc, desc, eq, type SQL, sql } from 'drizzle-orm'
import type { LetterFilter } from '#src/domain/outbox.ts'
import { build, compile, compiledBy, type Write, write } from './query.ts'
import { isVendors, type Reach, within } from './reach.ts'
import { outbox } from './schema/records.ts'

/** Everything but what the letter says: its parameters may open a door. */
const columns = {
  id: outbox.id,
  template: outbox.template,
  recipient: outbox.recipient,
  state: outbox.state,
  attempts: outbox.attempts,
  error: outbox.error,
  providerId: outbox.providerId,
  createdAt: outbox.createdAt,
  nextAttemptAt: outbox.nextAttemptAt,
  sentAt: outbox.sentAt,
}

/** Ids sort by age; no id sorts behind this one or before the empty one. */
const lastId = 'let_~'

const listOf = compiledBy((shape: `${'state' | 'all'}|${'after' | 'before'}`) => {
  const [which, from] = shape.split('|')
  const beside = sql`${outbox.id} ${sql.raw(from === 'before' ? '>' : '<')} ${sql.placeholder('besideId')}`
  return build
    .select(columns)
    .from(outbox)
    .where(and(which === 'state' ? eq(outbox.state, sql.placeholder('state')) : undefined, beside, isVendors))
    .orderBy(from === 'before' ? asc(outbox.id) : desc(outbox.id))
    .limit(sql.placeholder('limit'))
})

type LetterPage = {
  readonly limit: number
  readonly after?: { readonly id: string } | null
  readonly before?: { readonly id: string } | null
}

/** A page of the letters of the outbox, the newest first; the vendor's to see. */
export const listLetters = (reach: Reach, { state }: LetterFilter, { limit, after, before }: LetterPage) =>
  listOf(`${state ? 'state' : 'all'}|${before ? 'before' : 'after'}`, {
    ...within(reach),
    ...{ limit, state, besideId: (before ?? after)?.id ?? lastId },
  })

export type LetterRow = ReturnType<ReturnType<typeof listLetters>['rows']>[number]

const one = compile(
  build
    .select(columns)
    .from(outbox)
    .where(and(eq(outbox.id, sql.placeholder('id')), isVendors)),
)

/** One letter, or nothing for anybody but the vendor. */
export const findLetterAs = (reach: Reach, id: string) => one({ ...within(reach), id })

/** How long a letter may wait before somebody should look, and how many of a trouble are counted. */
const patienceMs = 15 * 60_000
const mostCounted = 100

/** Letters by an index of their state, as far as they are counted. */
const countOf = (states: string, more = sql``): SQL<number> =>
  sql<number>`(select count(*) from (select 1 from outbox as o indexed by outbox_state
    where o.state in (${sql.raw(states)}) ${more} limit ${sql.raw(String(mostCounted + 1))}))`

const trouble = compile(
  build
    .select({
      dead: countOf("'dead'"),
      late: countOf(
        "'pending', 'sending'",
        sql`and coalesce(o.tried_since, o.created_at) < ${sql.placeholder('lateBefore')}`,
      ),
    })
    .from(sql`(select 1) as once`)
    .where(isVendors),
)

/** How many letters were given up, and how many wait for longer than a quarter of an hour; nothing for anybody but the vendor. */
export const findMailTrouble = (reach: Reach, now: Date) =>
  trouble({ ...within(reach), lateBefore: now.getTime() - patienceMs })

type Seen = Pick<LetterRow, 'id' | 'state' | 'attempts'>

/** Has a stuck letter, as it was seen, tried from now on for a day; stands before `expectOne('letter-left')`. */
export const updateLetterDue = ({ id, state, attempts }: Seen, at: Date): Write =>
  write(
    build
      .update(outbox)
      .set({ state: 'pending', attempts: 0, nextAttemptAt: at, triedSince: at })
      .where(and(eq(outbox.id, id), eq(outbox.state, state), eq(outbox.attempts, attempts))),
  )
