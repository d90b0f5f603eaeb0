import { type ChildProcess, spawn } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClient } from '@libsql/client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const folder = mkdtempSync(join(tmpdir(), 'portico-start-'))
const running = new Set<ChildProcess>()

afterAll(async () => {
  const left = [...running]
  for (const one of left) one.kill('SIGTERM')
  await Promise.all(left.map((one) => new Promise((ended) => one.once('exit', ended))))
  rmSync(folder, { recursive: true, force: true })
})

type Started = {
  readonly process: ChildProcess
  readonly port: number
  readonly url: string
  /** What it printed so far, both streams. */
  output(): string
  ended: Promise<number | null>
}

/** `npm start` with its own ports, without npm. */
async function start(environment: Record<string, string> = {}, launcher = 'dev/launch.js'): Promise<Started> {
  const [port, dbPort] = await freePorts(2)
  const variables = { PORT: String(port), DB_PORT: String(dbPort), DATA_DIR: join(folder, 'data'), ...environment }
  const child = spawn(process.execPath, [launcher], { env: { PATH: process.env.PATH, ...variables }, stdio: 'pipe' })
  running.add(child)
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk))
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
  void ended.then(() => running.delete(child))
  const used = Number(variables.PORT)
  return { process: child, port: used, url: `http://127.0.0.1:${used}`, output: () => output, ended }
}

async function ready(one: Started): Promise<Started> {
  const end = Date.now() + 60_000
  while (!one.output().includes('Ctrl-C') && one.process.exitCode === null && Date.now() < end) await pause(20)
  expect(one.output()).toContain('Ctrl-C stops it')
  return one
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(Array.from({ length: count }, () => occupied()))
  for (const { server } of servers) server.close()
  return servers.map(({ port }) => port)
}

async function occupied() {
  const server = createServer()
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  return { server, port: (server.address() as { port: number }).port }
}

/** The processes below one, alive ones only. */
function processesBelow(parent: number): number[] {
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      const stat = existsSync(`/proc/${name}/stat`) ? readFileSync(`/proc/${name}/stat`, 'utf8') : ''
      const [state, ppid] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
      return state && state !== 'Z' ? [{ pid: Number(name), ppid: Number(ppid) }] : []
    })
  const below = (pid: number): number[] =>
    all.filter((one) => one.ppid === pid).flatMap((one) => [one.pid, ...below(one.pid)])
  return below(parent)
}

const isAlive = (pid: number): boolean =>
  existsSync(`/proc/${pid}/stat`) && !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))

/** Those of the processes that have not gone within a second. */
async function lingering(pids: readonly number[]): Promise<number[]> {
  for (let i = 0; i < 50 && pids.some(isAlive); i++) await pause(20)
  return pids.filter(isAlive)
}

/** One sentence, exit code 1, no stack. */
async function expectSentence(one: Started, sentence: RegExp): Promise<void> {
  expect(await one.ended).toBe(1)
  expect(one.output().trim()).toMatch(sentence)
  expect(one.output()).not.toMatch(/^\s+at /m)
  expect(one.output().trim().split('\n')).toHaveLength(1)
}

describe('npm start', () => {
  let first: Started
  let second: Started

  beforeAll(async () => {
    first = await start()
    second = await start({ DATA_DIR: join(folder, 'beside') })
    await Promise.all([ready(first), ready(second)])
  })

  it('serves the portal on localhost and 127.0.0.1, twice side by side', async () => {
    for (const { port } of [first, second]) {
      for (const host of ['localhost', '127.0.0.1']) {
        expect((await fetch(`http://${host}:${port}/healthz`)).status).toBe(200)
        expect((await fetch(`http://${host}:${port}/sign-in`)).status).toBe(200)
      }
    }
  })

  it('says who can sign in, and where letters are', () => {
    for (const text of ['ada@example.com', 'JWT190724-1001-10001', 'northwind', 'ptk_demo_acme', '/dev/mail']) {
      expect(first.output()).toContain(text)
    }
  })

  it('answers a script of the demo', async () => {
    const headers = { authorization: 'Bearer ptk_demo_northwind' }
    expect((await fetch(`${first.url}/api/v1/licenses`, { headers })).status).toBe(200)
  })

  it('runs the timetable when asked, and shows what went wrong', async () => {
    const at = (cron: string) => fetch(`${first.url}/cdn-cgi/handler/scheduled?cron=${encodeURIComponent(cron)}`)
    expect(await (await at('* * * * *')).text()).toBe('ok')
    expect(await (await at('1 2 3 4 5')).text()).toBe('exception')
    expect(first.output()).toContain('The timetable has nothing at')
  })

  it('keeps its secrets from other users of the machine', () => {
    expect(statSync(join(folder, 'data/secrets.env')).mode & 0o077).toBe(0)
  })

  it.each(['SIGINT', 'SIGTERM'] as const)('leaves nothing behind after %s', async (signal) => {
    const one = signal === 'SIGINT' ? first : second
    const below = processesBelow(one.process.pid as number)
    expect(below.length).toBeGreaterThan(0)
    one.process.kill(signal)
    expect(await one.ended).toBe(0)
    expect(await lingering(below)).toEqual([])
    await expect(fetch(`${one.url}/healthz`)).rejects.toThrow()
  })

  it('keeps its data and its secrets', async () => {
    const client = createClient({ url: `file:${join(folder, 'data/portico.db')}` })
    await client.execute("update accounts set name = 'Ada Lovelace' where email = 'ada@example.com'")
    const secrets = readFileSync(join(folder, 'data/secrets.env'), 'utf8')
    const again = await ready(await start())
    const { rows } = await client.execute("select name from accounts where email = 'ada@example.com'")
    client.close()
    expect(rows.map((row) => row.name)).toEqual(['Ada Lovelace'])
    expect(readFileSync(join(folder, 'data/secrets.env'), 'utf8')).toBe(secrets)
    expect((await fetch(`${again.url}/readyz`)).status).toBe(200)
    again.process.kill('SIGINT')
    expect(await again.ended).toBe(0)
  })

  it.each([200, 700, 1200])('stops as well while it is starting, after %i ms', async (ms) => {
    const one = await start()
    await pause(ms)
    const below = processesBelow(one.process.pid as number)
    one.process.kill('SIGINT')
    await one.ended
    expect(one.output()).not.toMatch(/^\s+at /m)
    expect(await lingering(below)).toEqual([])
  })
})

describe('npm start says in one sentence what to do when', () => {
  it('a port is in use', async () => {
    const { server, port } = await occupied()
    await expectSentence(
      await start({ PORT: String(port) }),
      new RegExp(`^Port ${port} is in use\\..*PORT=\\d+ npm start$`),
    )
    await expectSentence(await start({ DB_PORT: String(port) }), new RegExp(`^Port ${port} is in use\\..*DB_PORT=`))
    server.close()
  })

  it('a port is no port', async () => {
    await expectSentence(await start({ PORT: 'eighty' }), /^PORT must be a number/)
  })

  it('the data folder cannot be used', async () => {
    writeFileSync(join(folder, 'file'), '')
    await expectSentence(
      await start({ DATA_DIR: join(folder, 'file/data') }),
      /^The data folder cannot be used .*DATA_DIR/,
    )
  })

  it.each([
    ['garbage', () => Buffer.alloc(8192, 'garbage')],
    ['cut off', (file: Buffer) => file.subarray(0, file.length / 2)],
    ['overwritten', (file: Buffer) => Buffer.from(file).fill(255, 8192, file.length / 2)],
  ])('the database is %s', async (name, damage) => {
    const data = join(folder, name)
    mkdirSync(data)
    writeFileSync(join(data, 'secrets.env'), readFileSync(join(folder, 'data/secrets.env')))
    writeFileSync(join(data, 'portico.db'), damage(readFileSync(join(folder, 'data/portico.db'))))
    await expectSentence(await start({ DATA_DIR: data }), /^The database .* cannot be used .* rm -r /)
  })

  it('the secrets are gone or damaged', async () => {
    const data = join(folder, 'secrets')
    mkdirSync(data)
    writeFileSync(join(data, 'portico.db'), '')
    await expectSentence(await start({ DATA_DIR: data }), /secrets.env is gone.* rm -r /)
    writeFileSync(join(data, 'secrets.env'), 'LINK_KEY=short\n')
    await expectSentence(await start({ DATA_DIR: data }), /secrets.env is damaged \(.*LINK_KEY.* rm -r /)
  })

  it('a FastSpring store in the environment is set by halves', async () => {
    const half = { FASTSPRING_STOREFRONT: 'acme.test.onfastspring.com', FASTSPRING_USERNAME: 'user' }
    const data = join(folder, 'half-a-shop')
    await expectSentence(await start({ DATA_DIR: data, ...half }), /set by halves.*FASTSPRING_PASSWORD is missing/)
  })

  it('dependencies are missing', async () => {
    cpSync('dev/launch.js', join(folder, 'clone/dev/launch.js'))
    writeFileSync(join(folder, 'clone/package.json'), '{ "type": "module" }')
    await expectSentence(await start({}, join(folder, 'clone/dev/launch.js')), /npm ci/)
  })
})
