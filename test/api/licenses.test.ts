import { parse } from 'csv-parse/sync'
import { beforeEach, expect, test } from 'vitest'
import { acme, ada, northwind } from '#dev/world/people.ts'
import { callChecked, pageThrough } from '../support/api.ts'
import { openPortal, type Portal } from '../support/portal.ts'

const key = northwind.apiKey
const jansen = '/api/v1/licenses/lic_00-northwind-jansen-1'
const atelier = '/api/v1/licenses/lic_00-northwind-atelier-1'
const comment = (text: unknown) => ({ key, body: { comment: text } })

let portal: Portal
beforeEach(async () => {
  portal = await openPortal()
})

const call = (method: string, path: string, options: Parameters<typeof callChecked>[3] = { key }) =>
  callChecked(portal, method, path, options)
const etagOf = async (path: string) => (await call('GET', path)).headers.get('etag') ?? ''
const rowOf = async (id: string) =>
  (await portal.db.rows('select comment, email, email_key, version from licenses where id = ?', id))[0]

test('R22–R28 a license says product, serial, size, edition, order and support, in the fixed shape', async () => {
  const { body } = await call('GET', jansen)
  expect(body).toMatchObject({
    id: 'lic_00-northwind-jansen-1',
    product: 'remote-access',
    edition: 'pro',
    size: 10,
    unit: 'user',
    kind: 'permanent',
    endsOn: null,
    orderReference: null,
    activationKey: 'BAKK-ER1J-JANS-2B00',
    supportEndsOn: '2026-08-27',
    supportStatus: 'valid',
    comment: 'Hoofdvestiging',
    computer: { name: 'KASSA-1' },
  })
  const { body: list } = await call('GET', '/api/v1/licenses?q=delta-logistiek&limit=100')
  expect(list.data.map((one: { size: unknown }) => one.size)).toContain('unlimited')
  expect(new Set(list.data.map((one: { supportStatus: string }) => one.supportStatus))).toEqual(
    new Set(['valid', 'expired']),
  )
})

test('R335 pages of a list follow one another without gap or double, in every order', async () => {
  const [count] = await portal.db.rows(
    "select count(*) as n from license_reach where account_n = (select n from accounts where id = 'acc_00-acme')",
  )
  for (const sort of ['-bought', 'bought', 'support', '-support']) {
    const { rows, pages } = await pageThrough(portal, `/api/v1/licenses?limit=7&sort=${sort}`, acme.apiKey)
    expect(rows.length).toBe(count?.n)
    expect(new Set(rows.map(({ id }) => id)).size).toBe(count?.n)
    expect(pages).toBe(Math.ceil(Number(count?.n) / 7))
  }
})

test('R316 one search finds by key, serial, comment, e-mail; its pages follow one another too', async () => {
  const { serial } = (await call('GET', jansen)).body
  for (const q of ['BAKK-ER1J-JANS-2B00', serial, 'hoofdvest', 'info@bakkerij-jansen.example']) {
    const { body } = await call('GET', `/api/v1/licenses?q=${encodeURIComponent(q)}`)
    expect(body.data.map(({ id }: { id: string }) => id)).toContain('lic_00-northwind-jansen-1')
  }
  const all = await pageThrough(portal, '/api/v1/licenses?q=remote&limit=100', key)
  const paged = await pageThrough(portal, '/api/v1/licenses?q=remote&limit=3', key)
  expect(paged.rows.length).toBeGreaterThan(6)
  expect(paged.rows).toEqual(all.rows)
})

test('filters narrow a list; empty ones are left out', async () => {
  const missing = await call('GET', '/api/v1/licenses?support=missing&limit=100')
  expect(missing.body.data.every((one: { supportStatus: string }) => /none|expired/.test(one.supportStatus))).toBe(true)
  const trials = await call('GET', '/api/v1/licenses?only=trial&product=remote-access')
  expect(trials.body.data.every((one: { kind: string }) => one.kind === 'trial')).toBe(true)
  expect(trials.body.data.length).toBeGreaterThan(0)
  expect((await call('GET', '/api/v1/licenses?q=&product=&limit=&cursor=')).body.data.length).toBe(25)
})

test('a list, a license, an order and events are read in one round trip', async () => {
  for (const path of ['/api/v1/licenses?q=jansen', '/api/v1/licenses', jansen, '/api/v1/orders', '/api/v1/events']) {
    portal.db.forget()
    await call('GET', path)
    expect([path, portal.db.trips.filter(({ mode }) => mode === 'read').length]).toEqual([path, 1])
  }
})

test('nonsense in the query is 400 and names the parameter', async () => {
  const answers = {
    'support=banana': ['support', 'choice'],
    'sort=price': ['sort', 'choice'],
    'limit=0': ['limit', 'too-small'],
    'limit=101': ['limit', 'too-big'],
    'limit=ten': ['limit', 'type'],
    'prodcut=remote-access': ['prodcut', 'unknown'],
    'format=xml': ['format', 'choice'],
  }
  for (const [query, [pointer, code]] of Object.entries(answers)) {
    const { status, body } = await call('GET', `/api/v1/licenses?${query}`)
    expect([status, body.code]).toEqual([400, 'invalid-query'])
    expect(body.errors).toMatchObject([{ pointer, code }])
    expect(body.errors[0].detail).not.toMatch(/^Invalid/)
  }
})

test('a nonsense cursor is 400', async () => {
  const going = (await call('GET', '/api/v1/licenses?limit=1')).body.nextCursor as string
  for (const cursor of [
    'x',
    '%00',
    'bnVsbA',
    btoa('["after",1,2,3]'),
    btoa('["before",0,"2026-01-01",3]'),
    `${going}x`,
  ]) {
    const { status, body } = await call('GET', `/api/v1/licenses?cursor=${encodeURIComponent(cursor)}`)
    expect([cursor, status, body.code]).toEqual([cursor, 400, 'invalid-cursor'])
  }
})

test('B11 polling an unchanged license is a 304 of at most 300 bytes in one round trip', async () => {
  const etag = await etagOf(jansen)
  portal.db.forget()
  const { status, headers } = await call('GET', jansen, { key, headers: { 'if-none-match': `W/${etag}` } })
  expect([status, headers.get('etag')]).toEqual([304, etag])
  expect(portal.db.trips.length).toBe(1)
  const own = [...headers].filter(([name]) => ['etag', 'cache-control', 'x-request-id', 'vary'].includes(name))
  expect(own.map(([name, value]) => `${name}: ${value}\r\n`).join('').length).toBeLessThan(300)
  portal.deps.clock.forward(40 * 86_400_000)
  expect((await call('GET', jansen, { key, headers: { 'if-none-match': etag } })).status).toBe(200)
})

test('PATCH edits comment and e-mail, keeps before and after, and answers the new version', async () => {
  const etag = await etagOf(jansen)
  portal.db.forget()
  const body = { comment: ' Front\u0007 desk 🖥️ مرحبا ', email: 'Desk@Jansen.example' }
  const edited = await call('PATCH', jansen, { key, body, headers: { 'if-match': etag } })
  expect(portal.db.trips.map(({ mode }) => mode)).toEqual(['read', 'write'])
  expect(edited.body).toMatchObject({ comment: 'Front desk 🖥️ مرحبا', email: 'Desk@Jansen.example' })
  expect(edited.headers.get('etag')).not.toBe(etag)
  expect(await etagOf(jansen)).toBe(edited.headers.get('etag'))
  expect((await rowOf('lic_00-northwind-jansen-1'))?.email_key).toBe('desk@jansen.example')
  const { body: events } = await call('GET', '/api/v1/events?action=license.edited')
  expect(events.data[0]).toMatchObject({
    actor: { kind: 'api-key', name: 'Demo scripts' },
    before: { comment: 'Hoofdvestiging', email: 'info@bakkerij-jansen.example' },
    after: { comment: 'Front desk 🖥️ مرحبا', email: 'Desk@Jansen.example' },
  })
})

test('an edit that changes nothing writes nothing and keeps the version', async () => {
  const etag = await etagOf(jansen)
  portal.db.forget()
  const same = await call('PATCH', jansen, { ...comment('Hoofdvestiging '), headers: { 'if-match': etag } })
  expect([same.status, same.headers.get('etag')]).toEqual([200, etag])
  expect((await call('PATCH', jansen, { key, body: {}, headers: { 'if-match': etag } })).status).toBe(200)
  expect(portal.db.trips.map(({ mode }) => mode)).toEqual(['read', 'read'])
})

test('PATCH without If-Match is 428, with a stale one 412, and leaves everything as it was', async () => {
  const before = await rowOf('lic_00-northwind-jansen-1')
  expect((await call('PATCH', jansen, comment('x'))).body).toMatchObject({ status: 428, code: 'precondition-required' })
  for (const tag of ['"999"', '"999.valid"', 'nonsense', `"${'9'.repeat(40)}"`]) {
    const { body } = await call('PATCH', jansen, { ...comment('x'), headers: { 'if-match': tag } })
    expect(body).toMatchObject({ status: 412, code: 'version-mismatch' })
    expect(JSON.stringify(body)).not.toContain('Hoofdvestiging')
  }
  expect(await rowOf('lic_00-northwind-jansen-1')).toEqual(before)
})

test('of 20 PATCHes of one version at once exactly one wins', async () => {
  const etag = await etagOf(jansen)
  const statuses = await Promise.all(
    Array.from({ length: 20 }, async (_, i) =>
      portal
        .call('PATCH', jansen, { ...comment(`Edit ${i}`), headers: { 'if-match': etag } })
        .then(({ status }) => status),
    ),
  )
  expect(statuses.filter((status) => status === 200).length).toBe(1)
  expect(statuses.filter((status) => status === 412).length).toBe(19)
  const [{ n } = { n: 0 }] = await portal.db.rows(
    "select count(*) as n from events where subject_id = 'lic_00-northwind-jansen-1' and action = 'license.commented' and actor_kind = 'api-key'",
  )
  expect(n).toBe(1)
})

test('T3 fields that are not the caller’s to set are refused by name', async () => {
  const before = await portal.db.rows("select * from licenses where id = 'lic_00-northwind-jansen-1'")
  const { status, body } = await call('PATCH', jansen, {
    key,
    body: { comment: 'x', accountId: 'acc_00-acme', size: 500, __proto__: { a: 1 } },
    headers: { 'if-match': '*' },
  })
  expect([status, body.code]).toEqual([422, 'invalid-request'])
  expect(body.errors.map(({ pointer, code }: { pointer: string; code: string }) => [pointer, code])).toEqual([
    ['/accountId', 'unknown'],
    ['/size', 'unknown'],
  ])
  expect(await portal.db.rows("select * from licenses where id = 'lic_00-northwind-jansen-1'")).toEqual(before)
})

test('values that do not fit are 422 with a pointer and a sentence', async () => {
  const bodies: [unknown, string, string][] = [
    [{ comment: 5 }, '/comment', 'type'],
    [{ comment: 'x'.repeat(501) }, '/comment', 'too-long'],
    [{ comment: '🖥️'.repeat(251) }, '/comment', 'too-long'],
    [{ email: 'no-at-sign' }, '/email', 'invalid'],
    ['{"comment":', '', 'json'],
    [`${'['.repeat(100_000)}`, '', 'json'],
    ['[]', '', 'type'],
  ]
  for (const [body, pointer, code] of bodies) {
    const answer = await call('PATCH', jansen, { key, body, headers: { 'if-match': '*' } })
    expect([answer.status, answer.body.code]).toEqual([422, 'invalid-request'])
    expect(answer.body.errors).toMatchObject([{ pointer, code }])
  }
  const longest = await call('PATCH', jansen, { ...comment('🖥'.repeat(500)), headers: { 'if-match': '*' } })
  expect(longest.status).toBe(200)
})

test('a read-only key may read and not write', async () => {
  await portal.db.client.execute(
    "update api_keys set access = 'read' where account_id = (select account_id from api_keys where id = 'apk_00-northwind')",
  )
  expect((await call('GET', jansen)).status).toBe(200)
  for (const [method, path] of [
    ['PATCH', jansen],
    ['DELETE', atelier],
  ] as const) {
    const { status, body } = await call(method, path, {
      key,
      ...(method === 'PATCH' ? comment('x') : {}),
      headers: { 'if-match': '*' },
    })
    expect([status, body.code]).toEqual([403, 'forbidden'])
  }
})

test('a key whose role does not order licenses may read them and not edit', async () => {
  await portal.db.client.execute("update api_keys set role = 'read-servers' where id = 'apk_00-northwind'")
  expect((await call('GET', jansen)).status).toBe(200)
  expect((await call('PATCH', jansen, { ...comment('x'), headers: { 'if-match': '*' } })).status).toBe(403)
  expect((await call('GET', '/api/v1/orders')).status).toBe(403)
})

test('T1 a license outside the reach is not found, exactly like one that does not exist', async () => {
  const foreign = ada.licenses.frontDesk
  for (const id of [foreign, 'lic_nothing-here']) {
    const path = `/api/v1/licenses/${id}`
    expect((await call('GET', path)).body.code).toBe('not-found')
    expect((await call('PATCH', path, { ...comment('mine'), headers: { 'if-match': '*' } })).body.code).toBe(
      'not-found',
    )
    expect((await call('DELETE', path)).body.code).toBe('not-found')
  }
  expect((await rowOf(foreign))?.comment).not.toBe('mine')
})

test('DELETE takes a license that was never activated and returns its credits to who paid', async () => {
  const paid = await portal.db.rows(
    "select account_id, offer_code from credit_entries where license_id = 'lic_00-northwind-atelier-1' and reason = 'spent'",
  )
  expect(paid).toEqual([{ account_id: northwind.accountId, offer_code: 'remote-access/essentials/5' }])
  const balance = () =>
    portal.db.rows(
      "select credits from credit_balances where account_id = ? and offer_code = 'remote-access/essentials/5'",
      northwind.accountId,
    )
  const [before] = await balance()
  const etag = await etagOf(atelier)
  portal.db.forget()
  expect((await call('DELETE', atelier, { key, headers: { 'if-match': etag } })).status).toBe(204)
  expect(portal.db.trips.map(({ mode }) => mode)).toEqual(['read', 'write'])
  expect(await balance()).toEqual([{ credits: Number(before?.credits) + 1 }])
  const [entry] = await portal.db.rows("select amount, balance_after from credit_entries where reason = 'returned'")
  expect(entry).toEqual({ amount: 1, balance_after: Number(before?.credits) + 1 })
  expect((await call('GET', atelier)).status).toBe(404)
  expect((await call('DELETE', atelier)).status).toBe(404)
  const { body } = await call('GET', '/api/v1/events?action=license.deleted')
  expect(body.data).toMatchObject([
    { subject: { id: 'lic_00-northwind-atelier-1' }, before: { product: 'remote-access', size: 5 }, after: null },
  ])
})

test('a license with support returns both credits, and its support goes with it', async () => {
  const zuid = '/api/v1/licenses/lic_00-northwind-zuid-2'
  expect((await call('DELETE', zuid)).status).toBe(204)
  const returned = await portal.db.rows(
    "select offer_code, amount from credit_entries where reason = 'returned' order by offer_code",
  )
  expect(returned).toEqual([
    { offer_code: 'remote-access/pro/25', amount: 1 },
    { offer_code: 'remote-access/pro/25/support', amount: 1 },
  ])
  expect(await portal.db.rows("select id from supports where license_id = 'lic_00-northwind-zuid-2'")).toEqual([])
})

test('a license above a reseller can be deleted by the partner; the reseller that paid gets the credit', async () => {
  expect((await call('DELETE', '/api/v1/licenses/lic_00-tailspin-ribeira-1')).status).toBe(204)
  const [entry] = await portal.db.rows("select account_id from credit_entries where reason = 'returned'")
  expect(entry?.account_id).toBe('acc_00-tailspin')
})

test('of 20 DELETEs at once one wins, and one credit returns', async () => {
  const answers = await Promise.all(Array.from({ length: 20 }, () => portal.call('DELETE', atelier, { key })))
  expect(answers.map(({ status }) => status).sort()).toEqual([204, ...Array(19).fill(404)])
  expect(await portal.db.rows("select amount from credit_entries where reason = 'returned'")).toEqual([{ amount: 1 }])
})

test('DELETE refuses what was activated, what was bought, what changed, and leaves it there', async () => {
  expect((await call('DELETE', jansen)).body).toMatchObject({ status: 409, code: 'license-in-use' })
  const stale = await call('DELETE', atelier, { key, headers: { 'if-match': '"999"' } })
  expect(stale.body).toMatchObject({ status: 412, code: 'version-mismatch' })
  expect((await call('GET', atelier)).status).toBe(200)
  const [bought] = await portal.db.rows(
    'select id from licenses where order_reference is not null and first_activated_at is null limit 1',
  )
  const { body } = await call('DELETE', `/api/v1/licenses/${bought?.id}`, { key: acme.apiKey })
  expect(body).toMatchObject({ status: 409, code: 'license-bought' })
  expect(await portal.db.rows("select id from credit_entries where reason = 'returned'")).toEqual([])
})

test('R334 the whole filtered list streams as CSV, whatever the limit, with no cell that is a formula', async () => {
  await call('PATCH', jansen, {
    ...comment('=HYPERLINK("http://evil.example"),"x"\nline two'),
    headers: { 'if-match': '*' },
  })
  const { rows } = await pageThrough(portal, '/api/v1/licenses?product=remote-access&limit=100', key)
  const answer = await portal.call('GET', '/api/v1/licenses?product=remote-access&limit=2', {
    key,
    headers: { accept: 'text/csv' },
  })
  const bytes = new Uint8Array(await answer.arrayBuffer())
  expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
  expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8')
  expect(answer.headers.get('content-disposition')).toBe('attachment; filename="licenses-2026-08-21.csv"')
  const lines: Record<string, string>[] = parse(Buffer.from(bytes), { columns: true, bom: true })
  expect(lines.map(({ id }) => id)).toEqual(rows.map(({ id }) => id))
  const cells = lines.flatMap((line) => Object.values(line))
  expect(cells.filter((cell) => /^[=+\-@\t\r＝＋－＠]/.test(cell))).toEqual([])
  expect(lines.find(({ id }) => id === 'lic_00-northwind-jansen-1')?.comment).toMatch(/^'=HYPERLINK/)
  const halfway = lines[4]?.cursor
  const rest = await call('GET', `/api/v1/licenses?product=remote-access&format=csv&cursor=${halfway}`)
  const resumed: Record<string, string>[] = parse(rest.body, { columns: true, bom: true })
  expect(resumed).toEqual(lines.slice(5))
})
