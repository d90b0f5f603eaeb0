import fc from 'fast-check'
import { beforeEach, describe, expect, test } from 'vitest'
import { acme, ada, fabrikam, northwind } from '#dev/world/people.ts'
import { holdWord } from '../support/deps.ts'
import { type Browser, openPortal, type Page, type Portal, signIn } from '../support/portal.ts'
import { submitTogether } from '../support/race.ts'
import { databaseRuns } from '../support/runs.ts'
import { eventOf, orderOf, postEvents, returnOf } from '../support/shop.ts'

let portal: Portal
let billing: Browser
beforeEach(async () => {
  portal = await openPortal()
  billing = portal.browser()
  await signIn(billing, fabrikam.logins.billing.email, 'portico-demo')
})

const { accountId } = fabrikam
const balance = async (currency = 'EUR') => {
  const [row] = await portal.db.rows(
    'select balance_minor as minor from balances where account_id = ? and currency = ?',
    ...[accountId, currency],
  )
  return Number(row?.minor ?? 0)
}
const typed = async (amount: string) => {
  const page = await billing.open('/billing')
  return billing.submit(page, 'form[action="/billing/top-ups"]', { amount })
}
const first = (page: Page) => billing.submit(page, 'main form')
const act = (page: Page, name: string) => billing.submit(page, `form[action$="/${name}"]`)
const held = () => portal.db.rows('select state, problem from payments where account_id = ? order by n', accountId)

test('R167 R233 R240 R242 R243: an amount is typed, quoted, paid in the shop, and stands in the balance with its order', async () => {
  const before = await balance()
  const quote = await typed('250.00')
  expect(quote.url).toMatch(/^\/quotes\/quo_/)
  expect(quote.text).toContain('Payment into the balance')
  const shop = await first(quote)
  expect(await balance()).toBe(before)
  const paid = await first(shop)
  expect(paid.text).toContain('It is in your balance now')
  expect(await balance()).toBe(before + 25_000)
  const page = await billing.follow(paid, 'See your balance')
  const row = page.dom.querySelector('tbody tr')?.text.replace(/\s+/g, ' ')
  expect(row).toMatch(/Payment receivedorder JWT\d{6}-\d{4}-\d{5}\+EUR 250\.00/)
  expect(page.dom.querySelector('.rail a[href="/billing"]')?.text).toContain(
    `EUR ${((before + 25_000) / 100).toFixed(2)}`,
  )
  await portal.deps.settled()
  expect(portal.deps.letters.at(-1)?.text).toContain('It is in your balance now')
  const [order] = await portal.db.rows(
    'select reference from orders where account_id = ? order by n desc limit 1',
    accountId,
  )
  const orderPage = await billing.open(`/orders/${order?.reference}`)
  expect(orderPage.text).toContain('Payment into the balance')
  expect(orderPage.text).not.toContain('the vendor has to settle this item')
  const vendor = portal.browser()
  await signIn(vendor, 'acme', 'portico-demo')
  expect((await vendor.open('/orders?unknown=yes')).text).not.toContain(String(order?.reference))
  expect((await vendor.open('/orders')).text).not.toContain('Items not in the catalog')
  expect((await billing.open('/events?action=balance.topped-up')).text).toContain('Balance topped up')
})

describe('bad amounts come back with what was typed and how to mend it', () => {
  test.each(['', '0', '-50', '9.99', '100000.01', '12.345', 'many', '1e3', '99999999999', '∞'])(
    '"%s"',
    async (amount) => {
      const page = await typed(amount)
      expect(page.status).toBe(422)
      expect(page.text).toContain('Write an amount from EUR 10.00 to EUR 100000.00')
      expect(page.dom.querySelector('#amount')?.getAttribute('value')).toBe(amount)
      expect(page.dom.querySelector('[role="alert"] a')?.getAttribute('href')).toBe('#amount')
      expect(
        await portal.db.rows('select 1 from quotes where account_id = ? and total_minor > 50000', accountId),
      ).toEqual([])
    },
  )

  test.each([
    ['10', 1000],
    ['1 500,5', 150_050],
    ['100000.00', 10_000_000],
  ])('"%s" is an amount', async (amount, minor) => {
    const page = await typed(amount)
    expect(page.text).toContain(`Buy for EUR ${(minor / 100).toFixed(2)}`)
  })

  test('a currency that is not the balance’s', async () => {
    const page = await billing.open('/billing')
    const answer = await billing.submit(page, 'form[action="/billing/top-ups"]', { amount: '50', currency: 'USD' })
    expect(answer.status).toBe(422)
    expect(answer.text).toContain('The balance is in EUR')
  })
})

describe('R324: every payment ends in one right state', () => {
  test('paid twice: once in the balance, once held for the vendor', async () => {
    const before = await balance()
    const page = await act(await first(await typed('40')), 'double-payments')
    expect(page.text).toContain('A further payment came in for the same quote')
    expect(await balance()).toBe(before + 4000)
    expect(await held()).toMatchObject([{ state: 'applied' }, { state: 'held', problem: 'quote-paid' }])
  })

  test('paid in another currency, or half of it: nothing in the balance, held for the vendor, who may let in what was paid in its currency (R301)', async () => {
    const before = await balance()
    await act(await first(await typed('40')), 'foreign-payments')
    await act(await first(await typed('50')), 'short-payments')
    expect(await held()).toMatchObject([{ problem: 'wrong-currency' }, { problem: 'wrong-amount' }])
    expect([await balance(), await balance('USD')]).toEqual([before, 0])
    const vendor = portal.browser()
    await signIn(vendor, 'acme', 'portico-demo')
    const [row] = await portal.db.rows(
      "select id from payments where problem = 'wrong-amount' and account_id = ?",
      accountId,
    )
    const payment = await vendor.open(`/admin/payments/${row?.id}`)
    await vendor.submit(payment, 'form[action$="/application"]')
    expect(await balance()).toBe(before + 2500)
    const [order] = await portal.db.rows(
      'select id, reference, provider_order_id as provider_id, total_minor as total from orders where account_id = ? order by n desc',
      accountId,
    )
    expect(order?.total).toBe(2500)
    expect(
      await portal.db.rows('select subtotal_minor as minor from order_items where order_id = ?', String(order?.id)),
    ).toEqual([{ minor: 2500 }])
    const returned = back('short', { id: order?.provider_id, reference: order?.reference }, 25)
    await postEvents(portal.deps, returned)
    expect(await balance()).toBe(before)
    const [foreign] = await portal.db.rows(
      "select id from payments where problem = 'wrong-currency' and account_id = ?",
      accountId,
    )
    const page = await vendor.open(`/admin/payments/${foreign?.id}`)
    expect(page.dom.querySelector('form[action$="/application"]')).toBeNull()
    const refused = await portal.call('POST', `/api/v1/payments/${foreign?.id}/applications`, {
      ...{ key: acme.apiKey, body: {} },
    })
    expect([refused.status, (await refused.json()).why]).toEqual([
      409,
      expect.stringContaining('It was paid in USD, and the quote is in EUR'),
    ])
    expect([await balance(), await balance('USD')]).toEqual([before, 0])
  })

  test('paid late: the balance waits for the shop’s word', async () => {
    const before = await balance()
    const pass = holdWord(portal)
    const waiting = await act(await first(await typed('40')), 'late-payments')
    expect(waiting.text).toContain('The shop has not confirmed the payment yet')
    expect(await balance()).toBe(before)
    pass()
    await portal.deps.settled()
    expect((await billing.open(waiting.url)).text).toContain('It is in your balance now')
    expect(await balance()).toBe(before + 4000)
  })

  test('paid after the quote ended: held', async () => {
    const shop = await first(await typed('40'))
    portal.deps.clock.forward(8 * 86_400_000)
    await act(shop, 'payments')
    expect(await held()).toMatchObject([{ state: 'held', problem: 'quote-expired' }])
  })

  test('one form sent twice at once is one quote; two top-ups in two tabs are two', async () => {
    const page = await billing.open('/billing')
    const request =
      page.dom.querySelector('form[action="/billing/top-ups"] [name="request"]')?.getAttribute('value') ?? ''
    const form = {
      cookies: billing.cookies,
      path: '/billing/top-ups',
      fields: { amount: '60', currency: 'EUR', request },
    }
    expect(await submitTogether(portal, [form, form])).toEqual([303, 303])
    expect(await portal.db.rows('select 1 as one from quotes where total_minor = 6000')).toEqual([{ one: 1 }])
    const before = await balance()
    const shops = [await first(await typed('60')), await first(await typed('60'))]
    for (const shop of shops) await act(shop, 'payments')
    expect(await balance()).toBe(before + 12_000)
  })

  test('refunded: it leaves the balance again, once, even where it was spent', async () => {
    const before = await balance()
    await act(await first(await typed('1000')), 'payments')
    const [order] = await portal.db.rows(
      'select reference, provider_order_id as id from orders where account_id = ? order by n desc limit 1',
      accountId,
    )
    const of = { original: { order: order?.id, id: order?.id, reference: order?.reference } }
    const back = { ...of, totalReturn: 1000, tax: 0, subtotal: 1000, live: false }
    await postEvents(portal.deps, eventOf('ev-back', returnOf('ret-1', 1, back), { type: 'return.created' }))
    await postEvents(portal.deps, eventOf('ev-again', returnOf('ret-1', 1, back), { type: 'return.created' }))
    expect(await balance()).toBe(before)
    expect((await billing.open('/billing?reason=refund')).text).toContain('EUR −1000.00')
  })

  const back = (id: string, order: Record<string, unknown>, amount: number) =>
    eventOf(
      `ev-${id}`,
      returnOf(id, 1, {
        ...{ original: { order: order.id, id: order.id, reference: order.reference }, live: false },
        ...{ totalReturn: amount, tax: 0, subtotal: amount },
      }),
      { type: 'return.created' },
    )

  test('refunded in parts: each part leaves the balance once, with its own document, until nothing is left', async () => {
    const before = await balance()
    await act(await first(await typed('1000')), 'payments')
    const [order = {}] = await portal.db.rows(
      'select reference, provider_order_id as id from orders where account_id = ? order by n desc limit 1',
      accountId,
    )
    await postEvents(portal.deps, back('part-1', order, 250))
    await postEvents(portal.deps, back('part-1', order, 250))
    expect(await balance()).toBe(before + 75_000)
    await postEvents(portal.deps, back('part-2', order, 250))
    expect(await balance()).toBe(before + 50_000)
    await postEvents(portal.deps, back('part-3', order, 500))
    expect(await balance()).toBe(before)
    expect(
      await portal.db.rows(
        `select i.kind, i.total_minor as minor, i.balance_after_minor - ${before} as after from invoices i
          join balance_entries b on b.id = i.balance_entry_id where b.account_id = '${accountId}' order by i.number desc limit 4`,
      ),
    ).toEqual([
      { kind: 'refund', minor: 50_000, after: 0 },
      { kind: 'refund', minor: 25_000, after: 50_000 },
      { kind: 'refund', minor: 25_000, after: 75_000 },
      { kind: 'payment', minor: 100_000, after: 100_000 },
    ])
    const templates = await portal.db.rows("select template from outbox where template like 'refund%'")
    expect(templates.map(({ template }) => template)).toEqual(['refund', 'refund', 'refund'])
  })

  test.each([
    ['in part', [10, 5], 2500, 'applied'],
    ['in full', [10, 30], 0, 'refunded'],
  ])(
    'paid and given back %s: whatever came first, and however often, the end is one (W2)',
    async (_, parts, left, state) => {
      let n = 0
      const run = async (order: readonly number[]) => {
        n += 1
        const items = [{ topUp: { minor: 4000, currency: 'EUR' } }]
        const quote = await (
          await portal.call('POST', '/api/v1/quotes', { key: fabrikam.apiKey, body: { items } })
        ).json()
        const paid = orderOf(n, { total: 40, tax: 0, tags: { quote: quote.id } })
        const events = [
          eventOf(`paid-${n}`, paid),
          ...parts.map((amount, i) => back(`${n}-${i}`, { id: paid.id, reference: paid.reference }, amount)),
        ]
        const before = await balance()
        for (const [i, place] of order.entries())
          await postEvents(portal.deps, { ...events[place], id: `event-${n}-${i}` })
        expect([
          await balance(),
          await portal.db.rows('select state from payments where quote_id = ?', quote.id),
        ]).toEqual([...[before + left, [{ state }]]])
      }
      const arrivals = fc
        .shuffledSubarray([0, 1, 2], { minLength: 3 })
        .chain((all) => fc.array(fc.nat(2), { maxLength: 3 }).map((again) => [...all, ...again]))
      await fc.assert(fc.asyncProperty(arrivals, run), { numRuns: databaseRuns.numRuns / 2 })
    },
    600_000,
  )

  test('a part that went back before the payment came in leaves the balance with it', async () => {
    const before = await balance()
    const { wire } = portal.deps
    const { post } = wire
    wire.post = async (url, init) => {
      wire.post = post
      const { events } = await new Response(init?.body).json()
      await postEvents(portal.deps, back('early', events[0].data, 10))
      expect(await balance()).toBe(before)
      return post(url, init)
    }
    await act(await first(await typed('40')), 'payments')
    await portal.deps.settled()
    expect(await balance()).toBe(before + 3000)
  })
})

test('a seller tops up again and again: each payment finds the contact of the first (R233 R324)', async () => {
  const paid = async () => {
    const items = [{ topUp: { minor: 5000, currency: 'EUR' } }]
    const quote = await (await portal.call('POST', '/api/v1/quotes', { key: northwind.apiKey, body: { items } })).json()
    const checkout = await portal.call('POST', '/api/v1/checkouts', {
      key: northwind.apiKey,
      body: { quote: quote.id },
    })
    const browser = portal.browser()
    await browser.submit(await browser.open(new URL((await checkout.json()).url).pathname), 'main form')
  }
  await portal.db.client.execute({
    sql: "insert into billing_accounts (account_id, currency, created_at) values (?, 'EUR', 0)",
    args: [northwind.accountId],
  })
  await paid()
  await paid()
  expect(await portal.db.rows('select state, problem from payments where account_id = ?', northwind.accountId)).toEqual(
    Array.from({ length: 2 }, () => ({ state: 'applied', problem: null })),
  )
  expect(
    await portal.db.rows('select balance_minor as minor from balances where account_id = ?', northwind.accountId),
  ).toEqual([{ minor: 10_000 }])
})

describe('scripts', () => {
  const quote = (topUp: unknown, key: string = fabrikam.apiKey, more: object = {}) =>
    portal.call('POST', '/api/v1/quotes', { key, body: { items: [{ topUp, ...more }] } })

  test('top up by a quote and a checkout', async () => {
    const made = await quote({ minor: 20_000, currency: 'EUR' })
    expect(made.status).toBe(201)
    const { id, total } = await made.json()
    expect(total).toEqual({ minor: 20_000, currency: 'EUR' })
    const checkout = await portal.call('POST', '/api/v1/checkouts', { key: fabrikam.apiKey, body: { quote: id } })
    const before = await balance()
    await billing.submit(await billing.open(new URL((await checkout.json()).url).pathname), 'main form')
    expect(await balance()).toBe(before + 20_000)
  })

  test.each([
    [{ minor: -1, currency: 'EUR' }, '/items/0/topUp/minor'],
    [{ minor: 1.5, currency: 'EUR' }, '/items/0/topUp/minor'],
    [{ minor: 5000, currency: 'USD' }, '/items/0/topUp/currency'],
    [{ minor: 5000 }, '/items/0/topUp/currency'],
  ])('%j is refused with its field', async (topUp, pointer) => {
    const answer = await quote(topUp)
    expect(answer.status).toBe(422)
    expect((await answer.json()).errors[0].pointer).toBe(pointer)
  })

  test('nothing else goes with it, and an account without a balance has none to top up', async () => {
    expect((await quote({ minor: 5000, currency: 'EUR' }, fabrikam.apiKey, { offer: 'x', quantity: 1 })).status).toBe(
      422,
    )
    const both = {
      items: [{ topUp: { minor: 5000, currency: 'EUR' } }, { offer: 'remote-access/pro/10', quantity: 1 }],
    }
    expect((await portal.call('POST', '/api/v1/quotes', { key: fabrikam.apiKey, body: both })).status).toBe(422)
    await portal.db.client.execute({
      sql: "update api_keys set account_id = ? where id like '%fabrikam'",
      args: [ada.accountId],
    })
    const none = await quote({ minor: 5000, currency: 'EUR' })
    expect([none.status, (await none.json()).code]).toEqual([409, 'no-balance'])
  })
})
