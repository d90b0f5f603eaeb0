import { PDF } from '@libpdf/core'
import { beforeEach, describe, expect, test } from 'vitest'
import { ada, demoPassword, fabrikam, northwind } from '#dev/world/people.ts'
import { freshDatabase } from '../support/database.ts'
import { testDeps } from '../support/deps.ts'
import { type Browser, openPortal, type Page, type Portal, signIn } from '../support/portal.ts'
import { eventOf, openShop, orderOf, postEvents, returnOf } from '../support/shop.ts'

let portal: Portal
let billing: Browser
beforeEach(async () => {
  portal = await openPortal()
  billing = portal.browser()
  await signIn(billing, fabrikam.logins.billing.email, 'portico-demo')
})

const rowsOf = (page: Page) => page.dom.querySelectorAll('#list > table > tbody > tr')
const cellsOf = (page: Page, label: string) =>
  rowsOf(page).map((row) => row.querySelector(`:scope > td[data-label="${label}"]`)?.text.trim() ?? '')
const minorOf = (text: string) => Number(text.replace(/[^\d-]/g, ''))

describe('the list', () => {
  test('R238 R239 R240 R241 R242 R243: names each invoice with when, what kind, for which month, how much, and the balance after it', async () => {
    const page = await billing.follow(await billing.open('/billing'), 'Invoices')
    const names = page.dom
      .querySelectorAll('#list > table > thead th')
      .map((head) => head.text.replace(/[↓↑]/, '').trim())
    expect(names).toEqual(['Invoice', 'Created', 'Type', 'Pay period', 'Total', 'Balance', 'Actions'])
    const ids = page.dom.querySelectorAll('#list > table > tbody > tr > th code').map(({ text }) => text)
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids.every((id) => /^INV-\d{6}$/.test(id))).toBe(true)
    const charge = rowsOf(await billing.open('/billing/invoices?kind=invoice&sort=-created'))[0]?.text.replace(
      /\s+/g,
      ' ',
    )
    expect(charge).toMatch(/INV-\d{6}.*Invoice.*August 2026 ?EUR \d+\.\d\d ?EUR -?\d+\.\d\d/)
    expect(rowsOf(await billing.open('/billing/invoices?kind=payment'))[0]?.querySelector('summary')?.text).toMatch(
      /^\s*Payment received/,
    )
  })

  test('R246: opened, a row shows what was bought, how many, and for how much, which adds up to its total', async () => {
    const page = await billing.open('/billing/invoices?kind=invoice')
    for (const row of rowsOf(page)) {
      const lines = row.querySelectorAll('details tbody tr')
      const total = minorOf(row.querySelector(':scope > td[data-label="Total"]')?.text ?? '')
      const sum = lines.slice(0, -1).map((line) => minorOf(line.querySelector('[data-label="Subtotal"]')?.text ?? ''))
      expect(sum.reduce((all, one) => all + one, 0)).toBe(total)
      expect(Number(lines[0]?.querySelector('[data-label="Quantity"]')?.text)).toBeGreaterThan(0)
    }
  })

  test.each(['created', 'kind', 'period', 'total', 'balance'])(
    'R247: is sorted by %s, either way, page after page',
    async (column) => {
      const all = async (sort: string) => {
        const ids: string[] = []
        let page = await billing.open(`/billing/invoices?sort=${sort}&limit=10`)
        for (;;) {
          ids.push(...page.dom.querySelectorAll('#list > table > tbody > tr > th code').map(({ text }) => text))
          const next = page.dom.querySelector('a[rel="next"]')
          if (!next) return ids
          page = await billing.open(next.getAttribute('href')?.replaceAll('&amp;', '&') ?? '')
        }
      }
      const [up, down] = [await all(column), await all(`-${column}`)]
      expect(up.length).toBeGreaterThan(30)
      expect(new Set(up).size).toBe(up.length)
      expect(down).toEqual(up.toReversed())
    },
  )

  test('is narrowed to a year, and a CSV of it is taken along', async () => {
    const page = await billing.follow(await billing.open('/billing/invoices'), '2025')
    expect(cellsOf(page, 'Created').every((text) => text.includes('2025'))).toBe(true)
    const answer = await billing.request('GET', '/billing/invoices.csv?year=2025')
    expect(answer.headers.get('content-disposition')).toContain('invoices-2025.csv')
    const lines = (await answer.text()).trim().split('\r\n')
    const [row] = await portal.db.rows(
      `select count(*) as n from invoices where account_id = ? and strftime('%Y', created_at / 1000, 'unixepoch') = '2025'`,
      fabrikam.accountId,
    )
    expect(lines).toHaveLength(Number(row?.n) + 1)
  })
})

describe('an invoice', () => {
  const id = 'INV-000002'
  const textOf = async (of = id) => {
    const answer = await billing.request('GET', `/billing/invoices/${of}.pdf`)
    expect(answer.headers.get('content-type')).toBe('application/pdf')
    const pdf = await PDF.load(new Uint8Array(await answer.arrayBuffer()))
    return pdf
      .getPages()
      .map((page) => page.extractText().text)
      .join('\n')
  }

  test('R244: is a page, and a part of one for the popup', async () => {
    const page = await billing.open(`/billing/invoices/${id}`)
    expect(page.text).toMatch(/Invoice INV-000002.*Total due.*PaidFrom the balance.*From.*Acme Software.*To.*Fabrikam/s)
    const part = await billing.request('GET', `/billing/invoices/${id}`, undefined, { 'hx-request-type': 'partial' })
    const html = await part.text()
    expect(html).toContain('<form method="dialog"')
    expect(html).not.toContain('<html')
  })

  test('R245: is taken along as PDF, with number, lines, total and both names', async () => {
    const text = await textOf()
    for (const words of [id, 'Acme Software', 'Fabrikam', 'Live Patching, 20', 'Total']) expect(text).toContain(words)
  })

  test('R323: its billing data are completed afterwards, on it alone; the change is kept with before and after', async () => {
    const form = await billing.follow(await billing.open(`/billing/invoices/${id}`), 'Edit billing data')
    const bad = await billing.submit(form, 'main form.form', { name: '', vatNumber: 'DE 129 273 398', city: 'Łódź' })
    expect(bad.status).toBe(422)
    expect(bad.text).toContain('Write the company name')
    expect(bad.dom.querySelector('#city')?.getAttribute('value')).toBe('Łódź')
    const saved = await billing.submit(bad, 'main form.form', { name: 'Fabrikam Łódź sp. z o.o.' })
    expect(saved.text).toContain('Billing data saved')
    expect(await textOf()).toContain('Fabrikam Łódź sp. z o.o.')
    expect(await textOf('INV-000003')).not.toContain('Łódź')
    const [event] = await portal.db.rows("select before, after from events where action = 'invoice.edited'")
    expect(JSON.parse(String(event?.after))).toEqual({
      ...{ name: 'Fabrikam Łódź sp. z o.o.', vatNumber: 'DE 129 273 398', city: 'Łódź' },
    })
    expect(JSON.parse(String(event?.before))).toMatchObject({ name: 'Fabrikam' })
    expect((await billing.open('/events?action=invoice.edited')).text).toContain('Billing data of an invoice edited')
  })

  test('edited in two tabs: the second is told, and what was typed stays', async () => {
    const [one, other] = [
      await billing.open(`/billing/invoices/${id}/bill-to`),
      await billing.open(`/billing/invoices/${id}/bill-to`),
    ]
    await billing.submit(one, 'main form.form', { city: 'Weimar' })
    const late = await billing.submit(other, 'main form.form', { city: 'Gera' })
    expect(late.status).toBe(412)
    expect(late.dom.querySelector('#city')?.getAttribute('value')).toBe('Gera')
    expect(late.dom.querySelector('#city-error')?.text).toBe('Error: City: it says “Weimar” now')
    expect((await billing.submit(late, 'main form.form')).text).toContain('Billing data saved')
  })

  test('of somebody else, and one that is none, are not there', async () => {
    const other = portal.browser()
    await signIn(other, northwind.login, demoPassword)
    for (const path of [id, `${id}.pdf`, 'INV-999999', 'INV-2', 'nothing', 'INV-0000002']) {
      expect((await other.open(`/billing/invoices/${path}`)).status).toBe(404)
    }
  })
})

describe('of an order', () => {
  test('there is one, and a refund of it; the order leads to both', async () => {
    const buyer = { first: 'Fay', last: 'Brik', email: fabrikam.email, company: null }
    const back = [{ product: 'portal-order', quantity: 1, display: 'An order', subtotal: 127.93 }]
    await postEvents(portal.deps, eventOf('evt-1', orderOf(1, { customer: buyer })))
    await postEvents(portal.deps, eventOf('evt-2', returnOf('ret-1', 1, { items: back }), { type: 'return.created' }))
    const reference = 'JWT260820-1001-10001'
    const order = await billing.open(`/orders/${reference}`)
    const links = order.dom.querySelectorAll('dd a[href^="/billing/invoices/"]')
    const [bought, returned] = links.map((link) => link.getAttribute('href') ?? '')
    const invoice = await billing.open(bought ?? '')
    expect(invoice.text).toContain(reference)
    expect(invoice.text).toMatch(/Total due.*EUR 152\.24.*PaidIn full, in the shop/s)
    const refund = await billing.open(returned ?? '')
    expect(refund.text).toMatch(/Refund INV-.*Total refunded.*EUR 152\.24.*Display of pro-10/s)
    expect(refund.text).not.toContain('portal-order')
  })

  test('an order number shows the order, and none of the billing data on its documents (Decision 11)', async () => {
    const buyer = portal.browser()
    await signIn(buyer, ada.email, ada.orders[0])
    expect((await buyer.open(`/orders/${ada.orders[0]}`)).text).not.toContain('INV-')
    expect((await buyer.open('/billing/invoices')).status).toBe(403)
  })

  test('what came first does not matter: order, refund, each twice', async () => {
    const bought = eventOf('evt-1', orderOf(1))
    const returned = eventOf('evt-2', returnOf('ret-1', 1), { type: 'return.created' })
    const orders = [
      [bought, returned],
      [returned, bought],
      [bought, bought, returned, returned],
    ] as const
    for (const events of orders) {
      const db = await freshDatabase()
      await openShop(db)
      for (const event of events) await postEvents(testDeps(db), event)
      expect(await db.rows('select number, kind, total_minor from invoices order by number')).toEqual([
        { number: 1, kind: 'invoice', total_minor: 15_224 },
        { number: 2, kind: 'refund', total_minor: 15_224 },
      ])
    }
  })
})

test('R324: numbers have no gap, whatever fails and however many come at once', async () => {
  const statement = (i: number) => ({
    sql: `insert into balance_entries (id, account_id, currency, reason, amount_minor, balance_after_minor, created_at)
      select ?, account_id, currency, 'top-up', 100, balance_minor + ?, 0 from balances where account_id = ? and currency = 'EUR'`,
    // Every third does not add up and is refused after its invoice was made.
    args: [`bal_race-${i}`, i % 3 === 0 ? 99 : 100, fabrikam.accountId],
  })
  const outcomes = await Promise.allSettled(
    Array.from({ length: 60 }, (_, i) => portal.db.batch([statement(i)], 'write')),
  )
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(40)
  const [row] = await portal.db.rows('select count(*) as n, max(number) as last from invoices')
  expect(row?.n).toBe(row?.last)
  for (const sql of ['delete from invoices where number = 1', 'update invoices set total_minor = 1 where number = 1'])
    await expect(portal.db.client.execute(sql)).rejects.toThrow('invoices_append_only')
  await expect(
    portal.db.client.execute(`insert into invoices (number, account_id, kind, currency, total_minor, bill_to, created_at)
      values (100000, '${fabrikam.accountId}', 'invoice', 'EUR', 1, '{}', 0)`),
  ).rejects.toThrow('invoices_no_gap')
})

test('R167 R240: what was paid in is a payment received, with the balance after it', async () => {
  const page = await billing.submit(await billing.open('/billing'), 'form[action="/billing/top-ups"]', {
    amount: '250',
  })
  await billing.submit(await billing.submit(page, 'main form'), 'main form')
  const [row] = await portal.db.rows(
    `select i.kind, i.total_minor, i.balance_after_minor = b.balance_minor as balanced from invoices i
      join balances b on b.account_id = i.account_id and b.currency = i.currency order by number desc limit 1`,
  )
  expect(row).toEqual({ kind: 'payment', total_minor: 25_000, balanced: 1 })
})

test('the same over JSON: list, CSV, one, completed by version, PDF', async () => {
  const key = fabrikam.apiKey
  const list = (await (await portal.call('GET', '/api/v1/invoices?kind=invoice&limit=2', { key })).json()) as never as {
    data: { id: string; lines: { subtotal: { minor: number } }[]; total: { minor: number } }[]
    nextCursor: string | null
  }
  expect(list.data).toHaveLength(2)
  expect(list.nextCursor).not.toBeNull()
  const [first] = list.data
  expect(first?.lines[0]?.subtotal.minor).toBe(first?.total.minor)
  const one = await portal.call('GET', `/api/v1/invoices/${first?.id}`, { key })
  const etag = one.headers.get('etag') ?? ''
  const change = { key, body: { vatNumber: 'DE811907980' } }
  const without = await portal.call('PATCH', `/api/v1/invoices/${first?.id}`, change)
  expect(without.status).toBe(428)
  const edit = () => portal.call('PATCH', `/api/v1/invoices/${first?.id}`, { ...change, headers: { 'if-match': etag } })
  expect((await edit()).status).toBe(200)
  expect(
    (
      await portal.call('PATCH', `/api/v1/invoices/${first?.id}`, {
        key,
        body: { city: 'Weimar' },
        headers: { 'if-match': etag },
      })
    ).status,
  ).toBe(412)
  const wrong = await portal.call('PATCH', `/api/v1/invoices/${first?.id}`, {
    key,
    body: { country: 'XX' },
    headers: { 'if-match': '*' },
  })
  expect(await wrong.json()).toMatchObject({ errors: [{ pointer: '/country' }] })
  const pdf = await portal.call('GET', `/api/v1/invoices/${first?.id}/pdf`, { key })
  expect(pdf.headers.get('content-type')).toBe('application/pdf')
})
