import { readFileSync } from 'node:fs'
import { brotliCompressSync, constants } from 'node:zlib'
import { beforeAll, expect, test } from 'vitest'
import { ada, contoso, demoPassword, fabrikam, northwind } from '#dev/world/people.ts'
import { scriptUrl } from '#views/assets.generated.ts'
import { styleText } from '#views/style.generated.ts'
import { growKeys } from './support/growth.ts'
import { type Browser, openPortal, type Portal, signIn, signInAsAda } from './support/portal.ts'

/** What the edge sends: the Worker's answers go out uncompressed, Cloudflare compresses them. */
const brotli = (text: string | Buffer): number =>
  brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length
const kilobyte = 1000

const boosted = { 'hx-request': 'true', 'hx-request-type': 'full', 'hx-boosted': 'true' }
const partial = { 'hx-request': 'true', 'hx-request-type': 'partial' }

let portal: Portal
let browser: Browser
beforeAll(async () => {
  portal = await openPortal()
  browser = portal.browser()
  await signIn(browser, contoso.email, contoso.orders[0])
})

test('the stylesheet takes at most 2.5 kB, compressed', () => {
  expect(brotli(styleText)).toBeLessThanOrEqual(2.5 * kilobyte)
})

test('a first view of 20 rows takes at most 6 kB in one request, and 20 kB with its script (B1)', async () => {
  const { html, dom } = await browser.open('/')
  expect(dom.querySelectorAll('#list tbody tr')).toHaveLength(20)
  const page = brotli(html)
  const script = brotli(readFileSync(`public${scriptUrl}`))
  expect(page).toBeLessThanOrEqual(6 * kilobyte)
  expect(page + script).toBeLessThanOrEqual(20 * kilobyte)
})

test('a page loads nothing but its one script: no font, no picture, no other style (B1)', async () => {
  for (const path of ['/', '/orders', '/events', '/documentation', '/nowhere']) {
    const { dom } = await browser.open(path)
    const loaded = dom.querySelectorAll('[src], link[href], [srcset], [style]').map((one) => one.toString())
    expect(loaded.map((tag) => /(?:src|href)="([^"]*)"/.exec(tag)?.[1])).toEqual(['data:,', scriptUrl])
    expect(dom.querySelectorAll('style')).toHaveLength(1)
    expect(dom.querySelector('script')?.hasAttribute('defer')).toBe(true)
  }
  expect(styleText).not.toMatch(/url\(|@import|@font-face/)
})

test('the script is kept for ever, under a name made of what it holds (B2)', () => {
  expect(scriptUrl).toMatch(/^\/portico-[0-9a-f]{12}\.js$/)
  expect(readFileSync('public/_headers', 'utf8')).toMatch(
    /\/portico-\*\.js\n\s+Cache-Control: public, max-age=31536000, immutable/,
  )
})

test.each(['/', '/?tab=support', '/orders', '/events'])(
  'a repeated view of %s takes at most 4 kB in one request (B2)',
  async (path) => {
    const { html } = await browser.open(path, boosted)
    expect(html).not.toContain('<style')
    expect(brotli(html)).toBeLessThanOrEqual(4 * kilobyte)
  },
)

test.each(['/?q=par', '/?support=missing', '/?only=not-activated', '/?sort=support', '/orders?sort=total', '/events'])(
  'a step to %s takes at most 2.5 kB in one request (B2)',
  async (path) => {
    const { html, dom } = await browser.open(path, partial)
    expect(html).toMatch(/^<div id="list"/)
    expect(dom.querySelectorAll('tbody tr').length).toBeGreaterThan(0)
    expect(brotli(html)).toBeLessThanOrEqual(2.5 * kilobyte)
  },
)

test('the next page is a step as small (B2)', async () => {
  const { dom } = await browser.open('/', partial)
  const next = dom.querySelector('a[rel=next]')?.getAttribute('href')?.replaceAll('&amp;', '&') as string
  expect(brotli((await browser.open(next, partial)).html)).toBeLessThanOrEqual(2.5 * kilobyte)
})

test('the pages of sign-in take at most 4 kB, and 16 kB with the script', async () => {
  const stranger = portal.browser()
  const first = await stranger.open('/sign-in')
  const second = await stranger.submit(first, 'form[action="/sign-in"]', { identifier: ada.email })
  for (const { html } of [first, second]) {
    expect(brotli(html)).toBeLessThanOrEqual(4 * kilobyte)
    expect(brotli(html) + brotli(readFileSync(`public${scriptUrl}`))).toBeLessThanOrEqual(16 * kilobyte)
  }
})

test('who asks to save data gets half the rows and fewer bytes (B2)', async () => {
  const thrifty = portal.browser({ 'save-data': 'on' })
  await signIn(thrifty, contoso.email, contoso.orders[0])
  const { dom, html } = await thrifty.open('/', partial)
  expect(dom.querySelectorAll('tbody tr')).toHaveLength(10)
  expect(brotli(html)).toBeLessThan(brotli((await browser.open('/', partial)).html))
})

test('a script that polls an unchanged license gets 304 in at most 300 bytes and one round trip (B11)', async () => {
  const key = northwind.apiKey
  const { data } = await (await portal.call('GET', '/api/v1/licenses?limit=1', { key })).json()
  const path = `/api/v1/licenses/${data[0].id}`
  const whole = await portal.call('GET', path, { key })
  const etag = whole.headers.get('etag') as string
  await portal.deps.settled()
  portal.db.forget()
  const again = await portal.call('GET', path, { key, headers: { 'if-none-match': etag } })
  expect(again.status).toBe(304)
  expect(portal.db.trips.map((trip) => trip.mode)).toEqual(['read'])
  const head = [...again.headers].map(([name, value]) => `${name}: ${value}\r\n`).join('')
  const all = `HTTP/1.1 304 Not Modified\r\n${head}\r\n${await again.text()}`
  expect(Buffer.byteLength(all)).toBeLessThanOrEqual(300)
})

test('no page of a customer runs past what its budget allows, whatever it lists (B1)', async () => {
  const other = portal.browser()
  await signInAsAda(other)
  for (const path of ['/', '/orders', `/orders/${ada.orders[0]}`, `/licenses/${ada.licenses.lab}`, '/events']) {
    expect(brotli((await other.open(path)).html)).toBeLessThanOrEqual(6 * kilobyte)
  }
})

test('the list of servers, each to be expanded, keeps to them too (B1 B2)', async () => {
  const fay = portal.browser()
  await signIn(fay, fabrikam.logins.full.email, demoPassword)
  const first = await fay.open('/computers')
  expect(first.dom.querySelectorAll('#list tbody tr')).toHaveLength(20)
  expect(brotli(first.html)).toBeLessThanOrEqual(6 * kilobyte)
  expect(brotli((await fay.open('/computers', boosted)).html)).toBeLessThanOrEqual(4 * kilobyte)
  for (const path of ['/computers?sort=-seen', '/computers?q=fabrikam', '/computers?product=live-patching']) {
    expect([path, brotli((await fay.open(path, partial)).html) <= 2.5 * kilobyte]).toEqual([path, true])
  }
})

test('a list of twenty keys for servers, with its menu of products, keeps to the budget too (B1 B2)', async () => {
  const fay = portal.browser()
  await signIn(fay, fabrikam.logins.full.email, demoPassword)
  await growKeys(portal.db.client, fabrikam.accountId, 40)
  for (const path of ['/activation-keys', '/activation-keys?product=live-patching', '/products']) {
    expect([path, brotli((await fay.open(path)).html) <= 6 * kilobyte]).toEqual([path, true])
    expect([path, brotli((await fay.open(path, boosted)).html) <= 4 * kilobyte]).toEqual([path, true])
  }
  const { html, dom } = await fay.open('/activation-keys?limit=unlimited', partial)
  expect(dom.querySelectorAll('tbody tr')).toHaveLength(20)
  expect(brotli(html)).toBeLessThanOrEqual(2.5 * kilobyte)
})
