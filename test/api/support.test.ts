import { parse } from 'csv-parse/sync'
import { beforeEach, expect, test } from 'vitest'
import { acme, ada, fabrikam, northwind, tailspin } from '#dev/world/people.ts'
import { callChecked, pageThrough } from '../support/api.ts'
import { openPortal, type Portal } from '../support/portal.ts'

const key = northwind.apiKey
const jansen = 'sup_00-northwind-jansen-1'
const license = '/api/v1/licenses/lic_00-northwind-jansen-1'
const atelier = '/api/v1/licenses/lic_00-northwind-atelier-1'

let portal: Portal
beforeEach(async () => {
  portal = await openPortal()
})

const call = (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
  callChecked(portal, method, path, { key, headers, ...(body === undefined ? {} : { body }) })
const post = (path: string, body: unknown, headers?: Record<string, string>) => call('POST', path, body, headers)

test('R120 R121 R122 R123 the list of support filters by range, owner, account, product; its pages and its file are whole', async () => {
  const all = await pageThrough(portal, '/api/v1/support?limit=7', key)
  const [count] = await portal.db.rows(
    `select count(*) as n from license_reach where account_n = (select n from accounts where id = '${northwind.accountId}')`,
  )
  expect(all.rows.length).toBe(count?.n)
  const past = await call('GET', '/api/v1/support?to=2026-08-20&limit=100')
  expect(past.body.data.every((one: { endsOn: string }) => one.endsOn <= '2026-08-20')).toBe(true)
  expect(past.body.data.length).toBeGreaterThan(4)
  const theirs = await call('GET', `/api/v1/support?account=${tailspin.accountId}&product=remote-access`)
  expect(new Set(theirs.body.data.map((one: { account: { name: string } }) => one.account.name))).toEqual(
    new Set(['Tailspin']),
  )
  const none = await call('GET', '/api/v1/support?support=none&owner=own')
  expect(none.body.data.every((one: { id: unknown; status: string }) => one.id === null && one.status === 'none')).toBe(
    true,
  )
  const csv = parse((await call('GET', '/api/v1/support?format=csv')).body, { columns: true, bom: true })
  expect(csv).toHaveLength(all.rows.length)
  expect((await call('GET', '/api/v1/support?from=2026-09-01&to=2026-08-01')).body.code).toBe('invalid-query')
})

test('R317 lists narrow to one account below; outside they are empty', async () => {
  const one = await call('GET', `/api/v1/licenses?account=${tailspin.accountId}&limit=100`)
  expect(one.body.data.length).toBeGreaterThan(3)
  expect((await call('GET', '/api/v1/licenses?account=acc_00-southridge')).body.data).toEqual([])
  expect((await call('GET', `/api/v1/support?account=${acme.accountId}`)).body.data).toEqual([])
})

test('R125 R126 R127 an extension answers the days it added: valid from its end, expired from today', async () => {
  const valid = await post(`/api/v1/support/${jansen}/extensions`, { years: 1 })
  expect([valid.status, valid.body]).toEqual([201, { startsOn: '2026-08-28', endsOn: '2027-08-27' }])
  const expired = await post('/api/v1/support/sup_00-northwind-delta-3/extensions', { years: 2 })
  expect([expired.status, expired.body]).toEqual([201, { startsOn: '2026-08-21', endsOn: '2028-08-20' }])
})

test.each([0, -1, 4, 1.5, 1_000_000_000, '1', null])('R125 %j years are refused with a sentence', async (years) => {
  const { status, body } = await post(`/api/v1/support/${jansen}/extensions`, { years })
  expect([status, body.code, body.errors[0].pointer]).toEqual([422, 'invalid-request', '/years'])
  expect(body.errors[0].detail).toBe('Choose 1, 2 or 3 years')
})

test('R125 many are renewed in one act, all or nothing', async () => {
  const many = [jansen, 'sup_00-northwind-zuid-1']
  const done = await post('/api/v1/support-renewals', { support: many, years: 1 })
  expect([done.status, done.body.support.map(({ id }: { id: string }) => id).sort()]).toEqual([201, many.toSorted()])
  const periods = 'select count(*) as n from support_periods where source = ?'
  const before = await portal.db.rows(periods, 'credit')
  const foreign = await post('/api/v1/support-renewals', { support: [jansen, 'sup_00-southridge-mesa-1'], years: 1 })
  expect([foreign.status, foreign.body.code]).toEqual([404, 'not-found'])
  expect(await portal.db.rows(periods, 'credit')).toEqual(before)
  const many101 = { support: Array.from({ length: 101 }, (_, i) => `sup_${i}`), years: 1 }
  expect((await post('/api/v1/support-renewals', many101)).body.code).toBe('invalid-request')
  expect((await post('/api/v1/support-renewals', { support: [], years: 1 })).body.code).toBe('invalid-request')
})

test('a hundred are renewed in one read and one write', async () => {
  const rows = await portal.db.rows(
    'select id from supports where license_id in (select id from licenses where account_id = ?) limit 100',
    northwind.accountId,
  )
  await portal.db.client.execute(`insert into licenses (id, account_id, serial, product_code, edition_code, size, kind, bought_on, email, email_key, created_at)
    with recursive s(v) as (select 1 union all select v + 1 from s where v < 100) select 'lic_m-' || v, '${northwind.accountId}', 'M-' || v, 'remote-access', 'pro', 10, 'permanent', '2025-01-01', 'x@y.example', 'x@y.example', 0 from s`)
  await portal.db.client.execute(
    "insert into supports (id, license_id, starts_on, ends_on, created_at) select 'sup_' || id, id, '2026-01-01', '2026-12-31', 0 from licenses where id like 'lic_m-%'",
  )
  await portal.db.client.execute(
    `insert into credit_entries (id, account_id, offer_code, amount, reason, actor_id, created_at) values ('cre_x', '${northwind.accountId}', 'remote-access/pro/10/support', 100, 'granted', 'x', 1)`,
  )
  expect(rows.length).toBeGreaterThan(3)
  const support = Array.from({ length: 100 }, (_, i) => `sup_lic_m-${i + 1}`)
  await portal.deps.settled()
  portal.db.forget()
  expect((await post('/api/v1/support-renewals', { support, years: 1 })).status).toBe(201)
  const trips = portal.db.trips.map(({ mode }) => mode)
  expect(trips.filter((mode) => mode === 'read')).toHaveLength(1)
  expect(trips.length).toBeLessThanOrEqual(3)
})

test('the same key does an extension, an addition and an upgrade once', async () => {
  for (const [path, body] of [
    [`/api/v1/support/${jansen}/extensions`, { years: 1 }],
    [`${atelier}/support`, { years: 1 }],
    [`${license}/upgrades`, { size: 25 }],
  ] as const) {
    const headers = { 'idempotency-key': `once-${path}` }
    const entries = 'select count(*) as n from credit_entries'
    const first = await post(path, body, headers)
    const after = await portal.db.rows(entries)
    const second = await post(path, body, headers)
    expect([path, first.status, second.status]).toEqual([path, 201, 201])
    expect(second.body).toEqual(first.body)
    expect(await portal.db.rows(entries)).toEqual(after)
    expect((await post(path, { ...body, years: 2 }, headers)).status).toBe(422)
  }
})

test('R108 support for a license that has none; where there is some it is refused', async () => {
  const added = await post(`${atelier}/support`, { years: 1 })
  expect([added.status, added.body]).toEqual([
    201,
    { id: expect.stringMatching(/^sup_/), startsOn: '2026-08-21', endsOn: '2027-08-20' },
  ])
  const again = await post(`${atelier}/support`, { years: 1 })
  expect([again.status, again.body.code]).toEqual([409, 'support-there'])
})

test('R113 an upgrade answers the license as it is, and refuses with codes and figures', async () => {
  const done = await post(`${license}/upgrades`, { size: 25, edition: 'enterprise' })
  expect([done.status, done.body]).toMatchObject([201, { size: 25, edition: 'enterprise' }])
  expect(done.headers.get('etag')).toBe((await call('GET', license)).headers.get('etag'))
  for (const [body, status, code] of [
    [{ size: 3 }, 409, 'not-an-upgrade'],
    [{}, 409, 'not-an-upgrade'],
    [{ size: 26 }, 409, 'offer-withdrawn'],
    [{ edition: 'gold' }, 409, 'offer-withdrawn'],
    [{ size: 0 }, 422, 'invalid-request'],
    [{ size: 'many' }, 422, 'invalid-request'],
    [{ size: 1_000_001 }, 422, 'invalid-request'],
    [{ users: 25 }, 422, 'invalid-request'],
  ] as const) {
    const refused = await post(`${license}/upgrades`, body)
    expect([body, refused.status, refused.body.code]).toEqual([body, status, code])
  }
  const theirs = await post('/api/v1/licenses/lic_00-tailspin-douro-1/upgrades', { size: 25 })
  expect([theirs.status, theirs.body]).toMatchObject([409, { code: 'insufficient-credits', needed: 1, available: 0 }])
  const trial = await post('/api/v1/licenses/lic_00-northwind-school-1/upgrades', { size: 25 })
  expect([trial.status, trial.body.code]).toEqual([409, 'not-an-upgrade'])
  const bought = await callChecked(portal, 'POST', `/api/v1/licenses/${ada.licenses.frontDesk}/upgrades`, {
    key: acme.apiKey,
    body: { size: 25 },
  })
  expect([bought.status, bought.body.code]).toEqual([409, 'license-bought'])
})

test('customers read support and spend nothing', async () => {
  const read = await callChecked(portal, 'GET', '/api/v1/support', { key: fabrikam.apiKey })
  expect(read.status).toBe(200)
  const spent = await callChecked(portal, 'POST', `/api/v1/support/${jansen}/extensions`, {
    key: fabrikam.apiKey,
    body: { years: 1 },
  })
  expect(spent.status).toBe(403)
})
