import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Client, createClient } from '@libsql/client'
import { drizzle } from 'drizzle-orm/libsql'
import { migrate } from 'drizzle-orm/libsql/migrator'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { applyMigrations } from '#dev/migrations.ts'
import { loadWorld } from '#dev/world/world.ts'
import { findSchemaState } from '#src/db/schema-state.ts'
import { testDeps, testNow } from '../support/deps.ts'

let client: Client
let folder: string
beforeEach(() => {
  client = createClient({ url: ':memory:' })
  folder = mkdtempSync(join(tmpdir(), 'portico-migrations-'))
  cpSync('migrations', folder, { recursive: true })
})
afterEach(() => {
  client.close()
  rmSync(folder, { recursive: true })
})

const rows = async (sql: string) => (await client.execute(sql)).rows.map((row) => ({ ...row }))
/** Everything that the schema is made of, and how many rows lie in each table. */
async function state() {
  const schema = await rows('select type, name, sql from sqlite_master order by type, name')
  const tables = schema.filter(
    ({ type, name }) => type === 'table' && !/^(sqlite_|license_comments_|key_texts_)/.test(String(name)),
  )
  const counts = await Promise.all(
    tables.map(({ name }) => rows(`select '${name}' as name, count(*) as n from ${name}`)),
  )
  return { schema, counts: counts.flat() }
}

async function loadDemo(): Promise<void> {
  const connection = { batch: client.batch.bind(client) }
  await loadWorld(connection, { now: testNow, passwords: testDeps(connection).passwords })
}

/** Adds a migration to the folder's, as drizzle-kit does, or puts it in the place of the one that was added. */
function addMigration(statements: readonly string[]): void {
  const journal = JSON.parse(readFileSync('migrations/meta/_journal.json', 'utf8'))
  const last = journal.entries.at(-1)
  journal.entries.push({ ...last, idx: last.idx + 1, when: last.when + 1000, tag: '9999_next' })
  writeFileSync(join(folder, 'meta/_journal.json'), JSON.stringify(journal))
  writeFileSync(join(folder, '9999_next.sql'), statements.join('\n--> statement-breakpoint\n'))
}
const migrateFolder = () => migrate(drizzle(client), { migrationsFolder: folder })

/**
 * What a changed CHECK takes: a table made anew to which others refer, with rows that would go with it. Triggers that
 * speak of it are dropped before and made again after.
 */
async function rebuild(): Promise<string[]> {
  const [table] = await rows("select sql from sqlite_master where type = 'table' and name = 'supports'")
  const spoken = await rows("select name, sql from sqlite_master where type = 'trigger' and sql like '%supports%'")
  const index = await rows(
    "select sql from sqlite_master where type = 'index' and tbl_name = 'supports' and sql is not null",
  )
  return [
    ...spoken.map(({ name }) => `drop trigger ${name}`),
    String(table?.sql).replace('`supports`', '`supports_new`').replaceAll('"supports".', '"supports_new".'),
    'insert into supports_new select * from supports',
    'drop table supports',
    'alter table supports_new rename to supports',
    ...index.map(({ sql }) => String(sql)),
    ...spoken.map(({ sql }) => String(sql)),
  ]
}

test('migrations apply to an empty database, are ready, and may be run again', async () => {
  await applyMigrations(client)
  const { statement, rows: read } = findSchemaState()
  expect(read(await client.execute(statement as { sql: string; args: never[] }))).toEqual([{ found: 1 }])
  const before = await state()
  expect(before.counts.filter(({ n }) => n !== 0).map(({ name }) => name)).toEqual(['__drizzle_migrations'])
  await applyMigrations(client)
  expect(await state()).toEqual(before)
})

test('a migration that dies at any of its statements leaves everything as it was, and goes through once it is mended (D4)', async () => {
  await applyMigrations(client)
  await loadDemo()
  const before = await state()
  const statements = await rebuild()
  for (const dying of [...statements.keys(), statements.length]) {
    addMigration(statements.toSpliced(dying, 0, 'update nowhere set none = 1'))
    await expect(migrateFolder()).rejects.toThrow()
    expect(await state(), `dead at ${dying}`).toEqual(before)
  }
  addMigration(statements)
  await migrateFolder()
  const after = await state()
  const rowsOf = ({ counts }: typeof after) => counts.filter(({ name }) => name !== '__drizzle_migrations')
  expect(rowsOf(after)).toEqual(rowsOf(before))
  expect(after.schema.map(({ name }) => name)).toEqual(before.schema.map(({ name }) => name))
  expect(await rows('pragma foreign_key_check')).toEqual([])
  await migrateFolder()
  expect(await state()).toEqual(after)
})

test('foreign keys hold again after a migration that died', async () => {
  await applyMigrations(client)
  addMigration(['update nowhere set nothing = 1'])
  await expect(migrateFolder()).rejects.toThrow()
  await expect(
    client.execute("insert into supports values ('sup_x', 'lic_nobody', '2026-01-01', '2026-01-02', 1, 0)"),
  ).rejects.toThrow(/FOREIGN KEY/)
})
