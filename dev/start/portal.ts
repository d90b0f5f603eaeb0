import { type FSWatcher, readdirSync, watch } from 'node:fs'
import { join, relative, resolve } from 'node:path'
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
  ...mailSettings(process.env.MAIL_SMTP_URL),
  FASTSPRING_SECRETS: 'portico-demo',
  ...shopSettings(process.env),
  ...folder.variables,
  ENVIRONMENT: 'development',
  PUBLIC_ORIGIN: `http://localhost:${port}`,
  DATABASE_URL: `http://127.0.0.1:${dbPort}`,
  DATABASE_TOKEN: '',
})

/** Letters are kept for `/dev/mail` alone, or also handed to a mail server such as Mailpit. */
const mailSettings = (url: string | undefined): Record<string, string> =>
  url ? { MAIL_ADAPTER: 'smtp', MAIL_SMTP_URL: url, MAIL_FROM: 'portal@acme.example' } : { MAIL_ADAPTER: 'development' }

/** A FastSpring store to try; without one the sandbox shop plays it. */
const shopSettings = (environment: NodeJS.ProcessEnv): Record<string, string> =>
  Object.fromEntries(
    Object.entries(environment).flatMap(([name, value]) =>
      name.startsWith('FASTSPRING_') && value ? [[name, value]] : [],
    ),
  )

/** Reads the variables as the Worker will, so that a damaged file, or half a shop, is told here and now. */
function configured(folder: DataFolder, variables: Record<string, string>) {
  try {
    return depsOf({ ...variables, ASSETS: {} }, { waitUntil: () => {} })
  } catch (error) {
    const problems = wordsOf(error).replace(/^.*?: /, '')
    if (problems.startsWith('FASTSPRING_')) throw new Trouble(`The shop is set by halves: ${problems}`)
    throw new Trouble(
      `${folder.path}/secrets.env is damaged (${problems}). Mend it, or remove the folder to begin anew with demo data: rm -r ${folder.path}`,
    )
  }
}

/** Builds again when what the Worker is made of changes; wrangler takes what was built. Returns what ends it. */
function rebuildOnChange(): () => Promise<void> {
  let watchers: FSWatcher[] = []
  let soon: NodeJS.Timeout | undefined
  const close = () => {
    clearTimeout(soon)
    for (const one of watchers) one.close()
  }
  // Folder by folder, and anew each time: `recursive` loses sight of files that editors replace.
  const look = () => {
    close()
    watchers = [...foldersIn('src'), ...foldersIn('views')].map((folder) => watch(folder, changed))
  }
  const changed = (_event: string, name: string | null) => {
    if (!name || !/\.(tsx?|css|js)$/.test(name) || name.includes('.generated.')) return
    clearTimeout(soon)
    soon = setTimeout(rebuild, 50)
  }
  const rebuild = () => {
    look()
    build().catch((error) => console.error(wordsOf(error)))
  }
  look()
  return async () => close()
}

function foldersIn(name: string): string[] {
  const path = resolve(import.meta.dirname, '../..', name)
  const below = readdirSync(path, { recursive: true, withFileTypes: true }).filter((one) => one.isDirectory())
  return [path, ...below.map((one) => join(one.parentPath, one.name))]
}

/** A path as one would type it here. */
function shown(path: string): string {
  const near = relative('', path)
  return near.startsWith('..') ? path : near || '.'
}
