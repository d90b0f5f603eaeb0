import type { Client, InStatement, ResultSet } from '@libsql/client'
import { fillPlaceholders } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/libsql/http'
import type { Connection } from './connection.ts'

export type { ResultSet } from '@libsql/client'

/** Builds statements; it has no database and never sends. */
export const build = drizzle({ client: {} as Client })

/** A statement of a read batch and how to read its answer. */
export type Read<T> = { readonly statement: InStatement; rows(set: ResultSet): T }

/** A statement of a write batch. Plain data: Drizzle's own builders would run when awaited. */
export type Write = { readonly statement: InStatement }

/** Turns a built insert, update or delete into a statement. */
export function write(query: { toSQL(): { sql: string; params: unknown[] } }): Write {
  const { sql, params } = query.toSQL()
  return { statement: { sql, args: params as never } }
}

type Selecting<T> = { prepare(): unknown; readonly _: { readonly result: T } }
type Compiled = {
  getQuery(): { sql: string; params: unknown[] }
  mapResult(set: ResultSet, isFromBatch: true): unknown
}

/** Compiles a select once; the values of its placeholders make a `Read` of it (building costs more than sending). */
export function compile<T>(query: Selecting<T>): (values?: Record<string, unknown>) => Read<T> {
  const prepared = query.prepare() as Compiled
  const { sql, params } = prepared.getQuery()
  const rows = (set: ResultSet) => prepared.mapResult(set, true) as T
  return (values = {}) => ({ statement: { sql, args: fillPlaceholders(params, values) as never }, rows })
}

/** Remembers one compiled statement for each shape of a query; the shapes of a query are few. */
export function compiledBy<S extends string | number, T>(select: (shape: S) => Selecting<T>) {
  const shapes = new Map<S, (values?: Record<string, unknown>) => Read<T>>()
  return (shape: S, values: Record<string, unknown>): Read<T> => {
    const known = shapes.get(shape) ?? compile(select(shape))
    shapes.set(shape, known)
    return known(values)
  }
}

type Rows<R extends readonly Read<unknown>[]> = { [K in keyof R]: R[K] extends Read<infer T> ? T : never }

/** Sends reads as one batch: one round trip, one snapshot. */
export async function read<const R extends readonly Read<unknown>[]>(db: Connection, reads: R): Promise<Rows<R>> {
  const sets = await db.batch(
    reads.map((one) => one.statement),
    'read',
  )
  return reads.map((one, i) => one.rows(sets[i] as ResultSet)) as Rows<R>
}
