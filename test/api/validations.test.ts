import { beforeAll, beforeEach, expect, test } from 'vitest'
import { acme, ada, fabrikam, northwind } from '#dev/world/people.ts'
import { document } from '../support/api.ts'
import { openPortal, type Portal } from '../support/portal.ts'
import { activate, adasSoftware, validation } from '../support/software.ts'

let portal: Portal
beforeAll(async () => {
  portal = await openPortal()
})
beforeEach(() => portal.db.forget())

const sql = (statement: string, ...args: unknown[]) => portal.db.client.execute({ sql: statement, args: args as never })
const own = { activationKey: ada.activationKey }
const said = async (body: Record<string, unknown>) => {
  const { status, code, valid } = await validation(portal, body)
  expect(status).toBe(200)
  return [code, valid]
}

test('says what the key holds, the time of the server and the nonce as it was sent (R332)', async () => {
  const answer = await validation(portal, { ...own, product: 'remote-access', nonce: 'b81c' })
  expect(answer).toMatchObject({
    ...{ valid: true, code: 'VALID', ts: '2026-08-21T09:30:00.000Z', nonce: 'b81c' },
    license: { id: ada.licenses.frontDesk, status: 'active', support: { status: 'valid', daysLeft: 288 } },
  })
  expect((await validation(portal, { ...own, nonce: 7 })).nonce).toBe(7)
  expect((await validation(portal, own)).nonce).toBeNull()
})

test('is signed byte for byte with a public key, as JSON and as text (R332)', async () => {
  const { keys } = (await (await portal.call('GET', '/.well-known/jwks.json')).json()) as { keys: { kid: string }[] }
  for (const accept of ['application/json', 'text/plain']) {
    const answer = await portal.call('POST', '/api/v1/validations', { body: { ...own, nonce: 1 }, headers: { accept } })
    const [, kid, sig = ''] =
      /^keyid="([^"]+)", alg="ed25519", sig="([^"]+)"$/.exec(answer.headers.get('portico-signature') ?? '') ?? []
    const jwk = keys.find((one) => one.kid === kid) as JsonWebKey
    const key = await crypto.subtle.importKey('jwk', jwk, 'Ed25519', false, ['verify'])
    const bytes = new Uint8Array(await answer.arrayBuffer())
    expect(await crypto.subtle.verify('Ed25519', key, Buffer.from(sig, 'base64'), bytes)).toBe(true)
    bytes[3] = (bytes[3] ?? 0) ^ 1
    expect(await crypto.subtle.verify('Ed25519', key, Buffer.from(sig, 'base64'), bytes)).toBe(false)
  }
})

test('takes one round trip and writes nothing, whatever comes of it (B5 B6)', async () => {
  await said({ ...own, product: 'remote-access', fingerprint: 'x' })
  expect(portal.db.trips.map(({ mode }) => mode)).toEqual(['read'])
  portal.db.forget()
  await said({ activationKey: 'nothing' })
  expect(portal.db.trips.map(({ mode }) => mode)).toEqual(['read'])
})

test('has a code for everything, each of them reached, in its order (R332)', async () => {
  const reached = new Set<string>()
  const expectCode = async (body: Record<string, unknown>, code: string, valid: boolean) => {
    expect(await said(body)).toEqual([code, valid])
    reached.add(`${code} ${valid}`)
  }
  const live = { activationKey: fabrikam.keys.livePatching.code, product: 'live-patching' }
  const { body } = await activate(portal, adasSoftware)
  const mine = { ...own, product: adasSoftware.product, fingerprint: adasSoftware.fingerprint }
  await expectCode({ activationKey: 'NOBO-DYHA-STHI-SKEY', product: 'x', fingerprint: 'x' }, 'NOT_FOUND', false)
  await expectCode(mine, 'VALID', true)
  await expectCode({ ...own, product: 'live-patching', fingerprint: 'x' }, 'PRODUCT_SCOPE_MISMATCH', false)
  await expectCode({ ...own, product: 'remote-access', fingerprint: 'x' }, 'FINGERPRINT_SCOPE_MISMATCH', false)
  const [fresh] = await portal.db.rows('select code from activation_keys where id = ?', northwind.freshKeyId)
  await expectCode({ activationKey: fresh?.code }, 'NO_LICENSE', false)
  const [unused] = await portal.db.rows("select code from activation_keys where id = 'key_00-fabrikam-hall-2'")
  await expectCode({ activationKey: unused?.code, fingerprint: 'x' }, 'NO_MACHINE', false)
  await expectCode({ activationKey: unused?.code }, 'VALID', true)
  await sql('update activation_keys set computer_limit = 1 where id = ?', fabrikam.keys.livePatching.id)
  await expectCode(live, 'TOO_MANY_MACHINES', true)

  await sql("update licenses set kind = 'subscription', ends_on = '2026-08-15' where id = ?", body.licenses[0].id)
  await sql('update activations set activated_at = activated_at - 86400001 where id = ?', body.id)
  await expectCode(mine, 'EXPIRED', true)
  await sql('update licenses set ends_on = null where id = ?', body.licenses[0].id)
  await expectCode(mine, 'OVERDUE', true)
  await sql('update activations set activated_at = activated_at - 86400001 * 20 where id = ?', body.id)
  await expectCode(mine, 'OVERDUE', false)
  await sql("update licenses set ends_on = '2026-08-01' where id = ?", body.licenses[0].id)
  await expectCode(mine, 'EXPIRED', false)
  await sql('update accounts set suspended_at = 1 where id = ?', acme.accountId)
  await expectCode(mine, 'SUSPENDED', false)
  await sql(
    "insert into former_codes values ('1DC0DE000000002', 'x', ?, 1, ?)",
    ada.activationKeyId,
    portal.deps.clock.at.getTime() - 1,
  )
  await expectCode({ ...mine, activationKey: '1DC0-DE00-0000-002' }, 'ROTATED', false)
  await sql('update activation_keys set is_default = 0, removed_at = 1 where id = ?', ada.activationKeyId)
  await expectCode({ ...mine, activationKey: '1DC0-DE00-0000-002' }, 'BANNED', false)
  await sql('update accounts set suspended_at = null')

  const documented = document['x-validation-codes'].map(({ code, valid }) => `${code} ${valid}`)
  expect([...reached].toSorted()).toEqual(documented.toSorted())
})

test('a key at its end is over for new computers and goes on for those it has', async () => {
  const id = fabrikam.keys.staging.id
  await sql("update activation_keys set expires_on = '2026-08-20' where id = ?", id)
  const [one] = await portal.db.rows(
    'select fingerprint from computers where id in (select computer_id from activations where key_id = ? and last_check_in_at > ?)',
    id,
    portal.deps.clock.at.getTime() - 20 * 3_600_000,
  )
  const staging = { activationKey: fabrikam.keys.staging.code, product: 'live-patching' }
  expect(await said(staging)).toEqual(['EXPIRED', false])
  expect(await said({ ...staging, fingerprint: one?.fingerprint })).toEqual(['VALID', true])
})

test('bad input is named field by field; a shell script reads a fact a line', async () => {
  const call = (body: unknown, headers = {}) => portal.call('POST', '/api/v1/validations', { body, headers })
  const pointer = async (body: unknown) =>
    ((await (await call(body)).json()) as { errors: { pointer: string }[] }).errors[0]?.pointer
  expect(await pointer({})).toBe('/activationKey')
  expect(await pointer({ ...own, nonce: 1.5 })).toBe('/nonce')
  expect(await pointer({ ...own, key: 'x' })).toBe('/key')
  const text = async (body: unknown) => (await (await call(body, { accept: 'text/plain' })).text()).split('\n')
  expect((await text({ activationKey: fabrikam.keys.extendedSupport.code })).slice(0, 3)).toEqual([
    'success:true',
    'valid:true',
    'code:VALID',
  ])
  expect((await text({ activationKey: 'x' })).slice(0, 3)).toEqual(['success:false', 'valid:false', 'code:NOT_FOUND'])
})
