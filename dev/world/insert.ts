import { type Column, getTableColumns, getTableName, is, SQL } from 'drizzle-orm'
import type { SQLiteTable } from 'drizzle-orm/sqlite-core'
import type { Write } from '#src/db/query.ts'

type Values = readonly (string | number | bigint | null)[]

/** One insert of many rows. Drizzle's own builder says the same ten times as slowly, and every test loads the world. */
export function insertAll<T extends SQLiteTable>(table: T, rows: readonly T['$inferInsert'][]): Write {
  const used = Object.entries(getTableColumns(table)).filter(([key]) => rows.some((row) => key in row))
  const names = used.map(([, { name }]) => `"${name}"`).join(', ')
  const oneRow = `(${used.map(() => '?').join(', ')})`
  const sql = `insert into "${getTableName(table)}" (${names}) values ${rows.map(() => oneRow).join(', ')}`
  const args: Values = rows.flatMap((row) =>
    used.map(([key, column]) => toDriver(column, row[key as keyof typeof row])),
  )
  return { statement: { sql, args: [...args] } }
}

function toDriver(column: Column, given: unknown): Values[number] {
  const value = given === undefined && !is(column.default, SQL) ? (column.default ?? null) : (given ?? null)
  return value === null ? null : (column.mapToDriverValue(value) as Values[number])
}
