import { beforeEach, describe, expect, test } from 'vitest'
import { ada, demoPassword, litware, northwind, proseware, tailspin } from '#dev/world/people.ts'
import { type Browser, openPortal, type Portal, signIn, signInAsAda } from '../support/portal.ts'

let portal: Portal
let browser: Browser
beforeEach(async () => {
  portal = await openPortal()
  browser = portal.browser()
})

describe('the first page of an empty account', () => {
  test('says that there are no licenses and that a key is needed, and leads to it (R87 R90 R91 R92)', async () => {
    const home = await signIn(browser, litware.email, demoPassword)
    expect(home.url).toBe('/')
    expect(home.text).toContain('You have no licenses yet')
    expect(home.text).toContain('you need an activation key first')
    expect(home.dom.querySelectorAll('main ol li')).toHaveLength(3)
    const main = home.dom.querySelectorAll('main .main')
    expect(main.map((one) => [one.text.trim(), one.getAttribute('href')])).toEqual([
      ['Generate a License', '/activation-keys/new'],
    ])
    expect((await browser.follow(home, 'Generate a License')).status).toBe(200)
    const rail = home.dom.querySelectorAll('nav.rail a').map((one) => one.text)
    expect(rail).toEqual(
      expect.arrayContaining(['Activation keys', 'Support', 'Subscriptions', 'Resellers', 'Credits', 'Documentation']),
    )
    for (const label of rail) expect([label, (await browser.follow(home, label)).status]).toEqual([label, 200])
  })

  test('with a key in it leads to assigning (R90 R91)', async () => {
    await portal.db.client.execute({
      sql: "insert into activation_keys (id, account_id, name, code, created_at) values ('key_first', ?, 'First', 'AAAA-BBBB-CCCC-DDDD', 1)",
      args: [litware.accountId],
    })
    const home = await signIn(browser, litware.login, demoPassword)
    expect(home.text).toContain('assign the first license to it')
    expect((await browser.follow(home, 'Generate a License')).url).toBe('/activation-keys/key_first')
  })

  test('keeps the list for a filter that finds nothing, and for whoever has licenses the same button (R91)', async () => {
    await signIn(browser, litware.login, demoPassword)
    expect((await browser.open('/?q=nothing')).text).toContain('No license fits.')
    const other = portal.browser()
    const home = await signIn(other, northwind.login, demoPassword)
    expect(home.dom.querySelector('main .main')?.getAttribute('href')).toBe('/activation-keys')
    expect(home.dom.querySelector('#list table')).not.toBeNull()
    const customer = await signInAsAda(portal.browser())
    expect(customer.text).not.toContain('Generate a License')
  })
})

describe('the guides', () => {
  test('the one for resellers is a single file with five chapters, whose links lead here (R139)', async () => {
    await signIn(browser, tailspin.login, demoPassword)
    const page = await browser.open('/documentation')
    const link = page.dom.querySelector('a[download]')
    expect(link?.getAttribute('href')).toBe('/documentation/reseller-guide')
    const guide = await browser.open('/documentation/reseller-guide')
    expect(guide.dom.querySelectorAll('h2').map((one) => one.text.trim())).toEqual([
      '1. Connect to the portal',
      '2. Create an activation key',
      '3. Assign a license or support',
      '4. Follow licenses and support',
      '5. Subscriptions',
    ])
    expect(guide.html).not.toMatch(/<script|src=|url\(|hx-/)
    expect(guide.dom.querySelector('style')).not.toBeNull()
    for (const a of guide.dom.querySelectorAll('a')) {
      expect(a.getAttribute('href')).toMatch(/^(https:\/\/portal\.acme\.example(\/|$)|#|mailto:)/)
    }
  })

  test('sellers read chapters of their own, and customers none of them (R139)', async () => {
    await signIn(browser, proseware.login, demoPassword)
    const page = await browser.open('/documentation')
    for (const id of ['keys', 'assign', 'follow', 'subscriptions', 'resellers', 'credits']) {
      expect([id, page.dom.querySelector(`section#${id} p`) !== null]).toEqual([id, true])
      expect(page.dom.querySelector(`nav a[href="#${id}"]`)).not.toBeNull()
    }
    const links = page.dom.querySelectorAll('main section a[href^="/"]').map((one) => one.getAttribute('href') ?? '')
    for (const href of new Set(links)) expect([href, (await browser.open(href)).status]).toEqual([href, 200])
    const customer = portal.browser()
    await signInAsAda(customer)
    const plain = await customer.open('/documentation')
    expect(plain.dom.querySelector('section#resellers')).toBeNull()
    expect(plain.text).toContain(ada.orders[0].slice(0, 3))
  })
})
