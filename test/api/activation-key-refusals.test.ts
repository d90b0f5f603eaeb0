import { beforeAll, expect, test } from 'vitest'
import { northwind } from '#dev/world/people.ts'
import { callChecked } from '../support/api.ts'
import { openPortal, type Portal } from '../support/portal.ts'

/** Nothing here changes anything, so that one portal serves all. */
let portal: Portal
beforeAll(async () => {
  portal = await openPortal()
})

const keys = '/api/v1/activation-keys'
const fresh = `${keys}/${northwind.freshKeyId}`
const pro = { product: 'remote-access', edition: 'pro', size: 10, term: { kind: 'permanent' } }
const post = (path: string, body: unknown) => callChecked(portal, 'POST', path, { key: northwind.apiKey, body })
const licenses = async () =>
  Number(
    (await portal.db.rows('select count(*) as n from licenses where activation_key_id = ?', northwind.freshKeyId))[0]
      ?.n,
  )

test.each([
  [{}, '/name'],
  [{ name: '' }, '/name'],
  [{ name: 'x', code: 'short' }, '/code'],
  [{ name: 'x', code: '' }, '/code'],
  [{ name: 'x', code: 1 }, '/code'],
  [{ name: 'x', more: 1 }, '/more'],
])('a new key %j is refused with a pointer (R97)', async (body, pointer) => {
  const refused = await post(keys, body)
  expect([refused.status, refused.body.code, refused.body.errors[0].pointer]).toEqual([422, 'invalid-request', pointer])
})

test.each([
  [{ size: 0 }, '/size'],
  [{ size: -1 }, '/size'],
  [{ size: 1_000_000_000 }, '/size'],
  [{ size: 2.5 }, '/size'],
  [{ size: 'ten' }, '/size'],
  [{ size: undefined }, '/size'],
  [{ edition: '' }, '/edition'],
  [{ term: { kind: 'forever' } }, '/term/kind'],
  [{ term: { kind: 'trial', days: 0 }, email: 'a@b.example' }, '/term/days'],
  [{ term: { kind: 'trial' }, email: 'a@b.example' }, '/term/days'],
  [{ term: { kind: 'trial', days: 7 } }, '/email'],
  [{ supportYears: 4 }, '/supportYears'],
  [{ email: 'nobody' }, '/email'],
  [{ comment: 'x'.repeat(501) }, '/comment'],
  [{ product: 'remote-support' }, '/product'],
])('an assignment with %j is 422 with a pointer (R107)', async (change, pointer) => {
  const { status, body } = await post(`${fresh}/licenses`, { ...pro, ...change })
  expect([status, body.code, body.errors?.[0]?.pointer]).toEqual([422, 'invalid-request', pointer])
  expect(await licenses()).toBe(0)
})

test.each([
  [{ product: 'live-patching' }, 'product-not-given'],
  [{ product: 'nothing' }, 'product-not-given'],
  [{ size: 7 }, 'offer-withdrawn'],
  [{ edition: 'gold' }, 'offer-withdrawn'],
])('an assignment with %j is 409 %s (R111)', async (change, code) => {
  const { status, body } = await post(`${fresh}/licenses`, { ...pro, ...change })
  expect([status, body.code]).toEqual([409, code])
})
