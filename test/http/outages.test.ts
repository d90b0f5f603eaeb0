import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type LibsqlServer, startLibsqlServer } from '#dev/libsql-server.ts'
import { acme, ada, demoPassword } from '#dev/world/people.ts'
import { loadWorld } from '#dev/world/world.ts'
import { connect, DatabaseUnavailable, patience } from '#src/db/connection.ts'
import { createApp } from '#src/whole.ts'
import { testDeps, testNow } from '../support/deps.ts'
import { doorsOf, identify, prove } from '../support/doors.ts'
import { Browser, type Portal } from '../support/portal.ts'

/** What the line to the database does with a request. */
type Line = (request: IncomingMessage, response: ServerResponse, forward: () => Promise<Response>) => unknown

const pass: Line = async (_, response, forward) => {
  const answer = await forward()
  response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? '' })
  response.end(Buffer.from(await answer.arrayBuffer()))
}
const html = '<html><body><h1>502 Bad Gateway</h1><script>alert(1)</script></body></html>'
const refused: Line = (request) => request.socket.destroy()
const hanging: Line = () => {}
const json = { 'content-type': 'application/json' }

const faults: [string, Line][] = [
  ['a connection that is cut', refused],
  ['no answer at all', hanging],
  ['an answer that begins and never ends', (_, response) => response.writeHead(200, json).write('{"baton":null,')],
  ['a page of a gateway, 502', (_, response) => response.writeHead(502, { 'content-type': 'text/html' }).end(html)],
  [
    'a page of a gateway that says 200',
    (_, response) => response.writeHead(200, { 'content-type': 'text/html' }).end(html),
  ],
  ['a login page elsewhere', (_, response) => response.writeHead(302, { location: '/login' }).end()],
  ['500 as JSON', (_, response) => response.writeHead(500, json).end('{"message":"oh","code":"SQLITE_UNKNOWN"}')],
  ['429 as JSON', (_, response) => response.writeHead(429, json).end('{"message":"slow down"}')],
  ['401: the token has expired', (_, response) => response.writeHead(401, json).end('{"error":"unauthorized"}')],
  [
    'an answer cut in the middle',
    async (_, response, forward) => {
      const text = await (await forward()).text()
      response
        .writeHead(200, { ...json, 'content-length': text.length })
        .write(text.slice(0, text.length / 2), () => response.destroy())
    },
  ],
  [
    'half the JSON, said to be all',
    async (_, response, forward) => {
      const text = await (await forward()).text()
      response.writeHead(200, json).end(text.slice(0, text.length / 2))
    },
  ],
  ['JSON of another shape', (_, response) => response.writeHead(200, json).end('{"hello":"world"}')],
  ['an empty answer', (_, response) => response.writeHead(200, json).end()],
  [
    'no result in the answer',
    (_, response) => response.writeHead(200, json).end('{"baton":null,"base_url":null,"results":[]}'),
  ],
  [
    'a busy database',
    (_, response) =>
      response
        .writeHead(200, json)
        .end(
          '{"baton":null,"base_url":null,"results":[{"type":"error","error":{"message":"database is locked","code":"SQLITE_BUSY"}},{"type":"ok","response":{"type":"close"}}]}',
        ),
  ],
  [
    'a baton nobody knows',
    (_, response) => response.writeHead(400, json).end('{"message":"The stream has expired","code":"STREAM_EXPIRED"}'),
  ],
]

const own = 'https://portal.acme.example'
let database: LibsqlServer
let proxy: Server
let line: Line = pass
/** How long the portal waits for the database: long enough for a busy machine, until a fault is put in the way. */
const within = { read: 10_000, write: 10_000 }

function put(fault: Line): void {
  line = fault
  within.read = within.write = fault === pass ? 10_000 : 80
}
let portal: Portal
let browser: Browser
let cookies: Map<string, string>

beforeAll(async () => {
  database = await startLibsqlServer({ file: ':memory:' })
  proxy = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const body = Buffer.concat(chunks)
    const forward = () => fetch(database.url + request.url, { method: 'POST', headers: json, body })
    await line(request, response, forward)
  })
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`
  const db = connect({ url }, fetch, within)
  const { createClient } = await import('@libsql/client')
  const { drizzle } = await import('drizzle-orm/libsql')
  const { migrate } = await import('drizzle-orm/libsql/migrator')
  await migrate(drizzle(createClient({ url: database.url })), { migrationsFolder: 'migrations' })
  const deps = testDeps(db)
  await loadWorld(connect({ url: database.url }), { now: testNow, passwords: deps.passwords })
  const app = createApp(() => deps)
  portal = { app, deps } as Portal
  const first = new Browser(app, {})
  await identify(first, ada.email)
  expect((await prove(first, ada.orders[0])).status).toBe(303)
  await deps.settled()
  cookies = first.cookies
})
afterAll(async () => {
  proxy.closeAllConnections()
  proxy.close()
  await database.close()
})
beforeEach(() => {
  put(pass)
  browser = new Browser(portal.app, {})
  for (const [name, value] of cookies) browser.cookies.set(name, value)
})

/** What a computer of no account would send as its own. */
const token = 'act_nobody.1.00000000000000000000000000000000000000000'
const ofComputers = /^\/api\/v1\/activations\/[^/]+\/(check-ins|license-file)$/

const call = (path: string, method = 'GET') =>
  portal.app.request(own + path, {
    method,
    headers: { authorization: `Bearer ${ofComputers.test(path) ? token : acme.apiKey}`, ...json, 'if-match': '*' },
    ...(method === 'PATCH' ? { body: '{"comment":"x"}' } : {}),
  })

describe('with a good line', () => {
  test('the portal works over Hrana as it does in memory', async () => {
    expect((await browser.request('GET', '/')).status).toBe(200)
    expect((await browser.request('GET', '/readyz')).status).toBe(200)
    expect((await call('/api/v1/licenses')).status).toBe(200)
    await identify(browser, ada.email)
    expect((await prove(browser, 'wrong')).status).toBe(422)
    for (let i = 0; i < 6; i++) {
      const stranger = new Browser(portal.app, { 'cf-connecting-ip': `203.0.113.${i}` })
      await identify(stranger, acme.login)
      expect((await prove(stranger, i < 5 ? 'wrong' : demoPassword)).status).toBe(422)
    }
  })
})

describe.each(faults)('with %s', (_, fault) => {
  test('every page and every call is 503 with Retry-After, in time, as page or problem (D1 D2)', async () => {
    put(fault)
    const begun = performance.now()
    const page = await browser.request('GET', '/')
    const text = await page.text()
    expect([page.status, page.headers.get('retry-after')]).toEqual([503, '5'])
    expect(page.headers.get('content-type')).toMatch(/^text\/html/)
    expect(text).toContain('Back in a moment')
    expect(text).not.toMatch(/alert\(1\)|Bad Gateway|SQLITE|locked|Hrana/)
    const answer = await call('/api/v1/licenses')
    const problem = (await answer.json()) as { code: string; status: number }
    expect([answer.status, answer.headers.get('retry-after'), problem.code]).toEqual([503, '5', 'unavailable'])
    expect(answer.headers.get('content-type')).toBe('application/problem+json')
    expect(performance.now() - begun).toBeLessThan(2000)
  })

  test('an act is 503 and not told as done; the session stays (D2)', async () => {
    const path = `/licenses/${ada.licenses.lab}/comment`
    put(fault)
    expect((await browser.request('POST', path, 'comment=x&version=1')).status).toBe(503)
    expect((await browser.request('POST', '/sign-out', '')).status).toBe(503)
    await identify(browser, ada.email)
    expect((await prove(browser, ada.orders[0])).status).toBe(503)
    put(pass)
    for (const [name, value] of cookies) browser.cookies.set(name, value)
    expect((await browser.request('GET', '/')).status).toBe(200)
  })

  test('/healthz is 200, /readyz 503, and the first page of sign-in stands (D1)', async () => {
    put(fault)
    expect((await browser.request('GET', '/healthz')).status).toBe(200)
    expect((await browser.request('GET', '/readyz')).status).toBe(503)
    expect((await new Browser(portal.app, {}).request('GET', '/sign-in')).status).toBe(200)
  })
})

test('every guarded route is 503 when the database is gone, and none at all is a fault of ours (D1)', async () => {
  put(refused)
  const guarded: unknown[] = []
  const open: unknown[] = []
  for (const { method, sample, guard } of doorsOf(portal)) {
    const body = sample === '/sign-out' ? '' : 'comment=x&version=1&identifier=x&proof=x'
    const answer = sample.startsWith('/api/')
      ? await call(sample, method)
      : await browser.request(method, sample, method === 'POST' ? body : undefined)
    const lines = guard?.lets === 'anyone' ? open : guarded
    lines.push([method, sample, answer.status])
    for (const [name, value] of cookies) browser.cookies.set(name, value)
  }
  await portal.deps.settled().catch(() => undefined)
  expect(guarded.length).toBeGreaterThan(15)
  // What is wrong with a body is said before the database is asked.
  const fine = (status: unknown) => status === 503 || status === 422
  expect(guarded.filter((line) => !fine((line as unknown[])[2]))).toEqual([])
  expect(open.filter((line) => (line as unknown[])[2] === 500)).toEqual([])
})

test('htmx is told to show the page of the fault where the page was', async () => {
  put(refused)
  const answer = await browser.request('GET', '/?q=a', undefined, {
    'hx-request': 'true',
    'hx-request-type': 'partial',
  })
  expect([answer.status, answer.headers.get('hx-retarget')]).toEqual([503, '#page'])
})

test('nothing listens: the same, at once', async () => {
  const db = connect({ url: 'http://127.0.0.1:9' })
  await expect(db.batch(['select 1'], 'read')).rejects.toBeInstanceOf(DatabaseUnavailable)
})

test('a write is not sent twice by itself (D2)', async () => {
  let sent = 0
  put((request) => {
    sent++
    request.socket.destroy()
  })
  await identify(browser, ada.email)
  await prove(browser, ada.orders[0])
  expect(sent).toBe(1)
})

test('reads wait two seconds, writes five (D2)', () => {
  expect(patience).toEqual({ read: 1900, write: 5000 })
})

test('what the database refuses is no outage: a wrong statement is a fault of ours', async () => {
  const db = connect({ url: database.url })
  const error = await db.batch(['select nothing from nowhere'], 'read').catch((one: unknown) => one)
  expect(error).not.toBeInstanceOf(DatabaseUnavailable)
})
