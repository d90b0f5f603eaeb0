import { beforeEach, expect, test } from 'vitest'
import { ada, fabrikam } from '#dev/world/people.ts'
import { openPortal, type Portal } from '../support/portal.ts'
import { activate, adasSoftware, atOnce, serverSoftware } from '../support/software.ts'

let portal: Portal
beforeEach(async () => {
  portal = await openPortal()
})

const path = '/api/v1/activations'
const sql = (statement: string, ...args: unknown[]) => portal.db.client.execute({ sql: statement, args: args as never })
const count = async (where: string) =>
  Number((await portal.db.rows(`select count(*) as n from activations where ${where}`))[0]?.n)
const many = (n: number) => Array.from({ length: n }, (_, i) => i)
const tally = (answers: readonly { status: number; body: { code?: string } }[]) =>
  Object.fromEntries(
    [...Map.groupBy(answers, ({ status, body }) => `${status} ${body?.code ?? ''}`.trim())].map(([key, all]) => [
      key,
      all.length,
    ]),
  )

test('of 100 servers at once on a limit of 50 exactly 50 are activated (M2)', async () => {
  await sql('update account_products set server_licenses = null where account_id = ?', fabrikam.accountId)
  await sql(
    'update activation_keys set computer_limit = active_computers + 50 where id = ?',
    fabrikam.keys.livePatching.id,
  )
  const call = atOnce(portal, 100)
  const answers = await Promise.all(many(100).map((n) => call('POST', path, serverSoftware(n))))
  expect(tally(answers)).toEqual({ 201: 50, '409 server-limit-reached': 50 })
  expect(
    await count(`key_id = '${fabrikam.keys.livePatching.id}' and released_at is null and computer_id like 'com_0000%'`),
  ).toBe(50)
  const { body } = answers.find(({ status }) => status === 409) as (typeof answers)[number]
  expect([body.limit, body.used, body.computers.length]).toEqual([body.limit, body.limit, 20])
})

test('the servers of an account are limited over all its keys (M2)', async () => {
  await sql(
    "update account_products set server_licenses = active_computers + 3 where account_id = ? and product_code = 'live-patching'",
    fabrikam.accountId,
  )
  await sql('update activation_keys set computer_limit = null where account_id = ?', fabrikam.accountId)
  const call = atOnce(portal, 40)
  const codes = [fabrikam.keys.livePatching.code, fabrikam.keys.staging.code]
  const answers = await Promise.all(many(40).map((n) => call('POST', path, serverSoftware(n, codes[n % 2]))))
  expect(tally(answers)).toEqual({ 201: 3, '409 server-limit-reached': 37 })
})

test('the same machine 50 times at once is one row with one token (M2)', async () => {
  const call = atOnce(portal, 50)
  const answers = await Promise.all(many(50).map(() => call('POST', path, adasSoftware)))
  expect(tally(answers)).toEqual({ 201: 1, 200: 49 })
  expect(new Set(answers.map(({ body }) => `${body.id} ${body.token}`)).size).toBe(1)
  expect(await count("computer_id in (select id from computers where hostname = 'READING-2')")).toBe(1)
  const [events] = await portal.db.rows(
    "select count(*) as n from events where action = 'computer.activated' and subject_name = 'READING-2'",
  )
  expect(events?.n).toBe(1)
})

test('a license for one computer that 20 machines want at once is had by one, two by two', async () => {
  const call = atOnce(portal, 20)
  const wanted = (n: number) => ({ ...adasSoftware, fingerprint: `f-${n}`, hostname: `PC-${n}` })
  const answers = await Promise.all(many(20).map((n) => call('POST', path, wanted(n))))
  expect(tally(answers)).toEqual({ 201: 2, '409 server-limit-reached': 18 })
  const had = answers.filter(({ status }) => status === 201).map(({ body }) => body.licenses[0].id)
  expect(new Set(had)).toEqual(new Set([ada.licenses.spare, ada.licenses.unsupported]))
})

test('50 that replace the same computer at once: one takes its place, once released, and the limit holds (R303)', async () => {
  const call = atOnce(portal, 50)
  const [front] = await portal.db.rows("select id from computers where name = 'FRONT-01'")
  const wanted = (n: number) => ({
    ...adasSoftware,
    product: 'remote-access',
    fingerprint: `f-${n}`,
    hostname: `PC-${n}`,
    replace: front?.id,
  })
  const answers = await Promise.all(many(50).map((n) => call('POST', path, wanted(n))))
  expect(tally(answers)).toEqual({ 201: 1, '409 server-limit-reached': 49 })
  expect(await portal.db.rows('select computer_name from releases')).toEqual([{ computer_name: 'FRONT-01' }])
  expect(await count(`license_id = '${ada.licenses.frontDesk}' and released_at is null`)).toBe(1)
})

test('a release while it checks in leaves it released, and the check-in is told or was first', async () => {
  const { id, token } = (await activate(portal, adasSoftware)).body
  const call = atOnce(portal, 20)
  const answers = await Promise.all(
    many(20).map((n) =>
      n % 2 === 0
        ? call('POST', `${path}/${id}/check-ins`, {}, token)
        : call('DELETE', `${path}/${id}`, undefined, token),
    ),
  )
  for (const { status, body } of answers)
    expect([200, 204, 410]).toContain(status === 410 && body.code !== 'activation-released' ? 0 : status)
  expect(await count(`id = '${id}' and released_at is not null`)).toBe(1)
  expect(await portal.db.rows('select counts from releases')).toEqual([{ counts: 1 }])
  const [row] = await portal.db.rows('select computer_id from licenses where id = ?', ada.licenses.spare)
  expect(row?.computer_id).toBeNull()
})

test('two products on a new computer at once share the computer', async () => {
  await sql('update activations set released_at = 1 where license_id = ?', ada.licenses.frontDesk)
  const call = atOnce(portal, 2)
  const answers = await Promise.all(
    ['advanced-security', 'remote-access'].map((product) => call('POST', path, { ...adasSoftware, product })),
  )
  expect(tally(answers)).toEqual({ 201: 2 })
  expect(new Set(answers.map(({ body }) => body.computer.id)).size).toBe(1)
})
