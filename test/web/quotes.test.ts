import { beforeEach, describe, expect, test } from 'vitest'
import { ada, fabrikam } from '#dev/world/people.ts'
import { type Browser, openPortal, type Page, type Portal, signIn, signInAsAda } from '../support/portal.ts'
import { quoteOf } from '../support/quotes.ts'
import { submitTogether } from '../support/race.ts'

let portal: Portal
let browser: Browser

beforeEach(async () => {
  portal = await openPortal()
  browser = portal.browser()
  await signInAsAda(browser)
})

/** Presses what a page offers first. */
const first = (page: Page, fields: Record<string, string> = {}) => browser.submit(page, 'main form', fields)
const license = async (id: string) =>
  (
    await portal.db.rows('select edition_code as edition, size, support_ends_on as ends from licenses where id = ?', id)
  )[0]

test('R68 R70 R71 R74 R78 R81: ten users from home to the shop and back: what the page says is what is charged and granted', async () => {
  const home = await browser.open('/')
  const link = home.dom
    .querySelectorAll('main a')
    .find((one) => one.getAttribute('href')?.endsWith(`${ada.licenses.frontDesk}/upgrades/new`))
  expect(link?.getAttribute('target')).toBe('_blank')
  const page = await browser.open(link?.getAttribute('href') ?? '')
  expect(page.dom.querySelector('main form')?.getAttribute('method')).toBe('post')
  expect(page.text).toContain('10 users instead of 5')
  const shown = /Total, before tax\s*(EUR [\d.]+)/.exec(page.text)?.[1]
  const quote = await first(page, { size: '10', edition: 'pro' })
  expect(quote.url).toMatch(/^\/quotes\/quo_/)
  expect(quote.text).toContain(`Buy for ${shown}`)
  const shop = await first(quote)
  expect(shop.text).toContain(`Pay ${shown}`)
  expect((await first(shop)).text).toContain('The shop confirmed the payment')
  expect(await license(ada.licenses.frontDesk)).toMatchObject({ edition: 'pro', size: 10 })
  const after = await browser.open(quote.url)
  expect(after.text).toMatch(/Paid, and all of it is done\. See order JWT/)
  expect(after.dom.querySelector('main form[method="post"]')).toBeNull()
})

test('R69 R72: every Upgrade link of Ada’s leads to an upgrade that can be bought', async () => {
  const home = await browser.open('/')
  const links = home.dom
    .querySelectorAll('main a')
    .filter((one) => /\/upgrades\/new$/.test(one.getAttribute('href') ?? ''))
  expect(links).toHaveLength(4)
  for (const link of links) {
    const quote = await first(await browser.open(link.getAttribute('href') ?? ''))
    expect(quote.url).toMatch(/^\/quotes\//)
    expect((await first(quote)).text).toContain('Pay EUR')
  }
})

test('R78: the total alone is answered as size or edition change', async () => {
  const at = `/licenses/${ada.licenses.frontDesk}/upgrades/new`
  const part = await browser.open(`${at}?size=25&edition=enterprise`, {
    ...{ 'hx-request': 'true', 'hx-request-type': 'partial' },
  })
  expect(part.html).toMatch(/^<section class="card" id="cost"/)
  expect(part.text).toContain('Remote Access Enterprise, 25 users instead of Pro, 5')
})

test.each([
  ['3', 'It is for 5 users already: choose as many or more'],
  ['5', 'It has that already'],
  ['-4', 'Choose one of'],
  ['7.5', 'Choose one of'],
])('a size of %s comes back with what was typed and how to mend it', async (size, sentence) => {
  const form = await browser.open(`/licenses/${ada.licenses.frontDesk}/upgrades/new`)
  const page = await first(form, { size, edition: 'pro' })
  expect(page.status).toBe(422)
  expect(page.dom.querySelector('.errors a, [role="alert"] a')?.getAttribute('href')).toBe('#size')
  expect(page.text).toContain(sentence)
  expect(await portal.db.rows('select 1 from quotes where account_id = ?', ada.accountId)).toEqual([])
})

test('R41 R82: support is bought for the license that has none, for years', async () => {
  const missing = await browser.open('/?support=missing')
  const page = await browser.follow(missing, 'Buy Support')
  expect(page.url).toBe(`/licenses/${ada.licenses.unsupported}/supports/new`)
  const quote = await first(page, { supportYears: '2' })
  expect(quote.text).toContain('2 years × EUR 11.80')
  await first(await first(quote))
  expect((await license(ada.licenses.unsupported))?.ends).toBe('2028-08-20')
})

test('R36 R83 R308: all supports are renewed in one order, to one day', async () => {
  const page = await browser.follow(await browser.open('/'), 'Renew All Supports')
  expect(page.dom.querySelectorAll('input[name="license"]')).toHaveLength(4)
  const quote = await first(page, { supportUntil: '2027-12-31' })
  await first(await first(quote))
  const ends = await portal.db.rows(
    'select distinct support_ends_on as ends from licenses where account_id = ?',
    ada.accountId,
  )
  expect(ends).toEqual([{ ends: '2027-12-31' }])
})

describe('a quote that does not stand any more', () => {
  const paying = async (quote: string) => {
    await portal.deps.settled()
    return browser.open(`/quotes/${quote}`)
  }

  test('ended: it says so, and the same is quoted anew', async () => {
    const quote = await first(await browser.open(`/licenses/${ada.licenses.frontDesk}/upgrades/new`))
    portal.deps.clock.forward(8 * 86_400_000)
    browser = portal.browser()
    await signInAsAda(browser)
    const ended = await browser.open(quote.url)
    expect(ended.text).toContain('The time for which its prices held is over')
    const again = await first(ended)
    expect(again.url).not.toBe(quote.url)
    expect(again.text).toContain('It takes the place of an earlier one')
    expect((await first(again)).text).toContain('Pay EUR')
  })

  test('changed in another tab: the license was upgraded meanwhile, and nothing can be paid for what it was', async () => {
    const form = await browser.open(`/licenses/${ada.licenses.frontDesk}/upgrades/new`)
    const [one, other] = [
      await first(form, { size: '10', request: 'a' }),
      await first(form, { size: '25', request: 'b' }),
    ]
    await first(await first(one))
    const late = await paying(other.url.replace('/quotes/', ''))
    expect(late.text).toContain('A license it is for has changed since')
    expect((await first(late)).text).toContain('25 users instead of 10')
  })

  test('a price that changed: it says so', async () => {
    const quote = await first(await browser.open(`/licenses/${ada.licenses.frontDesk}/upgrades/new`))
    await portal.db.client.execute(
      "update prices set unit_minor = unit_minor + 100 where offer_code = 'remote-access/pro/10'",
    )
    expect((await browser.open(quote.url)).text).toContain('A price in it has changed since')
  })
})

test('the same form sent twice makes one quote', async () => {
  const form = await browser.open(`/licenses/${ada.licenses.frontDesk}/upgrades/new`)
  const [one, again] = [await first(form), await first(form)]
  expect(again.url).toBe(one.url)
  expect(await portal.db.rows('select count(*) as n from quotes where account_id = ?', ada.accountId)).toEqual([
    { n: 1 },
  ])
})

test('a quote of somebody else is not there', async () => {
  const quote = await quoteOf(portal)
  const other = portal.browser()
  await signIn(other, fabrikam.logins.full.email, 'portico-demo')
  expect((await other.open(`/quotes/${quote}`)).status).toBe(404)
})

test('whoever may pay finds what was asked for under Orders, and how each quote stands', async () => {
  const [open] = [await first(await browser.open(`/licenses/${ada.licenses.frontDesk}/upgrades/new`))]
  const stale = await first(await browser.open(`/licenses/${ada.licenses.lab}/upgrades/new`))
  await portal.db.client.execute(
    "update prices set unit_minor = unit_minor + 100 where offer_code = 'advanced-security/ultimate/unlimited'",
  )
  const list = await browser.follow(await browser.open('/orders'), 'Quotes you asked for')
  expect(list.url).toBe('/quotes')
  const rows = list.dom.querySelectorAll('tbody tr').map((row) => row.text.replace(/\s+/g, ' '))
  expect(rows).toHaveLength(2)
  expect(rows[0]).toContain('Changed since, ask anew')
  expect(rows[1]).toContain('Open until 2026-08-28')
  expect(list.dom.querySelector('tbody a')?.getAttribute('href')).toBe(stale.url)
  await first(await first(open))
  expect((await browser.open('/quotes')).text).toContain('Paid and done')
})

test('R252: customers of a seller with an upgrade URL are sent there to upgrade', async () => {
  await portal.db.client.execute(
    "update accounts set upgrade_url = 'https://shop.acme.example/up' where kind = 'vendor'",
  )
  const answer = await browser.request('GET', `/licenses/${ada.licenses.frontDesk}/upgrades/new`)
  expect([answer.status, answer.headers.get('location')]).toEqual([303, 'https://shop.acme.example/up'])
})

describe('what costs nothing', () => {
  const free = async () => {
    await portal.db.client.execute(
      `update prices set unit_minor = (select cheap.unit_minor from prices as cheap where cheap.currency = prices.currency
        and cheap.offer_code = 'advanced-security/essentials/unlimited') where offer_code = 'advanced-security/ultimate/unlimited'`,
    )
    return first(await browser.open(`/licenses/${ada.licenses.unsupported}/upgrades/new`))
  }
  const orders = () => portal.db.rows("select reference, total_minor as total from orders where provider = 'portal'")

  test('is done at once, without the shop, and becomes an order', async () => {
    const quote = await free()
    expect(quote.text).toContain('It costs nothing')
    expect(
      (await browser.request('POST', `${quote.url}/checkouts`, new URLSearchParams())).headers.get('location'),
    ).toBe(quote.url)
    const done = await first(quote)
    expect(done.text).toMatch(/all of it is done\. See order FREE-/)
    expect(await license(ada.licenses.unsupported)).toMatchObject({ edition: 'ultimate' })
    expect(await orders()).toMatchObject([{ total: 0 }])
    await portal.deps.settled()
    expect(portal.deps.letters.at(-1)).toMatchObject({ to: ada.email })
    expect((await browser.follow(done, 'order FREE-')).text).toContain('EUR 0.00')
  })

  test('in two tabs at once is done once', async () => {
    const { url } = await free()
    const form = { cookies: browser.cookies, path: `${url}/applications` }
    const statuses = await submitTogether(portal, [
      { ...form, fields: { request: 'one' } },
      { ...form, fields: { request: 'other' } },
    ])
    expect(statuses.sort()).toEqual([303, 409])
    expect(await orders()).toHaveLength(1)
  })

  test('is not done when its price has risen since, nor what has a price', async () => {
    const { url } = await free()
    await portal.db.client.execute(
      "update prices set unit_minor = 13900 where offer_code = 'advanced-security/ultimate/unlimited'",
    )
    const late = await browser.request('POST', `${url}/applications`, new URLSearchParams())
    expect(late.status).toBe(409)
    const priced = await first(await browser.open(`/licenses/${ada.licenses.frontDesk}/upgrades/new`))
    expect((await browser.request('POST', `${priced.url}/applications`, new URLSearchParams())).status).toBe(409)
    expect(await orders()).toEqual([])
  })
})

test('the guide tells customers how prices are reckoned, and sellers nothing of it', async () => {
  expect((await browser.open('/documentation')).text).toContain('3 × 100.00 × 146 ÷ 365 = 120.00')
  const seller = portal.browser()
  await signIn(seller, 'northwind', 'portico-demo')
  expect((await seller.open('/documentation')).text).not.toContain('146 ÷ 365')
})
