import { and, asc, desc, eq, sql } from 'drizzle-orm'
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

type Seen = Pick<LetterRow, 'id' | 'state' | 'attempts'>

/** Has a stuck letter, as it was seen, tried from now on for a day; stands before `expectOne('letter-left')`. */
export const updateLetterDue = ({ id, state, attempts }: Seen, at: Date): Write =>
  write(
    build
      .update(outbox)
      .set({ state: 'pending', attempts: 0, nextAttemptAt: at, triedSince: at })
      .where(and(eq(outbox.id, id), eq(outbox.state, state), eq(outbox.attempts, attempts))),
  )
