import { resolve } from 'node:path'
import type { Client } from '@libsql/client'
import { drizzle } from 'drizzle-orm/libsql'
import { migrate } from 'drizzle-orm/libsql/migrator'

const migrationsFolder = resolve(import.meta.dirname, '../migrations')

/**
 * Brings a database to the schema of this version: all that is missing in one batch of `client.migrate()`, which keeps
 * foreign keys off around it. May be run again at any time.
 */
export const applyMigrations = (client: Client): Promise<void> => migrate(drizzle(client), { migrationsFolder })
