import { sql } from 'drizzle-orm'
import { check, customType, integer, type SQLiteColumn, text } from 'drizzle-orm/sqlite-core'
import type { Day } from '#src/domain/day.ts'

/** A UTC calendar day as `YYYY-MM-DD`. */
export const day = customType<{ data: Day; driverData: string }>({ dataType: () => 'text' })

/** An instant, stored in milliseconds. */
export const instant = (name: string) => integer(name, { mode: 'timestamp_ms' })

/** JSON in a text column. */
export const json = (name: string) => text(name, { mode: 'json' })

/** `CHECK (column IN (…))` over a list that the domain holds. */
export const oneOf = (name: string, column: SQLiteColumn, values: readonly string[]) =>
  check(name, sql`${column} in (${sql.raw(values.map((value) => `'${value}'`).join(', '))})`)

/** `CHECK` that a day column, where set, looks like a day. */
export const looksLikeDay = (name: string, column: SQLiteColumn) =>
  check(name, sql`${column} glob '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'`)
