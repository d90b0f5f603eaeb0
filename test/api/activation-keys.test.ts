import { beforeEach, expect, test } from 'vitest'
import { fabrikam, northwind } from '#dev/world/people.ts'
import { callChecked, pageThrough } from '../support/api.ts'
import { openPortal, type Portal } from '../support/portal.ts'

let portal: Portal
beforeEach(async () => {
  portal = await openPortal()
})

const key = northwind.apiKey
const keys = '/api/v1/activation-keys'
const fresh = `${keys}/${northwind.freshKeyId}`
const jansen = `${keys}/key_00-northwind-jansen`
const pro = { product: 'remote-access', edition: 'pro', size: 10, term: { kind: 'permanent' } }
const trial = { ...pro, term: { kind: 'trial', days: 14 }, email: 'try@kompas.example' }
const post = (path: string, body: unknown, idempotency?: string) =>
  callChecked(portal, 'POST', path, {
    ...{ key, body },
    ...(idempotency ? { headers: { 'idempotency-key': idempotency } } : {}),
  })

const offer = 'remote-access/pro/10'
const balance = async () => {
  const [row] = await portal.db.rows(
    'select credits, (select sum(amount) from credit_entries e where e.account_id = b.account_id and e.offer_code = b.offer_code) as ledger from credit_balances b where account_id = ? and offer_code = ?',
    ...[northwind.accountId, offer],
  )
  expect(row?.ledger).toBe(row?.credits)
  return Number(row?.credits)
}
async function leave(credits: number) {
  const args = [northwind.accountId, offer, credits - (await balance())]
  await portal.db.client.execute({
    sql: "insert into credit_entries (id, account_id, offer_code, amount, reason, actor_id, created_at) values ('cre_left', ?, ?, ?, 'given', 'test', 0)",
    args,
  })
}
const licenses = async () =>
  Number(
    (await portal.db.rows('select count(*) as n from licenses where activation_key_id = ?', northwind.freshKeyId))[0]
      ?.n,
  )

test('keys are listed, searched and paged (R317 R335)', async () => {
  const { rows, pages } = await pageThrough(portal, `${keys}?limit=5`, key)
  expect([rows.length, new Set(rows.map(({ id }) => id)).size, pages]).toEqual([14, 14, 3])
  const { body } = await callChecked(portal, 'GET', `${keys}?q=jansen`, { key })
  expect(body.data).toMatchObject([{ code: 'BAKK-ER1J-JANS-2B00', name: 'Bakkerij Jansen', licenses: 3, computers: 2 }])
  const limited = await callChecked(portal, 'GET', `${keys}?servers=limited`, { key: fabrikam.apiKey })
  expect(limited.body.data).toHaveLength(3)
})

test('a key is made with a random or an own code, and is empty (R93 R94 R95 R96 R99)', async () => {
  const random = await post(keys, { name: 'Library' })
  expect([random.status, random.body.code]).toEqual([201, expect.stringMatching(/^[0-9A-Z]{4}(-[0-9A-Z]{4}){3}$/)])
  const own = await post(keys, { name: 'Own', code: 'libr-ary2-2026-main', note: 'Second floor' })
  expect(own.body).toMatchObject({ code: 'LIBR-ARY2-2026-MAIN', note: 'Second floor', licenses: 0, default: false })
  expect((await callChecked(portal, 'GET', `${keys}/${own.body.id}`, { key })).body).toEqual(own.body)
})

test('a taken code is 409, and of fifty at once one is made (R100 R324)', async () => {
  expect((await post(keys, { name: 'x', code: 'BAKK-ERIJ-JANS-2BOO' })).body.code).toBe('activation-key-taken')
  const sent = await Promise.all(
    Array.from({ length: 50 }, () => post(keys, { name: 'x', code: 'RACE-RACE-RACE-RACE' })),
  )
  expect(sent.filter(({ status }) => status === 201)).toHaveLength(1)
  expect(sent.filter(({ body }) => body.code === 'activation-key-taken')).toHaveLength(49)
})

test('a key is read with an ETag, renamed by it, and removed to another key', async () => {
  const read = await callChecked(portal, 'GET', jansen, { key })
  const etag = read.headers.get('etag') as string
  expect((await callChecked(portal, 'GET', jansen, { key, headers: { 'if-none-match': etag } })).status).toBe(304)
  const body = { name: 'Bakery' }
  expect((await callChecked(portal, 'PATCH', jansen, { key, body })).status).toBe(428)
  const edited = await callChecked(portal, 'PATCH', jansen, { key, body, headers: { 'if-match': etag } })
  expect(edited.body.name).toBe('Bakery')
  expect((await callChecked(portal, 'PATCH', jansen, { key, body, headers: { 'if-match': etag } })).status).toBe(412)
  const held = await callChecked(portal, 'DELETE', jansen, { key })
  expect([held.status, held.body.code, held.body.licenses]).toEqual([409, 'activation-key-holds-licenses', 3])
  const removed = await callChecked(portal, 'DELETE', `${jansen}?moveTo=${northwind.freshKeyId}`, { key })
  expect([removed.status, await licenses()]).toEqual([204, 3])
  expect((await callChecked(portal, 'DELETE', jansen, { key })).status).toBe(404)
})

test("a reseller's key is read by the partner and not assigned to (R317)", async () => {
  const douro = `${keys}/key_00-tailspin-douro`
  expect((await callChecked(portal, 'GET', douro, { key })).status).toBe(200)
  expect((await post(`${douro}/licenses`, pro)).body.code).toBe('forbidden')
  expect((await callChecked(portal, 'DELETE', douro, { key })).status).toBe(403)
})

test('a license is assigned and answered as it stands in the list (R103 R107 R108 R109)', async () => {
  const before = await balance()
  const { status, body } = await post(`${fresh}/licenses`, { ...pro, supportYears: 1, comment: 'Desk' })
  expect(status).toBe(201)
  expect(body).toMatchObject({ kind: 'permanent', size: 10, supportEndsOn: '2027-08-20', email: northwind.email })
  expect((await callChecked(portal, 'GET', `/api/v1/licenses/${body.id}`, { key })).body).toEqual(body)
  expect(await balance()).toBe(before - 1)
})

test('a trial is free, had once, and becomes permanent (R104 R320)', async () => {
  const before = await balance()
  const had = await post(`${fresh}/licenses`, trial)
  expect(had.body).toMatchObject({ kind: 'trial', endsOn: '2026-09-03' })
  expect((await post(`${fresh}/licenses`, trial)).body.code).toBe('trial-used')
  const long = await post(`${fresh}/licenses`, { ...trial, email: 'b@b.example', term: { kind: 'trial', days: 31 } })
  expect([long.status, long.body.code, long.body.most]).toEqual([422, 'trial-too-long', 30])
  expect(await balance()).toBe(before)
  const kept = await post(`${fresh}/licenses`, { ...pro, trial: had.body.id })
  expect([kept.status, kept.body.id, kept.body.kind, kept.body.endsOn]).toEqual([200, had.body.id, 'permanent', null])
  expect((await callChecked(portal, 'GET', `/api/v1/licenses/${had.body.id}`, { key })).body).toEqual(kept.body)
  expect(await balance()).toBe(before - 1)
})

test('200 at once for one credit: one license, 199 refusals with the figures (R105 R106 R109 R324)', async () => {
  await leave(1)
  const sent = await Promise.all(Array.from({ length: 200 }, () => post(`${fresh}/licenses`, pro)))
  const refused = sent.filter(({ status }) => status === 409).map(({ body }) => body)
  expect([sent.filter(({ status }) => status === 201).length, refused.length]).toEqual([1, 199])
  expect(refused.every((body) => body.code === 'insufficient-credits')).toBe(true)
  expect(refused[0]).toMatchObject({ offer, needed: 1, available: 0 })
  expect([await balance(), await licenses()]).toEqual([0, 1])
})

test('one idempotency key fifty times: one license and one answer (R324)', async () => {
  const before = await balance()
  const sent = await Promise.all(Array.from({ length: 50 }, () => post(`${fresh}/licenses`, pro, 'assign-once')))
  expect(new Set(sent.map(({ status, body }) => JSON.stringify([status, body]))).size).toBe(1)
  expect([await balance(), await licenses()]).toEqual([before - 1, 1])
  const other = await post(`${fresh}/licenses`, { ...pro, size: 5 }, 'assign-once')
  expect([other.status, other.body.code]).toEqual([422, 'idempotency-key-reused'])
})

test('one trial wanted fifty times at once is had once (R320 R324)', async () => {
  const sent = await Promise.all(Array.from({ length: 50 }, () => post(`${fresh}/licenses`, trial)))
  expect(sent.filter(({ status }) => status === 201)).toHaveLength(1)
  expect(sent.filter(({ body }) => body.code === 'trial-used')).toHaveLength(49)
  expect(await licenses()).toBe(1)
})

test('a product withdrawn while 100 assign leaves as many licenses as were answered (R111 R324)', async () => {
  const before = await balance()
  const sending = Array.from({ length: 60 }, () => post(`${fresh}/licenses`, pro))
  await portal.db.client.execute("update products set withdrawn_at = 1 where code = 'remote-access'")
  const sent = await Promise.all(sending)
  const made = sent.filter(({ status }) => status === 201).length
  expect(sent.filter(({ body }) => body.code === 'offer-withdrawn')).toHaveLength(60 - made)
  expect([before - (await balance()), await licenses()]).toEqual([made, made])
})
