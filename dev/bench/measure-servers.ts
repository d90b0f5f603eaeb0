import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClient } from '@libsql/client'
import { connect } from '#src/db/connection.ts'
import { cursorOf } from '#src/http/cursors.ts'
import { createApp } from '#src/whole.ts'
import { testDeps, testNow } from '../../test/support/deps.ts'
import { startLibsqlServer } from '../libsql-server.ts'
import { applyMigrations } from '../migrations.ts'
import { demoPassword, fabrikam } from '../world/people.ts'
import { loadWorld } from '../world/world.ts'
import { addComputers } from './many-computers.ts'
import { medianOf, printGrowth, signInTo } from './timing.ts'

const origin = 'https://portal.acme.example'
const hour = 3_600_000

/** A row in the middle of the order, behind which a deep page begins. */
const deep = (value: string) => cursorOf({ side: 'after', way: 0, value, n: 0 })

const pages: Record<string, string> = {
  list: '/computers',
  'list, deep page': `/computers?cursor=${deep('host-5')}&page=900`,
  'by last check-in, deep page': `/computers?sort=-seen&cursor=${deep(String(testNow.getTime() - 9 * hour))}&page=900`,
  'by IP, by registration': '/computers?sort=-ip',
  'of one product': '/computers?product=extended-support',
  'of a rare product': '/computers?product=extended-support-sla',
  'of three products at once': '/computers?product=live-patching,extended-support,extended-support-sla',
  'of three, by last check-in': '/computers?product=live-patching,extended-support,extended-support-sla&sort=-seen',
  'of a group': '/computers?group=grp_many-3',
  'of a key': '/computers?key=key_many-3',
  stale: '/computers?seen=stale',
  'never seen': '/computers?seen=never',
  'not for 7 days': '/computers?seen=older-7',
  'registered in a quarter': '/computers?from=2026-01-01&to=2026-03-31',
  'search, a name': '/computers?q=host-50',
  'search, a key': '/computers?q=MANY-0003',
}

/** Loads more and more servers into one account and times its pages, check-ins, removals and its CSV after each. */
export async function measureGrowth(sizes: readonly number[]): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'portico-servers-'))
  const server = await startLibsqlServer({ file: join(folder, 'servers.db'), transactionMs: 60_000 })
  try {
    const client = createClient({ url: server.url })
    await applyMigrations(client)
    const deps = testDeps(connect({ url: server.url }))
    await loadWorld(deps.db, { now: testNow, passwords: deps.passwords })
    await client.execute('update account_products set server_licenses = null')
    let now = testNow
    const app = createApp(() => ({ ...deps, now: () => now }))
    const cookie = await signInTo(app, origin, fabrikam.logins.full.email, demoPassword)
    const bearer = { authorization: `Bearer ${fabrikam.apiKey}`, 'content-type': 'application/json' }
    const post = async (path: string, body: unknown, headers: Record<string, string>) =>
      app.request(origin + path, { method: 'POST', headers, body: JSON.stringify(body) })
    const software = await activated(post)
    const medians: Record<string, number[]> = {}
    const note = async (name: string, request: () => Promise<Response>, status = 200) => {
      medians[name] = [...(medians[name] ?? []), await medianOf(request, status)]
    }
    for (const [i, size] of sizes.entries()) {
      await addComputers(client, fabrikam.accountId, sizes[i - 1] ?? 0, size)
      await client.execute('analyze')
      now = testNow
      for (const [name, path] of Object.entries(pages)) {
        await note(name, async () => app.request(origin + path, { headers: { cookie } }))
      }
      let n = sizes[i - 1] ?? 0
      const removal = () => post('/api/v1/computer-removals', { computers: [`com_many-${n++}`] }, bearer)
      await note('remove one', removal, 201)
      await note('check in, a write each', () => {
        now = new Date(now.getTime() + 2 * hour)
        return post(`/api/v1/activations/${software.id}/check-ins`, {}, software.headers)
      })
      now = testNow
      await measureCsv(size, async () => app.request(`${origin}/computers.csv`, { headers: { cookie } }))
    }
    client.close()
    printGrowth(sizes, medians)
  } finally {
    await server.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

type Post = (path: string, body: unknown, headers: Record<string, string>) => Promise<Response>

/** Software that is activated and may check in. */
async function activated(post: Post) {
  const json = { 'content-type': 'application/json' }
  const machine = {
    product: 'live-patching',
    fingerprint: 'bench-0123456789abcdef',
    hostname: 'bench.fabrikam.example',
  }
  const answer = await post('/api/v1/activations', { activationKey: fabrikam.keys.livePatching.code, ...machine }, json)
  const { id, token } = (await answer.json()) as { id: string; token: string }
  return { id, headers: { ...json, authorization: `Bearer ${token}` } }
}

/** Reads the CSV to its end, one chunk after the other, and says how long it took and how much more memory at most. */
async function measureCsv(size: number, request: () => Promise<Response>): Promise<void> {
  globalThis.gc?.()
  const before = process.memoryUsage().heapUsed
  const begun = performance.now()
  const response = await request()
  const first = performance.now() - begun
  let [bytes, lines, most] = [0, 0, 0]
  for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
    bytes += chunk.length
    for (const byte of chunk) if (byte === 10) lines++
    globalThis.gc?.()
    most = Math.max(most, process.memoryUsage().heapUsed - before)
  }
  const seconds = (performance.now() - begun) / 1000
  const [begins, all] = [`first byte after ${first.toFixed(0)} ms`, `all in ${seconds.toFixed(1)} s`]
  const held = `${(most / 1024 / 1024).toFixed(1)} MiB more memory at most`
  console.log(`CSV at ${size.toLocaleString('en')}: ${lines - 1} rows, ${bytes} bytes, ${begins}, ${all}, ${held}`)
}
