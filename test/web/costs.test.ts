import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { beforeEach, expect, test } from 'vitest'
import { ada, fabrikam } from '#dev/world/people.ts'
import { type Cost, costsOf, periodsUntil } from '#src/domain/billing/costs.ts'
import { type Browser, openPortal, type Portal, signIn } from '../support/portal.ts'
import { runs } from '../support/runs.ts'
import { chargeOf, eventOf, itemOf, orderOf, postEvents, returnOf, subscriptionOf } from '../support/shop.ts'

let portal: Portal
let billing: Browser
beforeEach(async () => {
  portal = await openPortal()
  billing = portal.browser()
  await signIn(billing, fabrikam.logins['read-billing'].email, 'portico-demo')
})

const charged = async (from: string) => {
  const [row] = await portal.db.rows(
    'select sum(amount_minor) as n from charges where account_id = ? and period >= ?',
    ...[fabrikam.accountId, from],
  )
  return `EUR ${(Number(row?.n) / 100).toFixed(2)}`
}

test('R168 R327: costs by month and product, as a chart with words and as a table that says the same', async () => {
  const page = await billing.open('/billing/costs')
  expect(page.text).toContain(`${await charged('2025-09-01')} in 12 months`)
  expect(page.dom.querySelectorAll('tbody tr')).toHaveLength(12)
  expect(page.dom.querySelector('tbody tr')?.text.replace(/\s+/g, ' ')).toBe(
    'August 2026EUR 165.90EUR 94.50EUR 90.00EUR 350.40',
  )
  expect(page.dom.querySelector('svg[role="img"]')?.getAttribute('aria-label')).toMatch(
    /September 2025 EUR .*August 2026 EUR 350\.40$/,
  )
  expect(page.dom.querySelectorAll('figcaption svg')).toHaveLength(3)
  const half = await billing.follow(page, '6 months')
  expect(half.text).toContain(`${await charged('2026-03-01')} in 6 months`)
  const saving = await billing.open('/billing/costs', { 'save-data': 'on' })
  expect(saving.dom.querySelector('svg[role="img"]')).toBeNull()
  expect((await billing.open('/billing/costs?months=7')).status).toBe(400)
})

test('the CSV holds the same figures as the page', async () => {
  const text = await (await billing.request('GET', '/billing/costs.csv?months=24')).text()
  const rows = parse(text.replace('\uFEFF', ''), { columns: true }) as Record<string, string>[]
  expect(rows).toHaveLength(24)
  expect(rows.at(-1)).toEqual({
    ...{ Month: '2026-08', 'Live Patching (EUR)': '165.90', 'Extended Support (EUR)': '94.50' },
    ...{ 'Extended Support SLA (EUR)': '90.00', 'Total (EUR)': '350.40' },
  })
})

test('what is ordered in the shop is a cost until it is refunded; what is paid into the balance is none', async () => {
  const admin = portal.browser()
  await signIn(admin, fabrikam.logins.full.email, 'portico-demo')
  const pay = async (item: object) => {
    const made = await portal.call('POST', '/api/v1/quotes', { key: fabrikam.apiKey, body: { items: [item] } })
    const page = await admin.open(`/quotes/${(await made.json()).id}`)
    await admin.submit(await admin.submit(page, 'main form'), 'main form')
  }
  await pay({ topUp: { minor: 50_000, currency: 'EUR' } })
  expect((await admin.open('/billing/costs')).text).not.toContain('Shop orders')
  await pay({ offer: 'remote-access/pro/10', quantity: 1 })
  expect((await admin.open('/billing/costs')).dom.querySelector('tbody tr')?.text).toContain('EUR 269.00')
  const august = async () => {
    const answer = await portal.call('GET', '/api/v1/billing/costs?months=6', { key: fabrikam.apiKey })
    return (await answer.json()).months.at(-1)
  }
  expect(await august()).toMatchObject({
    month: '2026-08',
    total: { minor: 61_940 },
    lines: [{}, {}, {}, { what: 'orders', product: null }],
  })
  const [order] = await portal.db.rows(
    'select reference, provider_order_id as id from orders where account_id = ? order by n desc',
    fabrikam.accountId,
  )
  const of = { original: { order: order?.id, id: order?.id, reference: order?.reference }, live: false }
  const back = returnOf('ret-1', 1, { ...of, totalReturn: 269, tax: 0, subtotal: 269 })
  await postEvents(portal.deps, eventOf('ev-back', back, { type: 'return.created' }))
  expect((await august()).total.minor).toBe(35_040)
})

test('what the shop charges for a subscription that goes on is a cost of its month, less what went back of it', async () => {
  const order = orderOf(1, {
    ...{ total: 100, tax: 0, customer: { first: 'Fay', last: 'Fabrikam', email: fabrikam.email, company: null } },
    items: [itemOf('remote-support-channel', 5, { subtotal: 100, subscription: 'sub-1' })],
  })
  const charge = chargeOf(subscriptionOf('sub-1', { sequence: 2 }), 2, Date.UTC(2026, 7, 20, 12))
  const back = returnOf('ret-1', 1, {
    ...{ original: { order: 'charge-2', id: 'charge-2', reference: 'JWT260820-1001-10001B2' } },
    ...{ totalReturn: 40, tax: 0, subtotal: 40 },
  })
  await postEvents(portal.deps, eventOf('ev-1', order))
  await postEvents(portal.deps, eventOf('ev-2', charge, { type: 'subscription.charge.completed' }))
  const august = async () => {
    const answer = await portal.call('GET', '/api/v1/billing/costs?months=6', { key: fabrikam.apiKey })
    return (await answer.json()).months.at(-1).lines.slice(3)
  }
  const line = (what: string, minor: number) => ({ what, product: null, amount: { minor, currency: 'EUR' } })
  expect(await august()).toEqual([line('orders', 10_000), line('renewals', 10_000)])
  await postEvents(portal.deps, eventOf('ev-3', back, { type: 'return.created' }))
  expect(await august()).toEqual([line('orders', 10_000), line('renewals', 6_000)])
})

test('nobody sees costs of others', async () => {
  const other = portal.browser()
  await signIn(other, ada.email, ada.orders[0])
  expect((await other.open('/billing/costs')).status).toBe(403)
})

test('totals are the sums of their series, whatever there is', () => {
  const periods = periodsUntil('2026-03-31', 24)
  expect([periods[0], periods.at(-1)]).toEqual(['2024-04-01', '2026-03-01'])
  const cost: fc.Arbitrary<Cost> = fc.record({
    period: fc.constantFrom(...periods),
    what: fc.constantFrom('servers', 'orders', 'renewals'),
    productCode: fc.constantFrom('a', 'b', null),
    productName: fc.constantFrom('A', 'B', null),
    amountMinor: fc.integer({ min: 0, max: 1e9 }),
  })
  fc.assert(
    fc.property(fc.array(cost), (costs) => {
      const { series, totals } = costsOf(costs, periods)
      const sums = periods.map((_, i) => series.reduce((sum, { amounts }) => sum + (amounts[i] ?? 0), 0))
      expect(totals).toEqual(sums)
      expect(totals.reduce((a, b) => a + b, 0)).toBe(costs.reduce((sum, { amountMinor }) => sum + amountMinor, 0))
    }),
    runs,
  )
})
