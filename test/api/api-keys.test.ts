import { beforeAll, expect, test } from 'vitest'
import { fabrikam, northwind } from '#dev/world/people.ts'
import { callChecked, pageThrough } from '../support/api.ts'
import { openPortal, type Portal } from '../support/portal.ts'

let portal: Portal
beforeAll(async () => {
  portal = await openPortal()
})

test('R251 R274 a key of the master login lists the keys of its account, page by page, without one of them', async () => {
  const { rows } = await pageThrough(portal, '/api/v1/api-keys?limit=1', northwind.apiKey)
  expect(rows).toMatchObject([
    { name: 'Nightly inventory', state: 'expired', actsAs: 'read-servers' },
    {
      name: 'Nightly inventory',
      state: 'active',
      access: 'read',
      allowedRanges: ['198.51.100.0/24', '2001:db8:60::/48'],
    },
    { name: 'Demo scripts', actsAs: 'master', access: 'write', allowedRanges: null },
  ])
  expect(JSON.stringify(rows)).not.toContain(northwind.apiKey)
})

test('it revokes one, twice without harm, and none of another account (T5)', async () => {
  const path = '/api/v1/api-keys/apk_00-northwind-inventory'
  expect((await callChecked(portal, 'DELETE', path, { key: fabrikam.apiKey })).status).toBe(404)
  for (const _ of [1, 2])
    expect((await callChecked(portal, 'DELETE', path, { key: northwind.apiKey })).status).toBe(204)
  const [row] = await portal.db.rows("select revoked_at from api_keys where id = 'apk_00-northwind-inventory'")
  expect(row?.revoked_at).toBe(portal.deps.now().getTime())
})

test('a key of a role neither sees nor revokes keys (Decision 11)', async () => {
  await portal.db.client.execute("update api_keys set is_master = 0 where id = 'apk_00-fabrikam'")
  expect((await callChecked(portal, 'GET', '/api/v1/api-keys', { key: fabrikam.apiKey })).status).toBe(403)
})
