import { beforeEach, expect, test } from 'vitest'
import { fabrikam, northwind } from '#dev/world/people.ts'
import { DatabaseUnavailable } from '#src/db/connection.ts'
import { callChecked } from '../support/api.ts'
import { openPortal, type Portal } from '../support/portal.ts'

const key = northwind.apiKey
let portal: Portal
beforeEach(async () => {
  portal = await openPortal()
})

async function problem(method: string, path: string, options: Parameters<Portal['call']>[2] = { key }) {
  const response = await portal.call(method, path, options)
  expect(response.headers.get('content-type')).toBe('application/problem+json')
  const body = (await response.json()) as Record<string, unknown>
  expect(body.status).toBe(response.status)
  expect(body.requestId).toBe(response.headers.get('x-request-id'))
  expect(Object.keys(body)).toEqual(expect.arrayContaining(['type', 'title', 'code', 'detail']))
  return { ...body, headers: response.headers } as { code: string; status: number; headers: Headers } & typeof body
}

test('R274 without a valid key everything but the links is 401', async () => {
  for (const options of [
    {},
    { key: 'ptk_wrong-key-here' },
    { key: 'x' },
    { headers: { authorization: 'Basic YTpi' } },
  ]) {
    const answer = await problem('GET', '/api/v1/licenses', options)
    expect([answer.status, answer.code]).toEqual([401, 'unauthorized'])
    expect(answer.headers.get('www-authenticate')).toBe('Bearer')
  }
  expect((await callChecked(portal, 'GET', '/api/v1')).body.links.licenses).toBe('/api/v1/licenses')
})

test('a session’s cookie opens no API', async () => {
  const answer = await problem('GET', '/api/v1/licenses', { headers: { cookie: '__Host-portico=whatever' } })
  expect(answer.status).toBe(401)
})

test('a key that was revoked or has expired is worth nothing at once; a suspended account says so', async () => {
  const { client } = portal.db
  await client.execute("update api_keys set expires_at = 1 where id = 'apk_00-northwind'")
  expect((await problem('GET', '/api/v1/licenses')).status).toBe(401)
  await client.execute("update api_keys set expires_at = null, revoked_at = 1 where id = 'apk_00-northwind'")
  expect((await problem('GET', '/api/v1/licenses')).status).toBe(401)
  await client.execute('update api_keys set revoked_at = null')
  await client.execute('update accounts set suspended_at = 1 where id = ?', [northwind.accountId])
  expect((await problem('GET', '/api/v1/licenses')).code).toBe('account-suspended')
})

test('a path that is not there is 404, a known one with another method 405 with Allow', async () => {
  for (const path of ['/api/v1/nothing', '/api/v1/licenses/', '/api/', '/api/v2', '/api/v1/licenses/a/b']) {
    expect([path, (await problem('GET', path)).code]).toEqual([path, 'not-found'])
    expect([path, (await problem('POST', path, { key, body: {} })).code]).toEqual([path, 'not-found'])
  }
  const answers = {
    '/api/v1': 'GET',
    '/api/v1/licenses': 'GET',
    '/api/v1/licenses/lic_1': 'GET, PATCH, DELETE',
    '/api/v1/orders/x': 'GET',
    '/api/v1/events': 'GET',
  }
  for (const [path, allow] of Object.entries(answers)) {
    const answer = await problem('PUT', path, { key, body: {} })
    expect([path, answer.status, answer.headers.get('allow')]).toEqual([path, 405, allow])
  }
})

test('I3 a body of another type is 415, one over 256 kB 413', async () => {
  const path = '/api/v1/licenses/lic_00-northwind-jansen-1'
  const type = { 'content-type': 'application/x-www-form-urlencoded', 'if-match': '*' }
  const form = await problem('PATCH', path, { key, body: 'comment=x', headers: type })
  expect([form.status, form.expected]).toEqual([415, 'application/json'])
  const huge = await problem('PATCH', path, {
    key,
    body: { comment: 'x'.repeat(300_000) },
    headers: { 'if-match': '*' },
  })
  expect([huge.status, huge.limit]).toEqual([413, 262_144])
})

test('a key that is throttled is 429 with Retry-After, and no other key with it', async () => {
  const seen: string[] = []
  portal = await openPortal({
    fences: {
      api: async (id) => seen.push(id) <= 3 || id !== seen[0],
      signIn: async () => true,
      software: async () => true,
    },
  })
  for (let i = 0; i < 3; i++) expect((await portal.call('GET', '/api/v1/licenses', { key })).status).toBe(200)
  const answer = await problem('GET', '/api/v1/licenses')
  expect([answer.status, answer.headers.get('retry-after')]).toEqual([429, '60'])
  expect((await portal.call('GET', '/api/v1/licenses', { key: fabrikam.apiKey })).status).toBe(200)
  expect(seen.join()).not.toContain('ptk_')
})

test('D1 a database that does not answer is 503 with Retry-After', async () => {
  portal = await openPortal()
  portal.db.batch = async () => {
    throw new DatabaseUnavailable('gone')
  }
  const answer = await problem('GET', '/api/v1/licenses')
  expect([answer.status, answer.code, answer.headers.get('retry-after')]).toEqual([503, 'unavailable', '5'])
})

test('a fault of our own is 500 and says nothing of itself', async () => {
  portal.db.batch = async () => {
    throw Object.assign(new Error('SQLITE_ERROR: no such column: secret'), { code: 'SQLITE_ERROR' })
  }
  const answer = await problem('GET', '/api/v1/licenses')
  expect([answer.status, answer.code]).toEqual([500, 'internal-error'])
  expect(JSON.stringify(answer)).not.toContain('secret')
})
