import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

/** A portal of its own, as `npm start` runs it, with demo data of its own. */
export type RunningPortal = {
  readonly origin: string
  /** Where its libSQL answers. */
  readonly database: string
  stop(): Promise<void>
}

/** Starts a portal on free ports over an empty data folder; both are gone when it stops. More variables may be set. */
export async function startPortal(more: Readonly<Record<string, string>> = {}): Promise<RunningPortal> {
  const folder = mkdtempSync(join(tmpdir(), 'portico-portal-'))
  const [port, dbPort] = await freePorts(2)
  const child = spawn(process.execPath, [resolve(import.meta.dirname, 'start.ts')], {
    cwd: resolve(import.meta.dirname, '..'),
    // The portal watches its parent when npm runs it: should this process be killed, it does not stay behind.
    env: {
      ...process.env,
      ...more,
      PORT: `${port}`,
      DB_PORT: `${dbPort}`,
      DATA_DIR: folder,
      npm_lifecycle_event: 'start',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = new Promise<void>((done) => child.once('exit', () => done()))
  const stop = async () => {
    child.kill('SIGTERM')
    await ended
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    await greeted(child, ended)
    return { origin: `http://localhost:${port}`, database: `http://127.0.0.1:${dbPort}`, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** Waits for the greeting; what is said instead becomes the error. */
function greeted({ stdout, stderr }: ReturnType<typeof spawn>, ended: Promise<void>): Promise<void> {
  let said = ''
  return new Promise((done, fail) => {
    const hear = (chunk: Buffer) => {
      said += chunk
      if (said.includes('Portico runs at')) done()
    }
    stdout?.on('data', hear)
    stderr?.on('data', hear)
    void ended.then(() => fail(new Error(`The portal did not start: ${said}`)))
  })
}

async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'))
  await Promise.all(servers.map((server) => new Promise((done) => server.once('listening', done))))
  const ports = servers.map((server) => (server.address() as { port: number }).port)
  await Promise.all(servers.map((server) => new Promise((done) => server.close(done))))
  return ports
}
