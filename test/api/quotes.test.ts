import { beforeEach, describe, expect, test } from 'vitest'
import { ada, fabrikam, grace, northwind } from '#dev/world/people.ts'
import { callChecked, pageThrough } from '../support/api.ts'
import { openPortal, type Portal } from '../support/portal.ts'
import { racing } from '../support/race.ts'

const key = fabrikam.apiKey
const path = '/api/v1/quotes'
const two = { items: [{ offer: 'remote-access/pro/10', quantity: 2 }] }

let portal: Portal
beforeEach(async () => {
  portal = await openPortal()
})

const post = (body: unknown, headers: Record<string, string> = {}) =>
  callChecked(portal, 'POST', path, { key, body, headers })
const quotesOf = async (accountId: string) =>
  (await portal.db.rows('select count(*) as n from quotes where account_id = ?', accountId))[0]?.n

/** From now on Fabrikam's key acts for a customer of the shop. */
const actFor = (accountId: string) =>
  portal.db.client.execute({
    sql: 'update api_keys set account_id = ? where account_id = ?',
    args: [accountId, fabrikam.accountId],
  })

describe('a quote', () => {
  test('R301 R168: is answered with lines in words, each its price less what is paid, and the total that is charged', async () => {
    const { status, headers, body } = await post(two)
    expect(status).toBe(201)
    expect(headers.get('location')).toBe(`${path}/${body.id}`)
    expect(body.total).toEqual({ minor: 53_800, currency: 'EUR' })
    expect(body.lines).toMatchObject([
      { text: 'Remote Access Pro, 10 users, 2 licenses', reckoning: '2 × EUR 269.00', due: body.total },
    ])
    expect(body.validUntil).toBe('2026-08-28T09:30:00.000Z')
    const kept = await callChecked(portal, 'GET', `${path}/${body.id}`, { key })
    expect(kept.body).toMatchObject({ state: 'open', stands: true, total: body.total, lines: body.lines })
    const paying = await callChecked(portal, 'POST', '/api/v1/checkouts', { key, body: { quote: body.id } })
    expect(paying.body.total).toEqual(body.total)
  })

  test('R73 R75 R77: Grace’s 3 workstations more, with 146 of 365 days left, at the price of the currency she pays in', async () => {
    await actFor(grace.accountId)
    const { body } = await post({ items: [{ license: grace.licenses.remoteWork, size: 8 }] })
    expect(body.lines[0].reckoning).toBe('3 more workstations × USD 110.00 a year × 146 of 365 days left')
    expect(body.total).toEqual({ minor: 13_200, currency: 'USD' })
    expect(body.lines[0]).toMatchObject({ startsOn: '2026-08-21', endsOn: '2027-01-13' })
  })

  test('R71 R74 R82: several wishes of one customer are one quote, each line in the customer’s currency', async () => {
    await actFor(ada.accountId)
    const { frontDesk, unsupported } = ada.licenses
    const { body } = await post({
      items: [
        { license: frontDesk, size: 10 },
        { license: unsupported, supportYears: 1 },
        { offer: 'remote-access/pro/3', quantity: 1 },
      ],
    })
    const dues = body.lines.map((line: { due: { minor: number } }) => line.due.minor)
    expect(dues).toEqual([10_000, Math.round((2000 * 288) / 365), 1180, 12_900])
    expect(body.total.minor).toBe(dues.reduce((sum: number, due: number) => sum + due, 0))
    expect(new Set(body.lines.map((line: { due: { currency: string } }) => line.due.currency))).toEqual(
      new Set(['EUR']),
    )
  })

  test('stands in the audit trail, and in the account’s list, the newest first', async () => {
    const made = [(await post(two)).body.id, (await post(two)).body.id]
    const { rows } = await pageThrough(portal, `${path}?limit=2`, key)
    expect(rows.map(({ id }) => id).slice(0, 2)).toEqual(made.toReversed())
    const events = await callChecked(portal, 'GET', '/api/v1/events?limit=1', { key })
    expect(events.body.data).toMatchObject([{ action: 'quote.created', after: { total: 'EUR 538.00', lines: 1 } }])
    const theirs = await callChecked(portal, 'GET', path, { key: northwind.apiKey })
    expect(theirs.body.data).toEqual([])
    expect((await callChecked(portal, 'GET', `${path}/${made[0]}`, { key: northwind.apiKey })).status).toBe(404)
  })
})

test('R302: a second upgrade in one period is reckoned from the whole of what is there, whatever the first cost', async () => {
  await actFor(grace.accountId)
  const upgradeTo = async (size: number) => (await post({ items: [{ license: grace.licenses.remoteWork, size }] })).body
  const one = await upgradeTo(6)
  const { body } = await callChecked(portal, 'POST', '/api/v1/checkouts', { key, body: { quote: one.id } })
  await portal.browser().request('POST', `${new URL(body.url).pathname}/payments`, new URLSearchParams())
  await portal.deps.settled()
  const two = await upgradeTo(8)
  expect([one.total.minor, two.total.minor]).toEqual([4400, 8800])
  expect(two.lines[0].credit.minor).toBe(26_400)
})

test('what costs nothing is carried out by a call, once, and nothing else is', async () => {
  const { body: priced } = await post(two)
  const apply = (id: string, headers: Record<string, string> = {}) =>
    callChecked(portal, 'POST', `${path}/${id}/applications`, { key, body: {}, headers })
  expect((await apply(priced.id)).body.code).toBe('quote-unpaid')
  await portal.db.client.execute("update prices set unit_minor = 0 where offer_code = 'remote-access/pro/10'")
  const { body: free } = await post(two)
  expect(free.total.minor).toBe(0)
  const checkout = await callChecked(portal, 'POST', '/api/v1/checkouts', { key, body: { quote: free.id } })
  expect(checkout.body.code).toBe('quote-free')
  const done = await apply(free.id, { 'Idempotency-Key': 'once' })
  expect([done.status, done.body.state]).toEqual([201, 'applied'])
  expect((await apply(free.id, { 'Idempotency-Key': 'once' })).body.state).toBe('applied')
  expect((await apply(free.id)).body.code).toBe('quote-paid')
  expect(await portal.db.rows("select count(*) as n from licenses where order_reference like 'FREE-%'")).toEqual([
    { n: 2 },
  ])
})

describe('what is asked for wrongly is refused, and nothing is kept', () => {
  test.each([
    ['no items', { items: [] }, '/items'],
    ['nothing at all', {}, '/items'],
    ['a field that is not known', { items: [{ ...two.items[0], price: 1 }] }, '/items/0/price'],
    ['one that is not known beside them', { ...two, total: 0 }, '/total'],
    ['no license and no offer', { items: [{ quantity: 1 }] }, '/items/0/license'],
    ['an offer without a quantity', { items: [{ offer: 'remote-access/pro/10' }] }, '/items/0/quantity'],
    ['a negative quantity', { items: [{ offer: 'remote-access/pro/10', quantity: -2 }] }, '/items/0/quantity'],
    ['an absurd one', { items: [{ offer: 'remote-access/pro/10', quantity: 501 }] }, '/items/0/quantity'],
    ['a part of a license', { items: [{ offer: 'remote-access/pro/10', quantity: 1.5 }] }, '/items/0/quantity'],
    ['an offer that nobody makes', { items: [{ offer: 'remote-access/pro/7', quantity: 1 }] }, '/items/0/offer'],
    [
      'servers, which the balance pays',
      { items: [{ offer: 'live-patching/standard/server', quantity: 1 }] },
      '/items/0/offer',
    ],
    ['a size that is a text', { items: [{ license: 'lic_1', size: '10' }] }, '/items/0/size'],
    [
      'a day that does not exist',
      { items: [{ license: 'lic_1', supportUntil: '2027-02-29' }] },
      '/items/0/supportUntil',
    ],
    ['four years', { items: [{ license: 'lic_1', supportYears: 4 }] }, '/items/0/supportYears'],
  ])('%s', async (_, body, pointer) => {
    const before = await quotesOf(fabrikam.accountId)
    const refused = await post(body)
    expect([refused.status, refused.body.code, refused.body.errors[0].pointer]).toEqual([
      422,
      'invalid-request',
      pointer,
    ])
    expect(refused.body.errors[0].detail.length).toBeGreaterThan(8)
    expect(await quotesOf(fabrikam.accountId)).toBe(before)
  })

  test('R317: a license of somebody else is not found, nor is one below', async () => {
    expect((await post({ items: [{ license: ada.licenses.frontDesk, size: 10 }] })).body.code).toBe('not-found')
  })

  test('what is not sold any more', async () => {
    await portal.db.client.execute("update offers set withdrawn_at = 1 where code = 'remote-access/pro/10'")
    const { status, body } = await post(two)
    expect([status, body.code]).toEqual([409, 'offer-withdrawn'])
  })
})

describe('at the same moment', () => {
  test('R324: fifty requests under one key make one quote, and all are told of it', async () => {
    const before = Number(await quotesOf(fabrikam.accountId))
    const call = racing(portal, 50)
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => call('POST', path, key, two, { 'Idempotency-Key': 'once' })),
    )
    expect(new Set(answers.map(({ status, body }) => `${status} ${body.id}`)).size).toBe(1)
    expect(answers[0]?.status).toBe(201)
    expect(await quotesOf(fabrikam.accountId)).toBe(before + 1)
  })

  test('the same key for something else is refused', async () => {
    await post(two, { 'Idempotency-Key': 'once' })
    const other = { items: [{ offer: 'remote-access/pro/10', quantity: 3 }] }
    expect((await post(other, { 'Idempotency-Key': 'once' })).body.code).toBe('idempotency-key-reused')
  })

  test('R301 R324: two quotes of one license, both paid in the shop: one is done, the other is kept for the vendor', async () => {
    await actFor(ada.accountId)
    const quote = async (size: number) =>
      (await post({ items: [{ license: ada.licenses.frontDesk, size }] })).body.id as string
    const checkouts = await Promise.all(
      [await quote(10), await quote(25)].map(async (id) => {
        const { body } = await callChecked(portal, 'POST', '/api/v1/checkouts', { key, body: { quote: id } })
        return body as { id: string; url: string }
      }),
    )
    const shop = portal.browser()
    for (const { url } of checkouts)
      await shop.request('POST', `${new URL(url).pathname}/payments`, new URLSearchParams())
    await portal.deps.settled()
    const [license] = await portal.db.rows('select size from licenses where id = ?', ada.licenses.frontDesk)
    const states = await portal.db.rows(
      'select q.state, p.state as payment, p.problem from quotes q join payments p on p.quote_id = q.id where q.account_id = ? order by q.n',
      ada.accountId,
    )
    expect(license).toEqual({ size: 10 })
    expect(states).toEqual([
      { state: 'applied', payment: 'applied', problem: null },
      { state: 'paid', payment: 'held', problem: 'quote-stale' },
    ])
  })

  test('a checkout begun again under its key is the one that was begun; another quote under it is refused (R324)', async () => {
    const quotes = await Promise.all([post(two), post(two)])
    const begin = (quote: string) =>
      callChecked(portal, 'POST', '/api/v1/checkouts', {
        ...{ key, body: { quote }, headers: { 'idempotency-key': 'pay-1' } },
      })
    const [one, other] = quotes.map(({ body }) => String(body.id))
    const answers = [await begin(one ?? ''), await begin(one ?? '')]
    expect(answers.map(({ status }) => status)).toEqual([201, 201])
    expect(answers[1]?.body).toEqual(answers[0]?.body)
    const reused = await begin(other ?? '')
    expect([reused.status, reused.body.code]).toEqual([422, 'idempotency-key-reused'])
    expect(
      await portal.db.rows('select quote_id as quote from checkouts where quote_id in (?, ?)', one ?? '', other ?? ''),
    ).toEqual([{ quote: one }])
  })

  test('R301: whoever began to pay before a price rose is charged what was quoted, and gets it', async () => {
    const { body: quote } = await post(two)
    const { body: checkout } = await callChecked(portal, 'POST', '/api/v1/checkouts', {
      key,
      body: { quote: quote.id },
    })
    await portal.db.client.execute(
      "update prices set unit_minor = unit_minor * 2 where offer_code = 'remote-access/pro/10'",
    )
    const late = await callChecked(portal, 'POST', '/api/v1/checkouts', { key, body: { quote: quote.id } })
    expect(late.body.code).toBe('quote-stale')
    await portal.browser().request('POST', `${new URL(checkout.url).pathname}/payments`, new URLSearchParams())
    await portal.deps.settled()
    const { body } = await callChecked(portal, 'GET', `${path}/${quote.id}`, { key })
    expect(body).toMatchObject({ state: 'applied', total: { minor: 53_800, currency: 'EUR' } })
  })
})
