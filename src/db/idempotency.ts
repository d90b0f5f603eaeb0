import { and, eq, SQL, sql } from 'drizzle-orm'
import { build, compile, write } from './query.ts'
import { idempotencyRecords } from './schema/records.ts'

/** The constraint that a request's second twin violates. */
export const requestTaken = 'idempotency_records.scope, idempotency_records.key'

const requestOf = (scope: string, key: string) =>
  and(eq(idempotencyRecords.scope, scope), eq(idempotencyRecords.key, key))

/** The answer once given to a request, if it was asked before. A scope is one session or one API key. */
export const findAnswer = compile(
  build
    .select({
      hash: idempotencyRecords.requestHash,
      status: idempotencyRecords.status,
      response: idempotencyRecords.response,
    })
    .from(idempotencyRecords)
    .where(
      and(eq(idempotencyRecords.scope, sql.placeholder('scope')), eq(idempotencyRecords.key, sql.placeholder('key'))),
    ),
)
export type StoredAnswer = ReturnType<ReturnType<typeof findAnswer>['rows']>[number]

/** Stands first in its batch, so that a twin is told apart before anything else is refused. */
export const insertRequest = (scope: string, key: string, requestHash: string, createdAt: Date) =>
  write(build.insert(idempotencyRecords).values({ scope, key, requestHash, createdAt }))

/** Plain data as JSON text; SQL is taken to make such text itself. */
const jsonOf = (response: unknown): SQL => (response instanceof SQL ? response : sql`${JSON.stringify(response)}`)

/** Stands last: keeps the answer and returns it. Sub-selects in it see what the batch has written. */
export const completeRequest = (scope: string, key: string, status: number, response: unknown) =>
  write(
    build
      .update(idempotencyRecords)
      .set({ status, response: jsonOf(response) as never })
      .where(requestOf(scope, key))
      .returning({ response: idempotencyRecords.response }),
  )

/** The same answer where nobody asked to keep it. */
export const answerWith = (response: unknown) =>
  write(build.select({ response: jsonOf(response) }).from(sql`(select 1)`))
