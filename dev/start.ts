/**
 * From a fresh clone to a running portal: builds, prepares the database in DATA_DIR, serves it on DB_PORT, runs the
 * Worker on PORT, and says who can sign in. Ctrl-C stops all of it.
 *
 *     npm start
 */
import { choosePorts } from './start/ports.ts'
import { Trouble, wordsOf } from './trouble.ts'

const verbose = Boolean(process.env.VERBOSE)
const stops: (() => Promise<void>)[] = []
let stopping = false

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
  const ports = await choosePorts()
  const { startPortal } = await import('./start/portal.ts')
  const greeting = await startPortal({ ...ports, verbose, onStop: (one) => stops.push(one) })
  console.log(greeting)
} catch (error) {
  if (!stopping) await fail(error)
}
