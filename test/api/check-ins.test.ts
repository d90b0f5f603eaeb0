import { beforeEach, expect, test } from 'vitest'
import { ada, fabrikam } from '#dev/world/people.ts'
import { callChecked } from '../support/api.ts'
import { verifyLicenseFile } from '../support/license-verifier.ts'
import { openPortal, type Portal } from '../support/portal.ts'
import { activate, adasSoftware, checkIn, release, serverSoftware, validation } from '../support/software.ts'

let portal: Portal
beforeEach(async () => {
  portal = await openPortal()
})

const hour = 3_600_000
const day = 24 * hour
const sql = (statement: string, ...args: unknown[]) => portal.db.client.execute({ sql: statement, args: args as never })
const modes = () => portal.db.trips.map(({ mode }) => mode)

test('a check-in keeps what is installed and when it came, and says when the next is due (R184 R276)', async () => {
  const { body } = await activate(portal, serverSoftware(1))
  portal.deps.clock.forward(3 * hour)
  const products = [{ code: 'live-patching', version: '2.95' }]
  const headers = { 'cf-connecting-ip': '2001:db8::5' }
  const answer = await checkIn(portal, body, { products, hostname: 'new-name.fabrikam.example' }, { headers })
  expect([answer.status, answer.body.nextCheckInAt]).toEqual([200, '2026-08-22T12:30:00.000Z'])
  expect(answer.headers.get('next-check-in')).toBe('2026-08-22T12:30:00.000Z')
  const [row] = await portal.db.rows('select name, ip, last_check_in_at from computers where id = ?', body.computer.id)
  expect(row).toEqual({
    name: 'new-name.fabrikam.example',
    ip: '2001:db8::5',
    last_check_in_at: portal.deps.clock.at.getTime(),
  })
  const [kept] = await portal.db.rows('select installed from activations where id = ?', body.id)
  expect(kept?.installed).toBe(JSON.stringify(products))
})

test('writes at most once an hour, whatever is told (Decision 13)', async () => {
  const { body } = await activate(portal, serverSoftware(1))
  const tripsOf = async () => {
    portal.db.forget()
    expect((await checkIn(portal, body)).status).toBe(200)
    return modes()
  }
  expect(await tripsOf()).toEqual(['read', 'write'])
  portal.deps.clock.forward(hour - 1)
  expect(await tripsOf()).toEqual(['read'])
  portal.deps.clock.forward(1)
  expect(await tripsOf()).toEqual(['read', 'write'])
})

test('an unchanged license is a 304 of at most 300 bytes; an upgrade or an end makes another (B11 R52 R53 R54)', async () => {
  const { body } = await activate(portal, adasSoftware)
  const first = await checkIn(portal, body)
  const etag = first.headers.get('etag') as string
  const again = () => checkIn(portal, body, {}, { headers: { 'if-none-match': etag } })
  const held = await again()
  const bytes = [...held.headers].reduce(
    (sum, [name, value]) => sum + name.length + value.length + 4,
    'HTTP/1.1 304 Not Modified\r\n\r\n'.length,
  )
  expect([held.status, held.body]).toEqual([304, null])
  expect(bytes).toBeLessThanOrEqual(300)
  portal.deps.clock.forward(2 * day)
  expect((await again()).status).toBe(304)
  await sql("update licenses set edition_code = 'ultimate', version = version + 1 where id = ?", ada.licenses.spare)
  const upgraded = await again()
  expect([upgraded.status, upgraded.body.licenses[0].edition, upgraded.headers.get('etag') === etag]).toEqual([
    200,
    'ultimate',
    false,
  ])
})

test('a license in its days of grace says so here, in validations and on activation; then it is over (R306)', async () => {
  await sql(
    "update licenses set kind = 'subscription', ends_on = '2026-08-21' where product_code = 'advanced-security'",
  )
  const { body } = await activate(portal, adasSoftware)
  const stands = async () => {
    const { code, valid } = await validation(portal, { ...only, fingerprint: adasSoftware.fingerprint })
    return [(await checkIn(portal, body)).body.licenses[0].status, code, valid]
  }
  const only = { activationKey: ada.activationKey, product: 'advanced-security' }
  expect(await stands()).toEqual(['active', 'VALID', true])
  portal.deps.clock.forward(day)
  expect(await stands()).toEqual(['grace', 'EXPIRED', true])
  portal.deps.clock.forward(7 * day)
  expect(await stands()).toEqual(['expired', 'EXPIRED', false])
})

test('missed check-ins: overdue and running, then lapsed, until the next comes (R306)', async () => {
  const { body } = await activate(portal, serverSoftware(1))
  const stands = async () => {
    const { code, valid } = await validation(portal, {
      activationKey: fabrikam.keys.livePatching.code,
      product: 'live-patching',
      fingerprint: body.computer.fingerprint,
    })
    return [code, valid]
  }
  expect(await stands()).toEqual(['VALID', true])
  portal.deps.clock.forward(day + 1)
  expect(await stands()).toEqual(['OVERDUE', true])
  portal.deps.clock.forward(14 * day)
  expect(await stands()).toEqual(['OVERDUE', false])
  await checkIn(portal, body)
  expect(await stands()).toEqual(['VALID', true])
})

test('a copied computer is turned away, kept, and its owner told once (R314)', async () => {
  const { body } = await activate(portal, adasSoftware)
  const copied = (fingerprint: string) =>
    checkIn(portal, body, { fingerprint }, { headers: { 'cf-connecting-ip': '203.0.113.8' } })
  portal.db.forget()
  for (let i = 0; i < 3; i++) {
    const { status, body: refused } = await copied('another-machine')
    expect([status, refused.code]).toEqual([403, 'fingerprint-mismatch'])
  }
  expect(modes()).toEqual(['read', 'write', 'read', 'read'])
  portal.deps.clock.forward(hour)
  await copied('another-machine')
  await copied('a-third-one')
  expect(await portal.db.rows('select fingerprint, times, ip from computer_copies order by rowid')).toEqual([
    { fingerprint: 'another-machine', times: 2, ip: '203.0.113.8' },
    { fingerprint: 'a-third-one', times: 1, ip: '203.0.113.8' },
  ])
  const [events] = await portal.db.rows("select count(*) as n from events where action = 'computer.copied'")
  expect(events?.n).toBe(2)
  expect(await portal.db.rows("select recipient from outbox where template = 'computer-copied'")).toEqual([
    { recipient: ada.email },
  ])
  expect((await checkIn(portal, body, { fingerprint: adasSoftware.fingerprint })).status).toBe(200)
})

test('is refused without its token, after a suspension, and with what it does not know', async () => {
  const { body } = await activate(portal, adasSoftware)
  const path = `/api/v1/activations/${body.id}/check-ins`
  for (const key of [undefined, 'ptk_demo_acme', 'act_1.1.x']) {
    const answer = await portal.call('POST', path, { ...(key ? { key } : {}), body: {} })
    expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([401, 'activation-token-invalid'])
    expect(answer.headers.get('www-authenticate')).toBe('Bearer')
  }
  expect((await checkIn(portal, body, { product: 'x' })).body.errors[0].pointer).toBe('/product')
  expect((await checkIn(portal, body, { hostname: 'x'.repeat(300) })).body.errors[0].pointer).toBe('/hostname')
  await sql('update accounts set suspended_at = 1 where id = ?', ada.accountId)
  expect((await checkIn(portal, body)).body.code).toBe('account-suspended')
})

test('asks nothing of the clock of the computer: no time is taken from it', async () => {
  const { body } = await activate(portal, adasSoftware)
  const headers = { date: 'Tue, 21 Aug 2035 09:30:00 GMT' }
  expect((await checkIn(portal, body, {}, { headers })).body.nextCheckInAt).toBe('2026-08-22T09:30:00.000Z')
})

test('the license file is signed, for this computer, and follows an upgrade and a release (R52 R54 R55 R312 R313)', async () => {
  const { body } = await activate(portal, adasSoftware)
  const { keys } = (await (await portal.call('GET', '/.well-known/jwks.json')).json()) as {
    keys: { kid: string; x: string }[]
  }
  const first = verifyLicenseFile(body.licenseFile, keys)
  expect(first.data).toMatchObject({
    type: 'license',
    product: 'advanced-security',
    edition: 'essentials',
    status: 'active',
  })
  expect(first.included.computer).toMatchObject({ fingerprint: adasSoftware.fingerprint })
  expect(first.included.entitlements.map(({ product }: { product: string }) => product)).toContain('remote-access')
  await sql("update licenses set edition_code = 'ultimate' where id = ?", ada.licenses.spare)
  const path = `/api/v1/activations/${body.id}/license-file`
  portal.db.forget()
  const refreshed = await callChecked(portal, 'GET', path, { key: body.token })
  expect(modes()).toEqual(['read'])
  expect(verifyLicenseFile(refreshed.body, keys).data.edition).toBe('ultimate')
  expect(refreshed.headers.get('content-disposition')).toBe(`attachment; filename="${body.id}.lic"`)
  await release(portal, body.id, body.token)
  expect((await callChecked(portal, 'GET', path, { key: body.token })).body.code).toBe('activation-released')
  expect(
    await (
      await portal.call('POST', '/api/v1/activations', { body: adasSoftware, headers: { accept: 'text/plain' } })
    ).text(),
  ).not.toContain('BEGIN')
  const server = verifyLicenseFile((await activate(portal, serverSoftware(1))).body.licenseFile, keys)
  expect(server.data).toMatchObject({ kind: 'server', product: 'live-patching', endsOn: null })
})
