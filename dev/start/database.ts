import { createClient } from '@libsql/client'
import type { Connection } from '#src/db/connection.ts'
import type { Passwords } from '#src/gateways/passwords.ts'
import { type LibsqlServer, startLibsqlServer } from '../libsql-server.ts'
import { applyMigrations } from '../migrations.ts'
import { Trouble, wordsOf } from '../trouble.ts'
import { loadWorld } from '../world/world.ts'
import { type DataFolder, orBeginAnew } from './data-folder.ts'

/** Prepares the database of a data folder and serves it. */
export async function startDatabase(folder: DataFolder, port: number, passwords: Passwords): Promise<LibsqlServer> {
  try {
    await prepare(folder, passwords)
    return await startLibsqlServer({ file: folder.database, port })
  } catch (error) {
    throw new Trouble(`The database ${folder.database} cannot be used (${wordsOf(error)}). ${orBeginAnew(folder.path)}`)
  }
}

/** Checks the file, brings it to the schema of this version and, where it is empty, loads the demo world. */
async function prepare(folder: DataFolder, passwords: Passwords): Promise<void> {
  const client = createClient({ url: `file:${folder.database}` })
  try {
    const { rows } = await client.execute('pragma quick_check(1)')
    if (rows[0]?.[0] !== 'ok') throw new Error(String(rows[0]?.[0]))
    await applyMigrations(client)
    const connection: Connection = { batch: (statements, mode) => client.batch(statements, mode) }
    await loadWorld(connection, { now: new Date(), passwords })
  } finally {
    client.close()
  }
}
