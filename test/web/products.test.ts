import { beforeAll, describe, expect, test } from 'vitest'
import { acme, contoso, demoPassword, fabrikam, northwind } from '#dev/world/people.ts'
import { callChecked } from '../support/api.ts'
import { type Browser, openPortal, type Page, type Portal, signIn, signInAsAda } from '../support/portal.ts'

/** Nothing here changes what another test reads, so that one portal serves all. */
let portal: Portal
let fay: Browser
beforeAll(async () => {
  portal = await openPortal()
  fay = portal.browser()
  await signIn(fay, fabrikam.logins.full.email, demoPassword)
})

const as = async (identifier: string, proof: string) => {
  const browser = portal.browser()
  return { browser, page: await signIn(browser, identifier, proof) }
}
const cards = (page: Page) => page.dom.querySelectorAll('main .cards > .card')
const cardOf = (page: Page, name: string) => cards(page).find((card) => card.querySelector('h3')?.text.trim() === name)
const rail = (page: Page) => page.dom.querySelectorAll('nav.rail a').map((link) => link.text.trim())

describe('the dashboard', () => {
  test('a customer with servers and no licenses is at home on it: a card for each product with its server licenses, as a gauge and in words (R169 R211)', async () => {
    const page = await fay.open('/')
    expect([page.url, page.dom.querySelector('h1')?.text]).toEqual(['/products', 'My products'])
    expect(cards(page).map((card) => card.querySelector('h3')?.text.trim())).toEqual([
      ...['Live Patching', 'Extended Support', 'Extended Support SLA'],
    ])
    const live = cardOf(page, 'Live Patching')
    expect(live?.querySelector('svg')?.getAttribute('aria-label')).toBe('Live Patching: 42 of 50 used')
    expect(live?.text).toContain('42 of 50 server licenses used, 8 left')
  })

  test('the family decides what a card leads to: sales for live patching, keys for extended support (R170 R171 R172 R189 R191 R192)', async () => {
    const page = await fay.open('/products')
    const [live, extended] = ['Live Patching', 'Extended Support'].map((name) => cardOf(page, name)?.text)
    expect(live).toContain('Manage licenses and billing cycle')
    expect(extended).not.toContain('Manage licenses and billing cycle')
    const sales = await fay.follow(page, 'Manage licenses and billing cycle')
    expect(sales.dom.querySelector('#billing a')?.getAttribute('href')).toMatch(/^mailto:\S+@\S+/)
    const keys = cardOf(page, 'Extended Support')
      ?.querySelectorAll('a')
      .map((link) => link.getAttribute('href'))
    expect(keys).toContain('/activation-keys?product=extended-support')
    expect(keys).toContain('/computers?product=extended-support')
    expect((await fay.open('/activation-keys?product=extended-support')).status).toBe(200)
  })

  test('a family alone is its types of server license, with what is owned of each (R188 R190)', async () => {
    const page = await fay.open('/products?family=extended-support')
    expect(page.dom.querySelector('h1')?.text).toBe('Extended Support: server license types')
    expect(cards(page).map((card) => card.querySelector('svg')?.getAttribute('aria-label'))).toEqual([
      expect.stringMatching(/^Extended Support: \d+ of 30 used$/),
      expect.stringMatching(/^Extended Support SLA: \d+ of 12 used$/),
    ])
    for (const path of ['/products?family=remote-access', '/products/remote-access', '/products?family=nothing']) {
      expect([path, (await fay.open(path)).status]).toEqual([path, 404])
    }
  })

  test('a customer of the shop reads licenses and what lacks support, and is led to both', async () => {
    const { browser } = await as(contoso.email, contoso.orders[0])
    const page = await browser.open('/products')
    const card = cardOf(page, 'Remote Access')
    expect(card?.text).toMatch(/\d+ licenses/)
    const counted = Number(/(\d+) licenses/.exec(card?.text ?? '')?.[1])
    const rows = await portal.db.rows(
      "select count(*) as n from licenses where account_id = ? and product_code = 'remote-access'",
      contoso.accountId,
    )
    expect(counted).toBe(rows[0]?.n)
    const without = await browser.follow(page, 'Show those without support of Remote Access')
    expect(without.url).toContain('support=missing')
    expect(without.dom.querySelectorAll('#list tbody tr').length).toBeGreaterThan(0)
  })

  test.each([
    ['the vendor', acme.login, 7],
    ['a partner', northwind.login, 3],
  ])('%s reads the totals of all accounts below, in one round trip', async (_, login, count) => {
    const { browser } = await as(login, demoPassword)
    await portal.deps.settled()
    portal.db.forget()
    const page = await browser.open('/products')
    expect(portal.db.trips.map(({ mode }) => mode)).toEqual(['read'])
    expect(cards(page)).toHaveLength(count)
    expect(cardOf(page, 'Remote Access')?.text).toMatch(/\d+ licenses/)
  })

  test('scripts read the same (R274)', async () => {
    const { body } = await callChecked(portal, 'GET', '/api/v1/products', { key: fabrikam.apiKey })
    expect(body.data[0]).toMatchObject({ code: 'live-patching', serverLicenses: 50, activeServers: 42, servers: 42 })
    expect(body.data[0].defaultActivationKey).toEqual(fabrikam.keys.livePatching)
  })
})

describe('the menu', () => {
  test('of an account with servers has an entry for each family, and below it keys for each product (R162 R164 R193 R207)', async () => {
    const page = await fay.open('/products')
    expect(rail(page)).toEqual(
      expect.arrayContaining(['Products', 'Live Patching', 'Extended Support', 'Documentation']),
    )
    const folded = page.dom.querySelectorAll('nav.rail details').find((one) => one.text.includes('Activation keys'))
    expect(folded?.hasAttribute('open')).toBe(false)
    expect(folded?.querySelectorAll('a').map((link) => link.getAttribute('href'))).toEqual([
      '/activation-keys?product=extended-support',
      '/activation-keys?product=extended-support-sla',
    ])
    const inside = await fay.open('/activation-keys?product=extended-support-sla')
    expect(inside.dom.querySelectorAll('nav.rail details[open] [aria-current]').map((one) => one.text)).toEqual([
      'Extended Support SLA',
    ])
    expect(inside.dom.querySelectorAll('nav.rail [aria-current]')).toHaveLength(1)
  })

  test('of whoever has none knows nothing of servers; the user’s own part holds the settings and "Sign out" (R12 R163)', async () => {
    const ada = await signInAsAda(portal.browser())
    expect(ada.dom.querySelectorAll('nav.rail details, nav.rail div')).toHaveLength(0)
    const { page } = await as(northwind.login, demoPassword)
    expect(page.dom.querySelectorAll('nav.rail details')).toHaveLength(0)
    expect(page.dom.querySelector('nav.rail footer')?.text.trim()).toMatch(/^Settings\s*Sign out$/)
  })

  test.each(Object.keys(fabrikam.logins) as (keyof typeof fabrikam.logins)[])(
    'leads the role %s nowhere that it may not go',
    async (role) => {
      const { browser, page } = await as(fabrikam.logins[role].email, demoPassword)
      const paths = page.dom.querySelectorAll('nav.rail a').map((link) => link.getAttribute('href') ?? '')
      expect(paths.length).toBeGreaterThan(5)
      for (const path of new Set(paths)) expect([path, (await browser.open(path)).status]).toEqual([path, 200])
    },
  )
})
