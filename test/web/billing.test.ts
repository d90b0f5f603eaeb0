import { beforeEach, expect, test } from 'vitest'
import { fabrikam, northwind } from '#dev/world/people.ts'
import { type Browser, openPortal, type Portal, signIn } from '../support/portal.ts'

let portal: Portal
beforeEach(async () => {
  portal = await openPortal()
})

const as = async (email: string): Promise<Browser> => {
  const browser = portal.browser()
  await signIn(browser, email, 'portico-demo')
  return browser
}
const balance = async () => {
  const [row] = await portal.db.rows(
    'select balance_minor as minor from balances where account_id = ?',
    fabrikam.accountId,
  )
  const minor = Number(row?.minor)
  return { minor, text: `EUR ${(minor / 100).toFixed(2)}` }
}

test('R162 R230 R231 R232: the menu holds the balance, the page the next charge, plan, tiers and ledger', async () => {
  const admin = await as(fabrikam.logins.full.email)
  const { text } = await balance()
  const home = await admin.open('/products')
  expect(home.dom.querySelector('.rail a[href="/billing"]')?.text.trim()).toBe(`Billing: ${text}`)
  const page = await admin.open('/billing')
  expect(page.text).toContain(`Balance${text}`)
  expect(page.text).toMatch(/Next chargeEUR [\d.]+on 1 Sep 2026/)
  expect(page.text).toContain('1 to 999 servers: EUR 3.95 your price')
  expect(page.text).toContain('10000 servers and more: EUR 2.45')
  expect(page.text).toContain('Live Patching, August 2026')
  const after = page.dom.querySelector('tbody tr td:last-child')?.text.trim()
  expect(after).toBe(text)
})

test('R243 R247: the ledger is narrowed, paged and downloaded as it is narrowed', async () => {
  const admin = await as(fabrikam.logins.full.email)
  const page = await admin.open('/billing')
  const next = await admin.follow(page, 'Next')
  expect(next.status).toBe(200)
  expect(next.text).toContain('on this page')
  const received = await admin.follow(page, 'Payment received')
  expect(received.url).toBe('/billing?reason=top-up')
  expect(received.text).not.toContain('Live Patching, August')
  const csv = await admin.request('GET', '/billing.csv?reason=top-up')
  const lines = (await csv.text()).trim().split('\r\n')
  expect(lines[0]).toContain('Balance after')
  expect(lines.length).toBe(received.dom.querySelectorAll('tbody tr').length + 1)
})

test('whoever may not see prices sees the balance and its ledger without them', async () => {
  const reader = await as(fabrikam.logins['read-billing'].email)
  const page = await reader.open('/billing')
  expect(page.status).toBe(200)
  expect(page.text).toContain((await balance()).text)
  expect(page.text).not.toContain('Plan and prices')
  expect(page.text).not.toContain('EUR 3.95')
  const servers = await as(fabrikam.logins.servers.email)
  expect((await servers.open('/billing')).status).toBe(403)
  expect((await servers.open('/products')).dom.querySelector('.rail a[href="/billing"]')).toBeNull()
})

test('a balance that will not do for the next charge, or is below zero, says so on top of the page', async () => {
  const { minor } = await balance()
  const spend = (amount: number) =>
    portal.db.client.execute(`insert into balance_entries (id, account_id, currency, reason, amount_minor, balance_after_minor, created_at)
      values ('bal_${amount}', '${fabrikam.accountId}', 'EUR', 'refund', ${-amount}, (select balance_minor from balances) - ${amount}, 0)`)
  const admin = await as(fabrikam.logins.full.email)
  expect((await admin.open('/billing')).text).not.toContain('The balance is low')
  await spend(minor - 100)
  expect((await admin.open('/billing')).text).toContain('The balance is low.')
  await spend(1350)
  expect((await admin.open('/billing')).text).toContain('The balance is below zero. EUR 12.50 are due now.')
})

test('scripts read the balance, its prices and its ledger; a seller has nothing and is charged nothing', async () => {
  const { minor } = await balance()
  const answer = await (await portal.call('GET', '/api/v1/billing', { key: fabrikam.apiKey })).json()
  expect(answer.balance).toEqual({ minor, currency: 'EUR' })
  expect(answer.prices).toHaveLength(12)
  const due = answer.nextCharge.lines.map((line: { due: { minor: number } }) => line.due.minor)
  expect(answer.nextCharge).toMatchObject({
    on: '2026-09-01',
    total: { minor: due.reduce((a: number, b: number) => a + b) },
  })
  const page = await (await portal.call('GET', '/api/v1/billing/entries?limit=2', { key: fabrikam.apiKey })).json()
  expect(page.data[0]).toMatchObject({ reason: 'charge', balanceAfter: { minor }, charge: { month: '2026-08' } })
  const more = await portal.call('GET', `/api/v1/billing/entries?limit=2&cursor=${page.nextCursor}`, {
    key: fabrikam.apiKey,
  })
  expect((await more.json()).data[0].id).not.toBe(page.data[1].id)
  const seller = await (await portal.call('GET', '/api/v1/billing', { key: northwind.apiKey })).json()
  expect(seller).toMatchObject({ balance: { minor: 0 }, nextCharge: { total: { minor: 0 }, lines: [] } })
})
