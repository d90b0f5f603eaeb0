import { type Client, createClient, type InStatement } from '@libsql/client'
import { drizzle } from 'drizzle-orm/libsql'
import { migrate } from 'drizzle-orm/libsql/migrator'
import { afterAll, expect } from 'vitest'
import type { Connection } from '#src/db/connection.ts'
import { scansOf } from './plans.ts'

/** A connection that tells what went through it. */
export type TestDatabase = Connection & {
  readonly client: Client
  /** Every batch since the last `forget()`, oldest first. */
  readonly trips: { mode: 'read' | 'write'; statements: string[] }[]
  forget(): void
  /** Rows of a query, for looking behind the door. */
  rows(sql: string, ...args: unknown[]): Promise<Record<string, unknown>[]>
}

/** Every statement that a file's tests sent. */
const sent = new Set<string>()

/** Whatever a test asked of the product, no statement of it may read a table that grows from end to end (B8). */
afterAll(async () => {
  if (sent.size > 0) expect(await scansOf((await freshDatabase()).client, sent)).toEqual([])
})

/** A fresh libSQL in memory, migrated from `migrations/`. */
export async function freshDatabase(): Promise<TestDatabase> {
  const client = createClient({ url: ':memory:' })
  await migrate(drizzle(client), { migrationsFolder: 'migrations' })
  const trips: TestDatabase['trips'] = []
  return {
    client,
    trips,
    forget: () => {
      trips.length = 0
    },
    async batch(statements, mode) {
      trips.push({ mode, statements: statements.map(textOf) })
      for (const one of statements) sent.add(textOf(one))
      return client.batch(statements, mode)
    },
    async rows(sql, ...args) {
      const { rows } = await client.execute({ sql, args: args as never })
      return rows.map((row) => ({ ...row }))
    },
  }
}

const textOf = (statement: InStatement): string => (typeof statement === 'string' ? statement : statement.sql)
