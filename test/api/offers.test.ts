import { beforeAll, expect, test } from 'vitest'
import { fabrikam, grace } from '#dev/world/people.ts'
import { callChecked } from '../support/api.ts'
import { openPortal, type Portal } from '../support/portal.ts'

const key = fabrikam.apiKey
let portal: Portal
beforeAll(async () => {
  portal = await openPortal()
})

const offers = async (query = '') => (await callChecked(portal, 'GET', `/api/v1/offers${query}`, { key })).body.data

test('R35 R231: lists what is sold with its tiers, and what is listed can be quoted at its price', async () => {
  const all = await offers()
  const channel = all.find(({ code }: { code: string }) => code === 'remote-support/standard/channel')
  expect(channel).toMatchObject({ kind: 'license', unit: 'channel', size: null, perUnit: true, per: 'year' })
  expect(
    channel.tiers.map((tier: { from: number; price: { minor: number } }) => [tier.from, tier.price.minor]),
  ).toEqual([
    [1, 24_000],
    [5, 21_600],
    [20, 19_200],
  ])
  const body = { items: [{ offer: channel.code, quantity: 5 }] }
  const quote = await callChecked(portal, 'POST', '/api/v1/quotes', { key, body })
  expect(quote.body.total).toEqual({ minor: 5 * 21_600, currency: 'EUR' })
})

test('narrows to a product, and refuses what it does not know', async () => {
  const some = await offers('?product=advanced-security')
  expect(some.map(({ code }: { code: string }) => code)).toEqual([
    'advanced-security/essentials/unlimited',
    'advanced-security/essentials/unlimited/support',
    'advanced-security/ultimate/unlimited',
    'advanced-security/ultimate/unlimited/support',
  ])
  expect((await callChecked(portal, 'GET', '/api/v1/offers?colour=red', { key })).status).toBe(400)
})

test('is in the currency in which the account pays, and leaves out what was withdrawn', async () => {
  await portal.db.client.batch([
    { sql: 'update api_keys set account_id = ? where account_id = ?', args: [grace.accountId, fabrikam.accountId] },
    "update offers set withdrawn_at = 1 where code = 'remote-access/pro/10'",
  ])
  const all = await offers('?product=remote-access')
  const currencies = all.flatMap(({ tiers }: { tiers: { price: { currency: string } }[] }) =>
    tiers.map(({ price }) => price.currency),
  )
  expect(new Set(currencies)).toEqual(new Set(['USD']))
  expect(all.some(({ code }: { code: string }) => code === 'remote-access/pro/10')).toBe(false)
})
