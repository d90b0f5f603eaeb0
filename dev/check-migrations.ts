/**
 * Says whether `migrations/` holds all that the schema says: generates into a copy and looks for anything new.
 *
 *     npm run check
 */
import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'

const root = resolve(import.meta.dirname, '..')
const copy = mkdtempSync(join(root, 'node_modules/.migrations-'))

try {
  cpSync(join(root, 'migrations'), copy, { recursive: true })
  const out = relative(root, copy)
  const options = ['generate', '--dialect', 'turso', '--schema', './src/db/schema/*.ts', '--out', out]
  const { status, stdout, stderr } = spawnSync(join(root, 'node_modules/.bin/drizzle-kit'), options, {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const fresh = sqlFilesIn(copy).filter((file) => !sqlFilesIn(join(root, 'migrations')).includes(file))
  if (status !== 0) stop(`drizzle-kit generate failed:\n${stdout}${stderr}`)
  else if (fresh.length > 0) stop('The schema has changed without a migration. Run `npm run db:generate`.')
} finally {
  rmSync(copy, { recursive: true, force: true })
}

function sqlFilesIn(folder: string): string[] {
  return readdirSync(folder).filter((name) => name.endsWith('.sql'))
}

function stop(sentence: string): void {
  console.error(sentence)
  process.exitCode = 1
}
