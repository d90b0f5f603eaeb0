import { beforeEach, describe, expect, test } from 'vitest'
import { ada, fabrikam, grace } from '#dev/world/people.ts'
import { type Browser, openPortal, type Page, type Portal, signIn, signInAsAda } from '../support/portal.ts'

let portal: Portal
let browser: Browser

beforeEach(async () => {
  portal = await openPortal()
  browser = portal.browser()
  await signInAsAda(browser)
})

const partial = { 'hx-request': 'true', 'hx-request-type': 'partial' }
/** Presses what a page offers first. */
const first = (page: Page, fields: Record<string, string> = {}) => browser.submit(page, 'main form', fields)
/** The total that a page shows. */
const totalOf = (page: Page) => /Total, before tax\s*([A-Z]{3} [\d.]+)/.exec(page.text)?.[1]

/** Adds an offer as the catalog's form of it does. */
async function add(offer: string, quantity: string, who = browser): Promise<Page> {
  const catalog = await who.open('/catalog')
  const form = catalog.dom.querySelector(`input[name="offer"][value="${offer}"]`)?.closest('form')
  expect(form, offer).toBeTruthy()
  const fields = new URLSearchParams({ offer, quantity })
  const answer = await who.request('POST', form?.getAttribute('action') ?? '', fields)
  return answer.status === 303 ? who.open(answer.headers.get('location') ?? '') : pageOf(who, answer)
}

const pageOf = async (_who: Browser, answer: Response) => {
  const { parse } = await import('node-html-parser')
  const html = await answer.text()
  const dom = parse(html)
  const text = (dom.querySelector('main') ?? dom).text.replace(/\s+/g, ' ')
  return { status: answer.status, url: '', headers: answer.headers, html, dom, text }
}

const cartOf = (accountId: string) =>
  portal.db.rows(
    'select offer_code as offer, quantity, support_years as years from cart_items where account_id = ? order by offer_code',
    accountId,
  )
const licensesOf = (accountId: string) =>
  portal.db.rows(
    'select product_code as product, edition_code as edition, size, kind, support_ends_on as support from licenses where account_id = ?',
    accountId,
  )

test('R35 R301: from “Purchase Licenses” through catalog, cart and quote to the shop; what is paid is there and out of the cart', async () => {
  const before = (await licensesOf(ada.accountId)).length
  const catalog = await browser.follow(await browser.open('/'), 'Purchase Licenses')
  expect(catalog.url).toBe('/catalog')
  expect(catalog.text).toContain('Prices in EUR')
  const tiers = catalog.dom.querySelector('#remote-support')?.text.replace(/\s+/g, ' ')
  expect(tiers).toContain('EUR 240.00 a year each')
  expect(tiers).toContain('EUR 216.00 a year each, from 5 on')
  await add('remote-access/pro/10', '2')
  const cart = await add('remote-support/standard/channel', '5')
  expect(cart.dom.querySelector('main form')?.getAttribute('action')).toBe('/cart/quotes')
  expect(totalOf(cart)).toBe('EUR 1618.00')
  const quote = await first(cart, { 'items/0/supportYears': '1' })
  expect(quote.url).toMatch(/^\/quotes\/quo_/)
  expect(quote.text).toContain('2 × EUR 269.00 + 1 × EUR 107.60 for years of support')
  expect(quote.text).toContain('Buy for EUR 1725.60')
  expect(await cartOf(ada.accountId)).toHaveLength(2)
  const paid = await first(await first(quote))
  expect(paid.text).toContain('The shop confirmed the payment')
  const bought = (await licensesOf(ada.accountId)).slice(before)
  const pro = { product: 'remote-access', edition: 'pro', size: 10, kind: 'permanent', support: '2027-08-20' }
  expect(bought).toMatchObject([pro, pro, { product: 'remote-support', size: 5, kind: 'subscription', support: null }])
  expect(await cartOf(ada.accountId)).toEqual([])
})

test('R35: quantity and support are changed with the total at once, and kept; without a script a button does it', async () => {
  await add('remote-access/pro/10', '1')
  const cart = await add('remote-work/standard/workstation', '3')
  const field = cart.dom.querySelector('input[name="items/0/quantity"]')
  expect(field?.getAttribute('hx-post')).toBe('/cart/items')
  const fields = new URLSearchParams({ 'items/0/offer': 'remote-access/pro/10', 'items/0/quantity': '4' })
  const part = await browser.request('POST', '/cart/items', fields, partial)
  const html = await part.text()
  expect(html).toMatch(/^<section class="card" id="cost"/)
  expect(html).toContain('EUR 1076.00')
  const typed = { 'items/0/quantity': '2', 'items/1/quantity': '8', 'items/1/supportYears': '2' }
  const form = cart.dom.querySelector('main form')
  form?.setAttribute('action', cart.dom.querySelector('main [formaction]')?.getAttribute('formaction') ?? '')
  const again = await first(cart, typed)
  expect(again.url).toBe('/cart')
  expect(again.text).toContain('Your cart is up to date.')
  expect(again.text).toContain('8 workstations × EUR 100.00 for the first year + 1 × EUR 800.00 for further years')
  expect(totalOf(again)).toBe('EUR 2138.00')
  expect(await cartOf(ada.accountId)).toEqual([
    { offer: 'remote-access/pro/10', quantity: 2, years: 0 },
    { offer: 'remote-work/standard/workstation', quantity: 8, years: 2 },
  ])
})

test('R35: something is removed, once or twice; an empty cart leads to the catalog', async () => {
  const cart = await add('remote-access/pro/10', '1')
  const button = cart.dom.querySelector('button[form]')
  expect(button?.text).toContain('Remove')
  for (let i = 0; i < 2; i++) {
    const empty = await browser.submit(cart, `form#${button?.getAttribute('form')}`)
    expect(empty.text).toContain('Your cart is empty')
    expect((await browser.follow(empty, 'Choose licenses in the catalog')).url).toBe('/catalog')
  }
})

test('the same sent twice is there once: the number is how many there shall be', async () => {
  await add('remote-access/pro/10', '3')
  await add('remote-access/pro/10', '3')
  expect(await cartOf(ada.accountId)).toEqual([{ offer: 'remote-access/pro/10', quantity: 3, years: 0 }])
  const catalog = await browser.open('/catalog')
  expect(catalog.dom.querySelector('#quantity-remote-access-pro-10')?.getAttribute('value')).toBe('3')
})

describe.each(['0', '-1', '2.5', '1e9', '999999999999', '', 'many', '501'])('a quantity of “%s”', (quantity) => {
  const sentence = quantity === '501' ? 'Write at most 500' : 'Write a whole number from 1 to 100000'

  test('comes back with the catalog as it was typed, and nothing is kept', async () => {
    const page = await add('remote-access/pro/10', quantity)
    expect(page.status).toBe(422)
    expect(page.text).toContain(sentence)
    const id = page.dom.querySelector('[role="alert"] a')?.getAttribute('href')?.slice(1)
    expect(page.dom.querySelector(`[id="${id}"]`)?.getAttribute('value')).toBe(quantity)
    expect(await cartOf(ada.accountId)).toEqual([])
  })

  test('comes back with the cart, and no quote is made', async () => {
    const page = await first(await add('remote-access/pro/10', '1'), { 'items/0/quantity': quantity })
    expect(page.status).toBe(422)
    expect(page.text).toContain(sentence)
    const field = page.dom.querySelector('input[name="items/0/quantity"]')
    expect([field?.getAttribute('value'), field?.getAttribute('aria-invalid')]).toEqual([quantity, 'true'])
    expect(await portal.db.rows('select 1 from quotes where account_id = ?', ada.accountId)).toEqual([])
  })
})

test.each([
  ['live-patching/standard/server', 'Servers are paid from the balance'],
  ['remote-access/pro/10/support', 'Support is bought for a license'],
  ['nothing/at/all', 'Nothing is sold under this code'],
])('%s is refused with a sentence', async (offer, sentence) => {
  const answer = await browser.request('POST', '/cart/items', new URLSearchParams({ offer, quantity: '1' }))
  expect(answer.status).toBe(422)
  expect(await answer.text()).toContain(sentence)
  expect(await cartOf(ada.accountId)).toEqual([])
})

test('what is no longer sold says so and is removed; what is beside it can still be changed', async () => {
  await add('remote-access/pro/10', '1')
  await add('remote-access/pro/25', '1')
  await portal.db.client.execute("update offers set withdrawn_at = 1 where code = 'remote-access/pro/10'")
  const cart = await browser.open('/cart')
  expect(cart.text).toContain('This is not sold, or not any more')
  expect((await first(cart)).status).toBe(409)
  expect((await add('remote-access/pro/25', '2')).text).toContain('not any more')
  await browser.submit(cart, 'form#removal-0')
  expect(totalOf(await browser.open('/cart'))).toBe('EUR 938.00')
})

test('R324: of two tabs each quotes what it shows', async () => {
  const one = await add('remote-access/pro/10', '1')
  await add('remote-access/pro/10', '7')
  const quote = await first(one)
  expect(quote.text).toContain('Buy for EUR 269.00')
  const twice = await first(one)
  expect(twice.url).toBe(quote.url)
})

test('a cart that is quoted in two tabs is one quote, bought once; what is bought again is another', async () => {
  const [one, other] = [await add('remote-access/pro/10', '1'), await browser.open('/cart')]
  const quotes = [await first(one), await first(other)]
  expect(quotes[0]?.url).toBe(quotes[1]?.url)
  await first(await first(quotes[0] as Page))
  expect((await browser.open(quotes[1]?.url ?? '')).text).toContain('Paid, and all of it is done')
  const again = await first(await add('remote-access/pro/10', '1'))
  expect(again.url).not.toBe(quotes[0]?.url)
  await portal.db.client.execute("update prices set unit_minor = 1 where offer_code = 'remote-access/pro/10'")
  expect((await first(await browser.open('/cart'))).text).toContain('Buy for EUR 0.01')
})

test('a quote issues at most 1000 licenses: the item beyond them says so (R35)', async () => {
  const offers = ['remote-access/pro/5', 'remote-access/pro/10', 'remote-access/essentials/5']
  for (const offer of offers)
    await browser.request('POST', '/cart/items', new URLSearchParams({ offer, quantity: '500' }))
  const cart = await browser.open('/cart')
  const sentence = 'A quote issues at most 1000 licenses, and with this it would be 1500: buy the rest with another'
  expect([cart.status, cart.text.includes(sentence)]).toEqual([200, true])
  const refused = await browser.submit(cart, 'form[action="/cart/quotes"]')
  expect([refused.status, refused.text.includes(sentence)]).toEqual([422, true])
  expect(await portal.db.rows('select 1 from quotes where total_minor > 10000000')).toEqual([])
})

test('what was changed since the quote stays in the cart when that is paid', async () => {
  const quote = await first(await add('remote-access/pro/10', '1'))
  await add('remote-access/pro/10', '2')
  await first(await first(quote))
  expect(await cartOf(ada.accountId)).toMatchObject([{ quantity: 2 }])
})

test('prices are in the currency that the account pays in, and in no other', async () => {
  const other = portal.browser()
  await signIn(other, grace.email, grace.orders[0])
  const catalog = await other.open('/catalog')
  expect(catalog.text).toContain('Prices in USD')
  expect(catalog.text).not.toContain('EUR')
  await add('remote-access/pro/10', '1', other)
  const cart = await other.open('/cart')
  expect(totalOf(cart)).toBe('USD 295.90')
  await portal.db.client.execute("delete from prices where currency = 'USD' and offer_code = 'remote-access/pro/10'")
  expect((await other.open('/catalog')).html).not.toContain('"remote-access/pro/10"')
  expect((await other.open('/cart')).text).toContain('This has no price: write to us')
})

test('a cart is of its account: others have their own, and every browser of the account the same', async () => {
  await add('remote-access/pro/10', '1')
  const same = portal.browser()
  await signInAsAda(same)
  expect((await same.open('/cart')).text).toContain('Pro, 10 users')
  const other = portal.browser()
  await signIn(other, fabrikam.logins.full.email, 'portico-demo')
  expect((await other.open('/cart')).text).toContain('Your cart is empty')
})

test('sellers see the prices and put nothing in a cart; whoever sees no prices sees no catalog', async () => {
  const seller = portal.browser()
  await signIn(seller, 'northwind', 'portico-demo')
  const catalog = await seller.open('/catalog')
  expect(catalog.text).toContain('EUR 269.00')
  expect(catalog.dom.querySelector('main form')).toBeNull()
  const reader = portal.browser()
  await signIn(reader, fabrikam.logins.servers.email, 'portico-demo')
  expect((await reader.open('/catalog')).status).toBe(403)
})
