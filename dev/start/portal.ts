import { watch } from 'node:fs'
import { relative, resolve } from 'node:path'
import { depsOf } from '#src/env.ts'
import { build } from '../build.ts'
import { Trouble, wordsOf } from '../trouble.ts'
import { type DataFolder, openDataFolder } from './data-folder.ts'
import { startDatabase } from './database.ts'
import { greeting } from './greeting.ts'
import type { Ports } from './ports.ts'
import { startWorker } from './worker.ts'

type Options = Ports & {
  readonly verbose: boolean
  /** Takes what has to be stopped in the end. */
  readonly onStop: (stop: () => Promise<void>) => void
}

/** Starts everything; returns what there is to say about it. */
export async function startPortal({ port, dbPort, verbose, onStop }: Options): Promise<string> {
  const folder = openDataFolder(resolve(process.env.DATA_DIR || '.data'))
  const variables = variablesFor(folder, port, dbPort)
  const { passwords } = configured(folder, variables)
  await built()
  const starting = startWorker({ port, variables, folder: folder.path, verbose })
  starting.catch(() => {}) // Told below, unless the database has something to tell first.
  const database = await startDatabase(folder, dbPort, passwords)
  onStop(() => database.close())
  const worker = await starting
  onStop(() => worker.stop())
  onStop(rebuildOnChange())
  return greeting(port, shown(folder.path), (performance.now() / 1000).toFixed(1))
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
function configured(folder: DataFolder, variables: Record<string, string>) {
  try {
    return depsOf({ ...variables, ASSETS: {} }, { waitUntil: () => {} })
  } catch (error) {
    const problems = wordsOf(error).replace(/^.*?: /, '')
    throw new Trouble(
      `${folder.path}/secrets.env is damaged (${problems}). Mend it, or remove the folder to begin anew with demo data: rm -r ${folder.path}`,
    )
  }
}

/** Builds again when the stylesheet or the script changes; wrangler sees the rest. Returns what ends it. */
function rebuildOnChange(): () => Promise<void> {
  const watcher = watch(resolve(import.meta.dirname, '../../views'), (_event, name) => {
    if (name === 'style.css' || name === 'enhance.js') build().catch((error) => console.error(wordsOf(error)))
  })
  return async () => watcher.close()
}

/** A path as one would type it here. */
function shown(path: string): string {
  const near = relative('', path)
  return near.startsWith('..') ? path : near || '.'
}
