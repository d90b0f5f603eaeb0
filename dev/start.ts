/**
 * From a fresh clone to a running portal: builds, prepares the database in DATA_DIR, serves it on DB_PORT, runs the
 * Worker on PORT, and says who can sign in. Ctrl-C stops all of it.
 *
 *     npm start
 */
import { watch } from 'node:fs'
import { relative, resolve } from 'node:path'
import { depsOf } from '#src/env.ts'
import { build } from './build.ts'
import { startLibsqlServer } from './libsql-server.ts'
import { type DataFolder, openDataFolder } from './start/data-folder.ts'
import { prepareDatabase } from './start/database.ts'
import { greeting } from './start/greeting.ts'
import { demandFree, isFree, portIn } from './start/ports.ts'
import { startWorker } from './start/worker.ts'
import { Trouble, wordsOf } from './trouble.ts'

const startedAt = Date.now()
const verbose = Boolean(process.env.VERBOSE)
const stops: (() => Promise<void>)[] = []
let stopping = false

async function start(): Promise<void> {
  const { port, dbPort } = await ports()
  await built()
  const folder = openDataFolder(resolve(process.env.DATA_DIR || '.data'))
  const { passwords } = configured(variablesFor(folder, port, dbPort), folder)
  await prepareDatabase(folder, passwords)
  const server = await startLibsqlServer({ file: folder.database, port: dbPort })
  stops.push(() => server.close())
  const variables = variablesFor(folder, port, server.port)
  const worker = await startWorker({ port, variables, folder: folder.path, verbose })
  stops.push(() => worker.stop())
  rebuildOnChange()
  console.log(greeting(port, shown(folder.path), ((Date.now() - startedAt) / 1000).toFixed(1)))
}

/** A path as one would type it here. */
function shown(path: string): string {
  const near = relative('', path)
  return near.startsWith('..') ? path : near || '.'
}

/** The ports to use. Unless one is asked for, the database takes another when 8080 is in use. */
async function ports(): Promise<{ port: number; dbPort: number }> {
  const port = portIn('PORT', process.env.PORT) ?? 8787
  await demandFree('PORT', port)
  const dbPort = portIn('DB_PORT', process.env.DB_PORT)
  if (dbPort === port) throw new Trouble('PORT and DB_PORT must differ.')
  if (dbPort) await demandFree('DB_PORT', dbPort)
  return { port, dbPort: dbPort ?? ((await isFree(8080)) && port !== 8080 ? 8080 : 0) }
}

async function built(): Promise<void> {
  try {
    await build()
  } catch (error) {
    throw new Trouble(`The build failed: ${wordsOf(error)}`)
  }
}

/** The variables of a development portal; what stands in the data folder's `secrets.env` comes first. */
const variablesFor = (folder: DataFolder, port: number, dbPort: number): Record<string, string> => ({
  VENDOR_NAME: 'Acme Software',
  SUPPORT_EMAIL: 'support@acme.example',
  ORDER_PREFIX: 'JWT',
  MAIL_ADAPTER: 'development',
  FASTSPRING_SECRETS: 'portico-demo',
  ...folder.variables,
  ENVIRONMENT: 'development',
  PUBLIC_ORIGIN: `http://localhost:${port}`,
  DATABASE_URL: `http://127.0.0.1:${dbPort}`,
  DATABASE_TOKEN: '',
})

/** Reads the variables as the Worker will, so that a damaged file is told here and now. */
function configured(variables: Record<string, string>, folder: DataFolder) {
  try {
    return depsOf({ ...variables, ASSETS: {} }, { waitUntil: () => {} })
  } catch (error) {
    const { message } = error as Error
    throw new Trouble(
      `${folder.path}/secrets.env is damaged (${message.replace(/^.*?: /, '')}). Mend it, or remove the folder to begin anew with demo data: rm -r ${folder.path}`,
    )
  }
}

/** Builds again when the stylesheet or the script changes; wrangler sees the rest. */
function rebuildOnChange(): void {
  const watcher = watch(resolve(import.meta.dirname, '../views'), (_event, name) => {
    if (name === 'style.css' || name === 'enhance.js') build().catch((error) => console.error(wordsOf(error)))
  })
  stops.push(async () => watcher.close())
}

/** Stops everything, last started first, and ends with exit code 0. A signal that comes again changes nothing. */
async function stop(): Promise<void> {
  if (stopping) return
  stopping = true
  await stopAll()
  process.exit(0)
}

async function fail(error: unknown): Promise<void> {
  stopping = true
  console.error(error instanceof Trouble ? error.message : `Portico did not start: ${wordsOf(error)}`)
  if (verbose) console.error(error)
  await stopAll()
  process.exit(1)
}

/** Waits for everything to stop, but not for ever. */
async function stopAll(): Promise<void> {
  const end = setTimeout(() => process.exit(1), 5000)
  for (const one of stops.reverse()) await one().catch(() => {})
  clearTimeout(end)
}

// Wrangler would end the process in the middle of stopping: nobody else answers to these.
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
for (const signal of signals) process.on(signal, stop)
process.on('newListener', (name, listener) => {
  if (signals.includes(String(name)) && listener !== stop) queueMicrotask(() => process.off(name, listener))
})

// Should npm be killed without a word, the portal does not stay behind.
const parent = process.ppid
if (process.env.npm_lifecycle_event) setInterval(() => process.ppid !== parent && stop(), 1000).unref()

try {
  await start()
} catch (error) {
  if (!stopping) await fail(error)
}
