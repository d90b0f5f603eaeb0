import type { EventEmitter } from 'node:events'
import { join, resolve } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { Trouble, wordsOf } from '../trouble.ts'

const root = resolve(import.meta.dirname, '../..')
const patienceMs = 60_000

export type RunningWorker = { stop(): Promise<void> }

type Options = {
  readonly port: number
  /** Variables and secrets; they win over those of `wrangler.toml`. */
  readonly variables: Record<string, string>
  readonly folder: string
  readonly verbose: boolean
}

/**
 * Runs the Worker under wrangler on `localhost` and `127.0.0.1` until stopped. Quiet: of the Worker's log only what
 * went wrong is shown. `WRANGLER_CONFIG` names another file than `wrangler.toml`. Cron Triggers run when
 * `/cdn-cgi/handler/scheduled?cron=…` is asked, and never by themselves.
 */
export async function startWorker(options: Options): Promise<RunningWorker> {
  Object.assign(process.env, quiet, { WRANGLER_LOG: options.verbose ? 'log' : 'error' })
  const { unstable_startWorker } = await import('wrangler')
  const worker = await unstable_startWorker({
    config: process.env.WRANGLER_CONFIG || join(root, 'wrangler.toml'),
    envFiles: [],
    bindings: Object.fromEntries(
      Object.entries(options.variables).map(([name, value]) => [name, { type: 'secret_text', value }]),
    ),
    build: { custom: { command: '' } },
    dev: {
      server: { hostname: 'localhost', port: options.port, secure: false },
      inspector: false,
      persist: join(options.folder, 'wrangler'),
      watch: true,
      structuredLogsHandler: ({ level, message }: { level: string; message: string }) =>
        show(level, message, options.verbose),
    },
  })
  const stop = () => worker.dispose()
  try {
    await Promise.race([worker.ready.then(() => answers(options.port)), failure(worker.raw), tooLong()])
  } catch (error) {
    await stop()
    throw error
  }
  return { stop }
}

/** No call to the outside, no files outside the data folder, no questions. */
const quiet = {
  CLOUDFLARE_CF_FETCH_ENABLED: 'false',
  WRANGLER_SEND_METRICS: 'false',
  WRANGLER_SEND_ERROR_REPORTS: 'false',
  WRANGLER_HIDE_BANNER: 'true',
  WRANGLER_WRITE_LOGS: 'false',
  CI: 'true',
}

/** Waits until the Worker answers, by both names of this machine. */
async function answers(port: number): Promise<void> {
  for (const host of ['localhost', '127.0.0.1']) {
    const { ok, status } = await fetch(`http://${host}:${port}/healthz`)
    if (!ok) throw new Trouble(`The Worker started, but http://${host}:${port}/healthz answers ${status}.`)
  }
}

/** Rejects at the first failure before the Worker is up; wrangler has shown a failed build itself by then. */
const failure = (events: EventEmitter) =>
  new Promise<never>((_, reject) => {
    events.once('buildFailed', () => reject(new Trouble('The Worker does not build: mend what is named above.')))
    events.once('error', (event: { cause?: unknown }) =>
      reject(new Trouble(`The Worker does not start: ${wordsOf(event.cause ?? event)}`)),
    )
  })

async function tooLong(): Promise<never> {
  await setTimeout(patienceMs, undefined, { ref: false })
  throw new Trouble(`The Worker did not start within ${patienceMs / 1000} seconds. VERBOSE=1 npm start says more.`)
}

/** Shows a line of the Worker's log if something went wrong in it, or if all was asked for. */
function show(level: string, message: string, verbose: boolean): void {
  const wrong = /^(error|warn)/.test(level) || /^\{"level":"(error|warn)"/.test(message)
  if (wrong) console.error(message)
  else if (verbose) console.log(message)
}
