import fc from 'fast-check'
import { beforeEach, expect, test } from 'vitest'
import { receiveFastspring } from '#src/api/webhooks.ts'
import { type Connection, DatabaseUnavailable } from '#src/db/connection.ts'
import { freshDatabase, type TestDatabase } from '../../support/database.ts'
import { type TestDeps, testDeps } from '../../support/deps.ts'
import {
  bodyOf,
  eventOf,
  itemOf,
  openShop,
  orderOf,
  origin,
  postBody,
  postEvents,
  shopSecret,
  signatureOf,
} from '../../support/shop.ts'
import { expectConsistent, stateOf } from '../../support/shop-state.ts'

let db: TestDatabase
let deps: TestDeps

beforeEach(async () => {
  db = await freshDatabase()
  await openShop(db)
  deps = testDeps(db)
})

const subscription = (id: string) => eventOf(id, { id: 'sub-1', state: 'active' }, { type: 'subscription.activated' })
const kept = () => db.rows('select id, type, outcome, note from provider_events order by id')

/** The database, but for batches that hold a text, which it does not take. */
const without = (text: string): Connection => ({
  async batch(statements, mode) {
    if (JSON.stringify(statements).includes(text)) throw new DatabaseUnavailable('gone')
    return db.batch(statements, mode)
  },
})

test('a bad or missing signature is refused and leaves nothing behind (W1)', async () => {
  const body = bodyOf(eventOf('evt-1', orderOf(1)))
  const before = await stateOf(db)
  db.forget()
  const right = signatureOf(body)
  const wrong = [undefined, '', 'x', signatureOf(body, 'other'), right.toLowerCase(), right.slice(1)]
  for (const signature of wrong) {
    expect((await receiveFastspring(deps, body, signature, [shopSecret], origin)).status).toBe(403)
  }
  for (let byte = 0; byte < body.length; byte += 3) {
    const changed = Uint8Array.from(body)
    changed[byte] = (changed[byte] ?? 0) ^ (1 << (byte % 8))
    expect((await receiveFastspring(deps, changed, right, [shopSecret], origin)).status).toBe(403)
  }
  expect((await receiveFastspring(deps, body, right, [], origin)).status).toBe(403)
  expect(db.trips).toEqual([])
  expect(await stateOf(db)).toEqual(before)
})

test('what is no post of events is a 400, an empty post a 200, a body too large a 413', async () => {
  for (const text of ['', '{', '[]', '{}', '5', 'null', '{"events":5}', '\u0000']) {
    expect((await postBody(deps, Buffer.from(text))).status, text).toBe(400)
  }
  expect((await postBody(deps, Uint8Array.from([0xff, 0xfe]))).status).toBe(400)
  expect(await postBody(deps, Buffer.from('{"events":[]}'))).toEqual({ status: 200, body: '' })
  expect((await postBody(deps, new Uint8Array(2_097_153))).status).toBe(413)
  expect(await kept()).toEqual([])
})

test('all events of a post are processed and answered with', async () => {
  const answer = await postEvents(
    deps,
    eventOf('evt-1', orderOf(1)),
    subscription('evt-2'),
    eventOf('evt-3', orderOf(2)),
    eventOf('evt-4', { return: 'r-1' }, { type: 'return.created' }),
  )
  expect(answer).toEqual({ status: 200, body: 'evt-1\nevt-2\nevt-3\nevt-4' })
  expect((await kept()).map(({ outcome }) => outcome)).toEqual(['done', 'done', 'done', 'refused'])
  expect((await stateOf(db)).orders).toHaveLength(2)
})

test('the same post again changes nothing', async () => {
  const post = [eventOf('evt-1', orderOf(1)), subscription('evt-2'), eventOf('evt-3', {})]
  await postEvents(deps, ...post)
  await deps.settled()
  const before = await db.client.execute('select * from provider_events')
  const state = await stateOf(db)
  deps.clock.forward(3_600_000)
  expect(await postEvents(deps, ...post)).toEqual({ status: 200, body: 'evt-1\nevt-2\nevt-3' })
  expect(await stateOf(db)).toEqual(state)
  expect((await db.client.execute('select * from provider_events')).rows).toEqual(before.rows)
})

test('a resend with a new event id is kept and counted, and the order stays as it is', async () => {
  await postEvents(deps, eventOf('evt-1', orderOf(1)))
  const { kept: _, ...before } = await stateOf(db)
  const fuller = orderOf(1, { items: [itemOf('pro-10', 50)], total: 9999, address: { country: 'FR', city: 'Paris' } })
  expect(await postEvents(deps, eventOf('evt-2', fuller))).toEqual({ status: 200, body: 'evt-2' })
  const { kept: __, ...after } = await stateOf(db)
  expect(after).toEqual(before)
  expect(await kept()).toMatchObject([
    { id: 'evt-1', outcome: 'done', note: null },
    { id: 'evt-2', outcome: 'done', note: 'The order was received before' },
  ])
})

test('another order with a reference that is taken is kept for the vendor', async () => {
  await postEvents(deps, eventOf('evt-1', orderOf(1)))
  const twin = orderOf(2, { reference: 'jwt260820 1001 10001' })
  expect((await postEvents(deps, eventOf('evt-2', twin))).status).toBe(200)
  expect((await stateOf(db)).orders).toHaveLength(1)
  expect(await kept()).toContainEqual(
    expect.objectContaining({ id: 'evt-2', outcome: 'refused', note: 'reference: another order has it' }),
  )
  await expectConsistent(db)
})

test('an unreadable order is kept, acknowledged, logged, and the vendor is told once', async () => {
  const broken = eventOf('evt-1', orderOf(1, { items: null }))
  expect(await postEvents(deps, broken, eventOf('evt-2', orderOf(2)))).toEqual({ status: 200, body: 'evt-1\nevt-2' })
  await postEvents(deps, broken)
  expect(await kept()).toMatchObject([
    { id: 'evt-1', outcome: 'refused', note: expect.stringContaining('items:') },
    { id: 'evt-2', outcome: 'done' },
  ])
  const letters = await db.rows(
    `select recipient, params ->> 'reason' as reason from outbox where template = 'unreadable-event'`,
  )
  expect(letters).toEqual([{ recipient: 'support@acme.example', reason: expect.stringContaining('items:') }])
  expect(deps.logs.filter(({ message }) => message === 'shop event refused')).toHaveLength(1)
})

test('a mended resend of an unreadable order brings it in', async () => {
  await postEvents(deps, eventOf('evt-1', orderOf(1, { items: null })))
  await postEvents(deps, eventOf('evt-2', orderOf(1)))
  expect((await stateOf(db)).orders).toHaveLength(1)
})

test('events without an id that can be answered with are kept by what they say', async () => {
  const strange = [5, null, {}, { type: 'x' }, { id: 'a b', type: 'x' }, { id: 'line\nbreak', type: 'x' }, []]
  expect(await postEvents(deps, ...strange, subscription('evt-1'))).toEqual({ status: 200, body: 'evt-1' })
  await postEvents(deps, ...strange)
  expect(await kept()).toHaveLength(strange.length + 1)
  await expectConsistent(db)
})

test('a post of which the database took a part is a 202 with the ids of that part (W2)', async () => {
  const half = testDeps(db, { db: without('evt-2') })
  const post = ['evt-1', 'evt-2', 'evt-3'].map((id, n) => eventOf(id, orderOf(n)))
  expect(await postEvents(half, ...post)).toEqual({ status: 202, body: 'evt-1\nevt-3' })
  expect((await kept()).map(({ id }) => id)).toEqual(['evt-1', 'evt-3'])
  expect(await postEvents(deps, ...post)).toEqual({ status: 200, body: 'evt-1\nevt-2\nevt-3' })
  expect((await stateOf(db)).orders).toHaveLength(3)
})

test('a database that takes nothing is a 503, and is not asked for every event', async () => {
  let asked = 0
  const gone: Connection = {
    async batch() {
      asked++
      throw new DatabaseUnavailable('gone')
    },
  }
  const post = Array.from({ length: 20 }, (_, n) => eventOf(`evt-${n}`, orderOf(n)))
  expect((await postEvents(testDeps(gone), ...post)).status).toBe(503)
  expect(asked).toBe(2)
})

test('an answer lost on the way back does not bring an order in twice', async () => {
  let lost = false
  const forgetful: Connection = {
    async batch(statements, mode) {
      const sets = await db.batch(statements, mode)
      if (mode === 'write' && !lost) {
        lost = true
        throw new DatabaseUnavailable('no answer')
      }
      return sets
    },
  }
  expect((await postEvents(testDeps(forgetful), eventOf('evt-1', orderOf(1)))).status).toBe(200)
  expect(await stateOf(db)).toMatchObject({ orders: [{}], licenses: [{}], kept: [{ outcome: 'done' }] })
})

test('before there is a vendor, orders wait with the provider', async () => {
  const empty = await freshDatabase()
  expect((await postEvents(testDeps(empty), eventOf('evt-1', orderOf(1)))).status).toBe(503)
  expect(await empty.rows('select * from provider_events')).toEqual([])
})

test('twenty identical posts at once bring one order', async () => {
  const answers = await Promise.all(Array.from({ length: 20 }, () => postEvents(deps, eventOf('evt-1', orderOf(1)))))
  expect(answers).toEqual(Array(20).fill({ status: 200, body: 'evt-1' }))
  const state = await stateOf(db)
  expect(state).toMatchObject({ orders: [{}], contacts: [{}], keys: [{}], licenses: [{}], kept: [{}], letters: [{}] })
})

test('one order under twenty event ids at once comes in once, with twenty events kept', async () => {
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, n) => postEvents(deps, eventOf(`evt-${n}`, orderOf(1)))),
  )
  expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(200))
  expect(await stateOf(db)).toMatchObject({ orders: [{}], licenses: [{}], letters: [{}] })
  expect((await kept()).map(({ outcome }) => outcome)).toEqual(Array(20).fill('done'))
})

test('orders of one new customer at once make one account, one key and all orders', async () => {
  db.forget()
  await Promise.all(Array.from({ length: 12 }, (_, n) => postEvents(deps, eventOf(`evt-${n}`, orderOf(n)))))
  // They did race: eleven looked again.
  expect(db.trips.filter(({ mode }) => mode === 'read')).toHaveLength(23)
  const state = await stateOf(db)
  expect(state.accounts.filter(({ kind }) => kind === 'customer')).toHaveLength(1)
  expect(state).toMatchObject({ keys: [{}], contacts: [{}] })
  expect(state.orders).toHaveLength(12)
  expect(state.letters).toHaveLength(12)
  await expectConsistent(db)
})

test('whatever the order of arrival and however often, the end is the same (W2)', async () => {
  const place = (country: string, city: string) => ({ address: { country, city } })
  const bob = { customer: { first: 'Bob', last: 'B', email: 'bob@example.com' }, account: 'fs-account-2' }
  const events = [
    eventOf('evt-1', orderOf(1, place('DE', 'Berlin'))),
    eventOf('evt-1-again', orderOf(1, place('DE', 'Berlin'))),
    eventOf('evt-2', orderOf(2, place('FR', 'Paris'))),
    eventOf('evt-3', orderOf(3, { address: null, items: [itemOf('unknown'), itemOf('pro-10', 2)] })),
    eventOf('evt-4', orderOf(4, { ...bob, ...place('IT', 'Rome') })),
    eventOf('evt-5', orderOf(5, { ...bob, changed: Date.UTC(2026, 0, 1), ...place('ES', 'Madrid') })),
    eventOf('evt-6', orderOf(6, { total: null })),
    subscription('evt-7'),
    eventOf('evt-8', { return: 'r-1' }, { type: 'return.created' }),
  ]
  const endOf = async (posts: unknown[][]) => {
    const fresh = await freshDatabase()
    await openShop(fresh)
    for (const post of posts) expect((await postEvents(testDeps(fresh), ...post)).status).toBe(200)
    return stateOf(fresh)
  }
  const end = await endOf([events])
  expect(end.orders).toHaveLength(5)
  const arrival = fc.shuffledSubarray(events, { minLength: events.length }).chain((order) =>
    fc.array(fc.nat(events.length - 1), { maxLength: 6 }).chain((repeated) =>
      fc.nat(events.length).map((cut) => {
        const all = [...order, ...repeated.map((i) => events[i])]
        return [all.slice(0, cut), all.slice(cut)]
      }),
    ),
  )
  await fc.assert(
    fc.asyncProperty(arrival, async (posts) => {
      expect(await endOf(posts)).toEqual(end)
    }),
    { numRuns: 40 },
  )
})

test('duplicate ids in one post are answered with once', async () => {
  const answer = await postEvents(deps, eventOf('evt-1', orderOf(1)), eventOf('evt-1', orderOf(2)))
  expect(answer).toEqual({ status: 200, body: 'evt-1' })
  expect((await stateOf(db)).orders).toHaveLength(1)
})
