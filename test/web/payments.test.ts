import { beforeAll, expect, test } from 'vitest'
import { lostPayment } from '#dev/world/payments.ts'
import { acme } from '#dev/world/people.ts'
import { type Browser, openPortal, type Portal, signIn } from '../support/portal.ts'
import { eventOf, orderOf, postEvents, returnOf } from '../support/shop.ts'

let portal: Portal
let browser: Browser

beforeAll(async () => {
  portal = await openPortal()
  browser = portal.browser()
  await signIn(browser, acme.login, 'portico-demo')
})

const tagged = (n: number, more = {}) => orderOf(n, { tags: { quote: `quo_unknown-${n}` }, ...more })

test('a payment whose quote is unknown is kept, shown to the vendor and told by letter, and grants nothing (R301)', async () => {
  const before = await portal.db.rows('select count(*) as n from licenses')
  for (const id of ['evt-1', 'evt-1', 'evt-1-again']) await postEvents(portal.deps, eventOf(id, tagged(1)))
  await portal.deps.settled()
  expect(await portal.db.rows('select count(*) as n from licenses')).toEqual(before)
  const told = portal.deps.letters.filter(({ to }) => to === 'support@acme.example')
  expect(told.map(({ subject }) => subject)).toEqual(['A payment of EUR 152.24 waits for you'])
  const [payer, ...more] = portal.deps.letters.filter(({ to }) => to === 'ada@example.com')
  expect(payer?.subject).toBe('Your payment of EUR 152.24 is being looked at')
  expect(payer?.text).toContain('Order number: JWT260820-1001-10001')
  expect(more).toEqual([])
  const list = await browser.open('/admin/payments')
  expect(list.text).toContain('JWT260820-1001-10001')
  const page = await browser.follow(list, 'JWT260820-1001-10001')
  expect(page.text).toContain('To settle: No quote has the number that came with it')
})

test('applied by the vendor it becomes an order, once, and is told to the buyer', async () => {
  const page = await browser.open(`/admin/payments/${lostPayment.id}`)
  const done = await browser.submit(page, 'form[action$="/application"]')
  expect(done.text).toContain('Payment applied.')
  expect(done.dom.querySelector('main form')).toBeNull()
  const order = await browser.open(`/orders/${lostPayment.reference}`)
  expect(order.text).toContain('Fourth Coffee')
  await portal.deps.settled()
  expect(portal.deps.letters.at(-1)).toMatchObject({ to: lostPayment.email })
  // The same page in a tab that was open all along.
  const late = await browser.submit(page, 'form[action$="/refund"]')
  expect([late.status, late.text.includes('This payment was settled already')]).toEqual([409, true])
  expect(await portal.db.rows('select count(*) as n from orders where reference = ?', lostPayment.reference)).toEqual([
    { n: 1 },
  ])
})

test('marked as refunded it waits no more; the shop’s own word of a refund does the same, and each payer is told once (R301)', async () => {
  await postEvents(portal.deps, eventOf('evt-2', tagged(2)), eventOf('evt-3', tagged(3)))
  const list = await browser.open('/admin/payments')
  const page = await browser.follow(list, 'JWT260820-1002-10002')
  expect((await browser.submit(page, 'form[action$="/refund"]')).text).toContain('Refunded')
  for (const n of [3, 2])
    await postEvents(portal.deps, eventOf(`evt-4-${n}`, returnOf(`ret-${n}`, n), { type: 'return.created' }))
  await portal.deps.settled()
  const back = portal.deps.letters.filter(({ subject }) => subject === 'Your payment of EUR 152.24 went back to you')
  expect(back.map(({ to, text }) => [to, /Order number: (\S+)/.exec(text)?.[1]])).toEqual([
    ['ada@example.com', 'JWT260820-1002-10002'],
    ['ada@example.com', 'JWT260820-1003-10003'],
  ])
  const states = await portal.db.rows(
    'select reference, state, settled_by from payments where reference like ? order by 1',
    'JWT260820-100%',
  )
  expect(states).toEqual([
    { reference: 'JWT260820-1001-10001', state: 'held', settled_by: null },
    { reference: 'JWT260820-1002-10002', state: 'refunded', settled_by: acme.person },
    { reference: 'JWT260820-1003-10003', state: 'refunded', settled_by: 'FastSpring' },
  ])
})

test('scripts of the vendor list and settle payments, and a twin of a call changes nothing', async () => {
  await postEvents(portal.deps, eventOf('evt-5', tagged(5)))
  const list = await (await portal.call('GET', '/api/v1/payments', { key: acme.apiKey })).json()
  const payment = list.data.find((one: { reference: string }) => one.reference === 'JWT260820-1005-10005')
  expect(payment).toMatchObject({ reference: 'JWT260820-1005-10005', state: 'held', problem: 'quote-unknown' })
  const settle = () =>
    portal.call('POST', `/api/v1/payments/${payment.id}/refunds`, {
      ...{ key: acme.apiKey, body: {}, headers: { 'idempotency-key': 'settle-5' } },
    })
  for (const answer of await Promise.all([settle(), settle()])) {
    expect([answer.status, (await answer.json()).state]).toEqual([201, 'refunded'])
  }
  const again = await portal.call('POST', `/api/v1/payments/${payment.id}/applications`, { key: acme.apiKey, body: {} })
  expect([again.status, (await again.json()).code]).toEqual([409, 'payment-settled'])
})

test('of twenty people who settle one payment at once one does', async () => {
  await postEvents(portal.deps, eventOf('evt-6', tagged(6)))
  const [row] = await portal.db.rows("select id from payments where quote_id = 'quo_unknown-6'")
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, i) =>
      portal.call('POST', `/api/v1/payments/${row?.id}/${i % 2 ? 'refunds' : 'applications'}`, {
        key: acme.apiKey,
        body: {},
      }),
    ),
  )
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(1)
  const orders = await portal.db.rows("select count(*) as n from orders where reference = 'JWT260820-1006-10006'")
  const [settled] = await portal.db.rows('select state from payments where id = ?', String(row?.id))
  expect(orders).toEqual([{ n: settled?.state === 'applied' ? 1 : 0 }])
})
