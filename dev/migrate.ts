/**
 * Brings the database of `DATABASE_URL` (with `DATABASE_TOKEN`) to the schema of this version. Safe to run twice.
 *
 *     DATABASE_URL=libsql://… DATABASE_TOKEN=… npm run db:migrate
 */
import { createClient } from '@libsql/client'
import { applyMigrations } from './migrations.ts'
import { wordsOf } from './trouble.ts'

const { DATABASE_URL: url, DATABASE_TOKEN: authToken } = process.env

if (!url) stop('DATABASE_URL is missing. Set it to the address of the database, such as libsql://portal-acme.turso.io')
else {
  try {
    const client = createClient({ url, ...(authToken ? { authToken } : {}) })
    await applyMigrations(client)
    client.close()
    console.log('The database is up to date.')
  } catch (error) {
    stop(`The database was not migrated and is as it was: ${wordsOf(error)}`)
  }
}

function stop(sentence: string): void {
  console.error(sentence)
  process.exitCode = 1
}
