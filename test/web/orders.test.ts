import { beforeEach, expect, test } from 'vitest'
import { acme, ada, contoso } from '#dev/world/people.ts'
import { type Browser, openPortal, type Page, type Portal, signIn, signInAsAda } from '../support/portal.ts'

let portal: Portal
let browser: Browser

beforeEach(async () => {
  portal = await openPortal()
  browser = portal.browser()
})

const section = (page: Page, title: string) =>
  page.dom.querySelectorAll('section').find((one) => one.querySelector('h2')?.text === title)
const table = (page: Page, title: string) =>
  section(page, title)
    ?.querySelectorAll('tr')
    .map((row) => row.querySelectorAll('th, td').map((cell) => cell.text.trim()))
const rowsOf = (page: Page) => page.dom.querySelectorAll('#list tbody tr')

test('the orders page shows who bought, with whom, and the orders, newest first (R58 R59 R60 R61 R62 R66)', async () => {
  await signInAsAda(browser)
  const page = await browser.open('/orders')
  expect(table(page, 'Details')).toEqual([
    ['Date', 'Name', 'Country', 'City'],
    ['2019-07-24', 'Ada Byron', 'NL', 'Delft'],
  ])
  expect(table(page, 'Contacts')).toEqual([
    ['Date', 'First name', 'Last name', 'E-mail'],
    ['2019-07-24', 'Ada', 'Byron', ada.email],
  ])
  const rows = rowsOf(page).map((row) => row.querySelectorAll('th, td').map((cell) => cell.text.trim()))
  expect(rows).toEqual([
    ['2019-08-15', ada.orders[1], 'EUR 152.24', 'Details'],
    ['2019-07-24', ada.orders[0], 'EUR 138.45', 'Details'],
  ])
})

test('details of an order: date with time, reference, total, currency, items with SKU, quantity, subtotal (R63 R64 R65)', async () => {
  await signInAsAda(browser)
  const page = await browser.open(`/orders/${ada.orders[1]}`)
  for (const text of ['2019-08-15 09:41:24', ada.orders[1], 'EUR 152.24', 'CurrencyEUR'])
    expect(page.text).toContain(text)
  expect(table(page, 'Order Items')).toEqual([
    ['Product', 'SKU', 'Quantity', 'Subtotal'],
    [expect.stringContaining('Advanced Security Essentials'), 'K-ESS', '3', 'EUR 152.24'],
  ])
  expect(table(page, 'Licenses')).toHaveLength(4)
})

test('an order is found by its reference however it is typed, and leads to its licenses and back (R61)', async () => {
  await signInAsAda(browser)
  const page = await browser.open('/orders')
  const found = await browser.submit(page, '[role=search]', { q: 'jwt 190815' })
  expect(rowsOf(found)).toHaveLength(1)
  const order = await browser.follow(found, 'Details')
  const license = await browser.open(order.dom.querySelector('a[href^="/licenses/"]')?.getAttribute('href') as string)
  expect((await browser.follow(license, ada.orders[1])).url).toBe(`/orders/${ada.orders[1]}`)
})

test('orders sort by date and total, and page (R335)', async () => {
  await signIn(browser, acme.login, 'portico-demo')
  const page = await browser.open('/orders?sort=-total')
  const totals = rowsOf(page).map((row) =>
    Number(/([\d.]+)$/.exec(row.querySelector('[data-label=Total]')?.text ?? '')?.[1]),
  )
  expect(totals).toEqual([...totals].sort((a, b) => b - a))
  expect(rowsOf(await browser.open('/orders?sort=ordered'))[0]?.text).toContain(ada.orders[0])
})

test('the CSV of orders holds what the list shows (R334)', async () => {
  await signInAsAda(browser)
  const csv = await browser.request('GET', '/orders.csv')
  const text = await csv.text()
  expect(csv.headers.get('content-type')).toContain('text/csv')
  for (const reference of ada.orders) expect(text).toContain(reference)
  expect(text).not.toContain(contoso.orders[0])
})

test('a search that finds nothing leads back (R335)', async () => {
  await signInAsAda(browser)
  const nothing = await browser.open('/orders?q=JWT999')
  expect(nothing.text).toContain('No order fits.')
  expect(rowsOf(await browser.follow(nothing, 'Show all orders'))).toHaveLength(2)
})

test('the vendor sees items that the catalog does not know, and a chip that counts them', async () => {
  const [item] = await portal.db.rows('select id from order_items where order_id = ?', ada.orderIds[0])
  await portal.db.client.execute({
    sql: 'update order_items set offer_code = null where id = ?',
    args: [item?.id as string],
  })
  await signIn(browser, acme.login, 'portico-demo')
  const page = await browser.open('/orders')
  const unknown = await browser.follow(page, 'Items not in the catalog 1')
  expect(rowsOf(unknown)).toHaveLength(1)
  expect((await browser.follow(unknown, 'Details')).text).toContain('the vendor has to settle this item')
})
