import { beforeEach, expect, test } from 'vitest'
import { freshDatabase, type TestDatabase } from '../../support/database.ts'
import { type TestDeps, testDeps } from '../../support/deps.ts'
import { bodyOf, eventOf, itemOf, openShop, orderOf, postBody, postEvents, vendorId } from '../../support/shop.ts'
import { expectConsistent, stateOf } from '../../support/shop-state.ts'

let db: TestDatabase
let deps: TestDeps

beforeEach(async () => {
  db = await freshDatabase()
  await openShop(db)
  deps = testDeps(db)
})

const order = (...items: unknown[]) => postEvents(deps, eventOf('evt-1', orderOf(1, { items })))
const licenses = () => db.rows('select size, kind, support_ends_on from licenses order by n')
const notes = () =>
  db.rows(`select after ->> 'path' as path, after ->> 'note' as note from events where action = 'order.item-unknown'`)

test('an order brings the customer, contact, items, licenses, support, key and letter', async () => {
  await postEvents(deps, eventOf('evt-1', orderOf(1, { items: [itemOf('pro-10', 2), itemOf('pro-10-bare')] })))
  const state = await stateOf(db)
  expect(state.accounts).toContainEqual({
    ...{ kind: 'customer', name: 'Ada Lovelace', email: 'ada@example.com', email_key: 'ada@example.com' },
    ...{ country: 'GB', city: 'London', provider_account_id: 'fs-account-1' },
  })
  expect(state.contacts).toHaveLength(1)
  expect(state.keys).toEqual([{ email_key: 'ada@example.com', name: 'Default', is_default: 1 }])
  expect(
    state.licenses.map((one) => [one.position, one.size, one.bought_on, one.support_ends_on, one.is_default]),
  ).toEqual([
    [1, 10, '2026-08-20', '2027-08-19', 1],
    [1, 10, '2026-08-20', '2027-08-19', 1],
    [2, 10, '2026-08-20', null, 1],
  ])
  expect(state.periods).toEqual(Array(2).fill({ starts_on: '2026-08-20', ends_on: '2027-08-19', source: 'order' }))
  expect(state.events).toEqual([
    { action: 'account.created', n: 1 },
    { action: 'activation-key.created', n: 1 },
    { action: 'license.created', n: 3 },
    { action: 'order.received', n: 1 },
    { action: 'support.started', n: 2 },
  ])
  await expectConsistent(db)
})

test('serial numbers and keys look as they are read out', async () => {
  await order(itemOf('pro-10', 3))
  for (const { serial } of await db.rows('select serial from licenses'))
    expect(serial).toMatch(/^S-[0-9A-Z]{5}-[0-9A-Z]{5}$/)
  const [key] = await db.rows('select code from activation_keys')
  expect(key?.code).toMatch(/^([0-9A-Z]{4}-){3}[0-9A-Z]{4}$/)
})

test('the order letter goes to the buyer as typed, with the key and the licenses, after the answer', async () => {
  await postEvents(
    deps,
    eventOf('evt-1', orderOf(1, { customer: { first: 'Ada', last: 'L', email: 'Ada@Example.COM' } })),
  )
  const [letter] = await db.rows('select recipient, params, account_id from outbox')
  expect(letter?.recipient).toBe('Ada@Example.COM')
  const params = JSON.parse(String(letter?.params))
  const [key] = await db.rows('select code, account_id from activation_keys')
  const [serial] = await db.rows('select serial from licenses')
  expect(letter?.account_id).toBe(key?.account_id)
  expect(params).toMatchObject({
    reference: 'JWT260820-1001-10001',
    activationKey: key?.code,
    totalMinor: 15224,
    waiting: 0,
  })
  expect(params.licenses).toMatchObject([
    { ...serial, product: 'Remote Access', edition: 'Pro', supportEndsOn: '2027-08-19' },
  ])
  await deps.settled()
  expect(deps.letters.map(({ to }) => to)).toEqual(['Ada@Example.COM'])
})

test('the shop stands in the trail as who did it, and from where', async () => {
  await order(itemOf('pro-10'))
  const actors = await db.rows('select distinct actor_kind, actor_id, actor_name, address, request_id from events')
  expect(actors).toEqual([
    {
      actor_kind: 'shop',
      actor_id: 'fastspring',
      actor_name: 'FastSpring',
      address: '203.0.113.9',
      request_id: 'req_test',
    },
  ])
})

test('three of an item are three licenses, or one of size three, as the catalog says', async () => {
  await order(itemOf('pro-10', 3), itemOf('pro-users', 25), itemOf('pro-unlimited'), itemOf('pro-one-user', 2))
  expect((await licenses()).map(({ size }) => size)).toEqual([10, 10, 10, 25, null, 1, 1])
})

test('an item of no quantity is kept and brings nothing', async () => {
  await order(itemOf('pro-10', 0), itemOf('pro-users', 0))
  expect(await licenses()).toEqual([])
  expect((await stateOf(db)).items.map((one) => one.offer_code)).toEqual(['pro/10', 'pro/per-user'])
})

test('an unknown path with the SKU of exactly one offer is that offer', async () => {
  await order(itemOf('never-seen', 2, { sku: 'RA-PRO-10' }), itemOf('never-seen-either', 1, { sku: 'RA-TWICE' }))
  expect((await stateOf(db)).items.map((one) => one.offer_code)).toEqual(['pro/10', null])
  expect(await licenses()).toHaveLength(2)
})

test('an unknown item is kept, told in the vendor’s trail and by letter, and the rest is issued', async () => {
  await order(itemOf('pro-10'), itemOf('never-seen', 4, { sku: 'NEW' }))
  expect(await licenses()).toHaveLength(1)
  expect(await notes()).toEqual([{ path: 'never-seen', note: 'The catalog does not know this item' }])
  expect(await db.rows(`select account_id from events where action = 'order.item-unknown'`)).toEqual([
    { account_id: vendorId },
  ])
  const letters = await db.rows(`select recipient, params from outbox where template = 'unknown-item'`)
  expect(letters).toHaveLength(1)
  expect(letters[0]?.recipient).toBe('support@acme.example')
  expect(JSON.parse(String(letters[0]?.params))).toMatchObject({
    reference: 'JWT260820-1001-10001',
    items: [{ path: 'never-seen', sku: 'NEW', quantity: 4 }],
  })
  const [buyers] = await db.rows(`select params ->> 'waiting' as waiting from outbox where template = 'order'`)
  expect(buyers).toEqual({ waiting: 1 })
})

test('support alone is kept for the vendor: there is no license to attach it to', async () => {
  await order(itemOf('pro-support'), itemOf('x', 1, { sku: 'RA-SUP' }))
  expect(await licenses()).toEqual([])
  expect((await notes()).map(({ note }) => note)).toEqual(Array(2).fill('Support alone: no license to attach it to'))
})

test('absurd quantities are kept for the vendor, and nothing is issued for them', async () => {
  await order(itemOf('pro-10', 1001), itemOf('pro-users', 100_001), itemOf('pro-10', 1e9), itemOf('pro-10', 2))
  expect(await licenses()).toHaveLength(2)
  expect(await notes()).toHaveLength(3)
  await expectConsistent(db)
})

test('a thousand licenses of one order come in; one more does not', async () => {
  await order(itemOf('pro-10', 999), itemOf('pro-10-bare', 1), itemOf('pro-10', 1))
  expect(await db.rows('select count(*) as n, count(support_ends_on) as supported from licenses')).toEqual([
    { n: 1000, supported: 999 },
  ])
  expect(await notes()).toEqual([{ path: 'pro-10', note: 'More than 1000 licenses in one order' }])
  await expectConsistent(db)
})

test('an item with a subscription is a license whose end is left to the subscription', async () => {
  await order(itemOf('pro-10', 1, { subscription: 'sub-1' }))
  expect(await licenses()).toEqual([{ size: 10, kind: 'subscription', support_ends_on: '2027-08-19' }])
  expect(await db.rows('select provider_subscription_id, offer_code from order_items')).toEqual([
    { provider_subscription_id: 'sub-1', offer_code: 'pro/10' },
  ])
})

test('a test order is marked and otherwise handled the same', async () => {
  await postEvents(deps, eventOf('evt-1', orderOf(1, { live: false }), { live: false }))
  expect(await db.rows('select live from orders union all select live from provider_events')).toEqual([
    { live: 0 },
    { live: 0 },
  ])
  expect(await licenses()).toHaveLength(1)
})

test('a second order joins the account, the contact and the key, and moves the account to its place', async () => {
  const place = (country: string, city: string) => ({ address: { country, city } })
  await postEvents(deps, eventOf('evt-2', orderOf(2, place('FR', 'Paris'))))
  await postEvents(deps, eventOf('evt-1', orderOf(1, place('DE', 'Berlin'))))
  await postEvents(deps, eventOf('evt-3', orderOf(3, { address: null })))
  const state = await stateOf(db)
  expect(state.accounts.filter(({ kind }) => kind === 'customer')).toHaveLength(1)
  expect(state.accounts).toContainEqual(expect.objectContaining({ country: 'FR', city: 'Paris' }))
  expect(state.contacts).toHaveLength(1)
  expect(state.keys).toHaveLength(1)
  expect(state.orders).toHaveLength(3)
  await postEvents(deps, eventOf('evt-4', orderOf(4, place('IT', 'Rome'))))
  expect((await stateOf(db)).accounts).toContainEqual(expect.objectContaining({ country: 'IT', city: 'Rome' }))
})

test('the same e-mail in another case is the same customer; a look-alike is not (I4)', async () => {
  const by = (email: string) => ({ customer: { first: 'K', last: 'S', email } })
  const emails = [
    'kiss@example.com',
    'KISS@EXAMPLE.com',
    '\u212Aiss@example.com',
    'ki\u017Fs@example.com',
    'k\u0131ss@example.com',
  ]
  for (const [n, email] of emails.entries()) await postEvents(deps, eventOf(`evt-${n}`, orderOf(n, by(email))))
  const customers =
    await db.rows(`select a.email, count(*) as orders from accounts a join orders o on o.account_id = a.id
    group by a.id order by a.n`)
  expect(customers.map(({ orders }) => orders)).toEqual([2, 1, 1, 1])
})

test('an e-mail that belongs to a reseller’s customer or to a login makes an account of its own', async () => {
  await db.client.execute(`insert into accounts (id, parent_id, kind, name, email, email_key, created_at)
    values ('acc_r', '${vendorId}', 'reseller', 'R', 'ada@example.com', 'ada@example.com', 1),
      ('acc_c', 'acc_r', 'customer', 'C', 'ada@example.com', 'ada@example.com', 1)`)
  await order(itemOf('pro-10'))
  const [owner] = await db.rows('select a.id, a.parent_id from orders o join accounts a on a.id = o.account_id')
  expect(owner?.parent_id).toBe(vendorId)
  expect(owner?.id).not.toBe('acc_c')
})

test('a customer without a default key is given one', async () => {
  await db.client.execute(`insert into accounts (id, parent_id, kind, name, email, email_key, created_at)
    values ('acc_c', '${vendorId}', 'customer', 'Ada', 'ada@example.com', 'ada@example.com', 1)`)
  await order(itemOf('pro-10'))
  expect(await db.rows('select account_id, is_default from activation_keys')).toEqual([
    { account_id: 'acc_c', is_default: 1 },
  ])
  expect((await stateOf(db)).events).not.toContainEqual(expect.objectContaining({ action: 'account.created' }))
})

test('the event is kept as received, to the letter', async () => {
  const text = JSON.stringify(eventOf('evt-1', orderOf(1)), null, 1).replace('152.24', '152.2400000000000000000001')
  await postBody(deps, Buffer.from(`{ "events" : [ ${text} ] }`))
  const [kept] = await db.rows('select payload, outcome, type from provider_events')
  expect(kept).toEqual({ payload: text, outcome: 'done', type: 'order.completed' })
  await postBody(deps, bodyOf())
})

test('an order is brought in with one read batch and one write batch', async () => {
  db.forget()
  await order(itemOf('pro-10', 5))
  const ofOrder = db.trips.filter(({ statements }) => !statements.some((sql) => sql.startsWith('update "outbox"')))
  expect(ofOrder.map(({ mode }) => mode)).toEqual(['read', 'write'])
})
