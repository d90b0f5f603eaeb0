import fc from 'fast-check'
import { beforeEach, expect, test } from 'vitest'
import { mergeFacts, outcomeOf, type ProviderSubscription } from '#src/domain/subscriptions/provider-subscription.ts'
import { eventsOf } from '#src/gateways/fastspring/envelope.ts'
import { isSubscriptionEvent, subscriptionFactOf } from '#src/gateways/fastspring/subscription-event.ts'
import { freshDatabase, type TestDatabase } from '../../support/database.ts'
import { type TestDeps, testDeps } from '../../support/deps.ts'
import { databaseRuns } from '../../support/runs.ts'
import {
  bodyOf,
  chargeOf,
  eventOf,
  itemOf,
  openShop,
  orderOf,
  postEvents,
  returnOf,
  subscriptionOf,
} from '../../support/shop.ts'
import { expectConsistent, stateOf } from '../../support/shop-state.ts'

let db: TestDatabase
let deps: TestDeps

beforeEach(async () => {
  db = await freshDatabase()
  await openShop(db)
  deps = testDeps(db)
})

const at = (month: number, day: number, hour = 0) => Date.UTC(2026, month - 1, day, hour)
const told = (id: string, type: string, data: unknown, created: number) => eventOf(id, data, { type, created })

/** An order of five users by the month and one plain license, and what the shop tells of it in four months. */
const order = eventOf(
  'evt-01',
  orderOf(1, {
    total: 200,
    tax: 0,
    items: [itemOf('pro-users', 5, { subtotal: 100, subscription: 'sub-1' }), itemOf('pro-10', 1, { subtotal: 100 })],
  }),
)
const until = (month: number, sequence: number, changed: number, more = {}) =>
  subscriptionOf('sub-1', { sequence, changed, next: at(month, 20), nextChargeDate: at(month, 20), ...more })
const history = [
  order,
  told('evt-02', 'subscription.activated', until(9, 1, at(8, 21)), at(8, 21, 1)),
  told('evt-03', 'subscription.charge.completed', chargeOf(until(10, 2, at(8, 21)), 2, at(9, 20)), at(9, 20, 1)),
  told('evt-04', 'subscription.updated', until(10, 2, at(9, 25), { quantity: 8 }), at(9, 25)),
  told('evt-05', 'subscription.charge.failed', chargeOf('sub-1', 3, at(10, 20), { reason: 'DECLINED' }), at(10, 20)),
  told(
    'evt-06',
    'subscription.payment.overdue',
    until(10, 2, at(10, 21), { quantity: 8, state: 'overdue' }),
    at(10, 21),
  ),
  told('evt-07', 'subscription.charge.completed', chargeOf('sub-1', 3, at(10, 23)), at(10, 23)),
  told(
    'evt-08',
    'subscription.canceled',
    until(11, 3, at(11, 1), { quantity: 8, state: 'canceled', end: at(11, 20) }),
    at(11, 1),
  ),
  told('evt-09', 'subscription.uncanceled', until(11, 3, at(11, 2), { quantity: 8 }), at(11, 2)),
  told(
    'evt-10',
    'subscription.canceled',
    until(11, 3, at(11, 3), { quantity: 8, state: 'canceled', end: at(11, 20) }),
    at(11, 3),
  ),
  told(
    'evt-11',
    'return.created',
    returnOf('ret-1', 1, { totalReturn: 100, items: [{ product: 'pro-10', quantity: 1, subtotal: 100 }] }),
    at(11, 5),
  ),
  told(
    'evt-12',
    'subscription.deactivated',
    until(11, 3, at(11, 20, 1), { quantity: 8, state: 'deactivated', active: false, end: at(11, 20) }),
    at(11, 20, 1),
  ),
]

/** Every event at least once, in any order, some again, in posts of any size. */
const arrivals = fc
  .shuffledSubarray(history, { minLength: history.length })
  .chain((all) =>
    fc.array(fc.nat(history.length - 1), { maxLength: 6 }).map((again) => [...all, ...again.map((i) => history[i])]),
  )

const facts = history.flatMap((event) => {
  const [read] = eventsOf(bodyOf(event)) ?? []
  if (!read || !isSubscriptionEvent(read.type)) return []
  const result = subscriptionFactOf({ ...read, type: read.type })
  return 'fact' in result ? [result.fact] : []
})

test('a thousand orders and repetitions of what is told of a subscription have one end (W2)', () => {
  expect(facts).toHaveLength(10)
  const end = facts.reduce<ProviderSubscription | null>(mergeFacts, null)
  const shuffled = fc.shuffledSubarray(facts, { minLength: facts.length })
  const again = fc.array(fc.nat(facts.length - 1), { maxLength: 20 })
  fc.assert(
    fc.property(shuffled, again, fc.nat(facts.length), (all, repeated, cut) => {
      const told = [...all, ...repeated.map((i) => facts[i] as ProviderSubscription)]
      expect(told.reduce<ProviderSubscription | null>(mergeFacts, null)).toEqual(end)
      // Taken together in two halves, as two Workers might.
      const half = (part: ProviderSubscription[]) => part.reduce<ProviderSubscription | null>(mergeFacts, null)
      const [one, other] = [half(told.slice(0, cut)), half(told.slice(cut))]
      expect(other ? mergeFacts(one, other) : one).toEqual(end)
    }),
    { numRuns: 1000 },
  )
  expect(outcomeOf(end as ProviderSubscription, '2026-08-20')).toMatchObject({
    endsOn: '2026-11-19',
    quantity: 8,
    unpaidAt: null,
  })
})

test('licenses, support, subscription, refund and invoices of a history end alike, whatever the order of arrival (W2)', async () => {
  const endOf = async (events: unknown[]) => {
    const fresh = await freshDatabase()
    await openShop(fresh)
    const own = testDeps(fresh)
    for (const event of events) expect((await postEvents(own, event)).status).toBe(200)
    await expectConsistent(fresh)
    const { events: counted, letters, ...state } = await stateOf(fresh)
    // Each change that a subscription takes on its way is told and noted as it is seen: how many are seen depends on what
    // came first, as something newer overtakes what is older. All else is told and noted alike.
    return {
      ...state,
      events: counted.filter(({ action }) => !String(action).startsWith('subscription.')),
      letters: letters.filter(({ template }) => !['subscription-renewed', 'payment-failed'].includes(String(template))),
    }
  }
  const end = await endOf(history)
  expect(end.ends).toMatchObject([
    { size: 8, kind: 'subscription', ends_on: '2026-11-19' },
    { size: 10, kind: 'permanent', ends_on: '2026-08-25', support_ends_on: '2026-08-25', refunded_on: '2026-08-25' },
  ])
  expect(end.subscriptions).toMatchObject([
    { starts_on: '2026-08-20', term_ends_on: '2026-11-19', canceled_at: at(11, 20, 1) },
  ])
  expect(end.invoices).toMatchObject([
    { kind: 'invoice', provider_charge_key: null, total_minor: 20_000 },
    { kind: 'invoice', provider_charge_key: 'fastspring:charge-2', period: '2026-09-20', total_minor: 10_000 },
    { kind: 'invoice', provider_charge_key: 'fastspring:charge-3', period: '2026-10-23', total_minor: 10_000 },
    { kind: 'refund', refund_key: 'fastspring:ret-1', total_minor: 10_000 },
  ])
  await fc.assert(
    fc.asyncProperty(arrivals, async (events) => {
      expect(await endOf(events)).toEqual(end)
    }),
    databaseRuns,
  )
}, 600_000)

test('each charge of a subscription has its invoice, and a refund of the charge has its own, whatever came first', async () => {
  const charge = told(
    'evt-a',
    'subscription.charge.completed',
    chargeOf(until(10, 2, at(8, 21)), 2, at(9, 20)),
    at(9, 20),
  )
  const back = told(
    'evt-b',
    'return.created',
    returnOf('ret-2', 1, { totalReturn: 40, original: { id: 'charge-2', reference: 'JWT260820-1001-10001B2' } }),
    at(9, 25),
  )
  for (const events of [
    [order, charge, back],
    [back, charge, order],
    [charge, order, back],
    [charge, back, charge, order, back],
  ]) {
    const fresh = await freshDatabase()
    await openShop(fresh)
    for (const event of events) await postEvents(testDeps(fresh), event)
    expect(
      await fresh.rows(`select i.kind, i.total_minor, i.period, o.reference from invoices i
        join orders o on o.id = i.order_id order by i.kind, i.total_minor desc`),
    ).toMatchObject([
      { kind: 'invoice', total_minor: 20_000, period: '' },
      { kind: 'invoice', total_minor: 10_000, period: '2026-09-20' },
      { kind: 'refund', total_minor: 4000 },
    ])
    await expectConsistent(fresh)
  }
})

test('a refund of a renewal ends nothing, and is told once to the buyer and the vendor, whatever came first', async () => {
  const charge = (id: string) =>
    told(id, 'subscription.charge.completed', chargeOf(until(10, 2, at(8, 21)), 2, at(9, 20)), at(9, 20))
  const original = { order: 'charge-2', id: 'charge-2', reference: 'JWT260820-1001-10001B2' }
  const refund = (id: string) =>
    told(id, 'return.created', returnOf('ret-2', 1, { totalReturn: 100, original }), at(9, 25))
  for (const events of [
    [order, charge('evt-a'), refund('evt-b'), refund('evt-c')],
    [order, refund('evt-b'), charge('evt-a'), charge('evt-c')],
    [order, charge('evt-a'), [refund('evt-b'), charge('evt-c')], refund('evt-d')],
    [order, [charge('evt-a'), refund('evt-b')]],
  ]) {
    const fresh = await freshDatabase()
    await openShop(fresh)
    const own = testDeps(fresh)
    for (const one of events) await Promise.all([one].flat().map((event) => postEvents(own, event)))
    await own.settled()
    expect(
      await fresh.rows('select ends_on, refunded_on from licenses join order_items i on i.id = order_item_id limit 1'),
    ).toEqual([{ ends_on: '2026-10-19', refunded_on: null }])
    expect(
      own.letters.filter(({ subject }) => subject.includes('a renewal of') || subject.startsWith('A renewal')),
    ).toMatchObject([
      { to: 'ada@example.com', subject: 'EUR 100.00 of a renewal of order JWT260820-1001-10001 went back to you' },
      { to: 'support@acme.example', text: expect.stringContaining('A refund ends no subscription') },
    ])
    expect(await fresh.rows("select subject_name as name from events where action = 'order.refunded'")).toEqual([
      { name: 'JWT260820-1001-10001' },
    ])
  }
})

const end = async () => (await stateOf(db)).ends[0]

test('a license follows its subscription from charge to charge, and each is told by letter once', async () => {
  await postEvents(deps, ...history.slice(0, 2))
  expect(await end()).toMatchObject({ size: 5, ends_on: '2026-09-19' })
  await postEvents(deps, ...history.slice(2, 5))
  expect(await end()).toMatchObject({ size: 8, ends_on: '2026-10-19' })
  expect((await stateOf(db)).subscriptions).toMatchObject([{ unpaid_at: at(10, 20), canceled_at: null }])
  await postEvents(deps, ...history.slice(5, 7), ...history.slice(2, 7))
  expect(await end()).toMatchObject({ ends_on: '2026-11-19' })
  expect((await stateOf(db)).subscriptions).toMatchObject([{ unpaid_at: null }])
  await deps.settled()
  expect(deps.letters.map(({ subject }) => subject)).toEqual([
    'Your licenses of order JWT260820-1001-10001',
    'Your subscription runs until 19 Oct 2026',
    'A payment for your subscription failed',
    'Your subscription runs until 19 Nov 2026',
  ])
  const actions = await db.rows("select action from events where subject_kind = 'subscription' order by n")
  expect(actions.map(({ action }) => action)).toEqual([
    'subscription.created',
    'subscription.renewed',
    'subscription.payment-failed',
    'subscription.renewed',
  ])
})

test('an order and all that follows it may come at once', async () => {
  await Promise.all([...history, ...history].map((event) => postEvents(deps, event)))
  expect((await stateOf(db)).ends).toMatchObject([{ ends_on: '2026-11-19' }, { ends_on: '2026-08-25' }])
  await expectConsistent(db)
})

test('a full refund ends what the order brought on that day, is told once, and a resend changes nothing', async () => {
  await postEvents(deps, eventOf('evt-1', orderOf(1, { items: [itemOf('pro-10'), itemOf('pro-10-bare')] })))
  const refund = (id: string) => told(id, 'return.created', returnOf('ret-1', 1), at(8, 25, 11))
  await postEvents(deps, refund('evt-2'))
  const state = await stateOf(db)
  expect(state.ends).toMatchObject([
    { ends_on: '2026-08-25', support_ends_on: '2026-08-25' },
    { ends_on: '2026-08-25', support_ends_on: null },
  ])
  await postEvents(deps, refund('evt-3'))
  expect((await stateOf(db)).ends).toEqual(state.ends)
  await deps.settled()
  expect(deps.letters.filter(({ subject }) => subject.includes('went back'))).toMatchObject([
    { to: 'ada@example.com', subject: 'EUR 152.24 of order JWT260820-1001-10001 went back to you' },
  ])
})

test('money that makes no line whole changes nothing by itself: the vendor is told', async () => {
  await postEvents(deps, eventOf('evt-1', orderOf(1)))
  const items = [{ product: 'pro-10', quantity: 1, subtotal: 20 }]
  await postEvents(deps, told('evt-2', 'return.created', returnOf('ret-1', 1, { totalReturn: 20, items }), at(8, 25)))
  expect((await stateOf(db)).ends).toMatchObject([{ ends_on: null, refunded_on: null }])
  await deps.settled()
  expect(deps.letters.map(({ to }) => to)).toContain('support@acme.example')
  // The rest of it follows, and then the line is whole.
  const rest = returnOf('ret-2', 1, { totalReturn: 132.24, changed: at(8, 27) })
  await postEvents(deps, told('evt-3', 'return.created', rest, at(8, 27)))
  expect((await stateOf(db)).ends).toMatchObject([{ ends_on: '2026-08-27', refunded_on: '2026-08-27' }])
})

test('a refund that names no order, and events without what they are about, are kept for the vendor', async () => {
  await postEvents(
    deps,
    told('evt-1', 'return.created', returnOf('ret-1', 1, { original: null }), at(8, 25)),
    told('evt-2', 'subscription.canceled', { state: 'canceled' }, at(8, 25)),
    told('evt-3', 'subscription.charge.failed', { sequence: 2 }, at(8, 25)),
  )
  expect((await stateOf(db)).kept.map(({ outcome }) => outcome)).toEqual(['refused', 'refused', 'refused'])
})
