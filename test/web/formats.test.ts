import { beforeEach, describe, expect, test } from 'vitest'
import { acme, demoPassword, fabrikam, northwind } from '#dev/world/people.ts'
import { crawl } from '../support/crawl.ts'
import { type Browser, openPortal, type Page, type Portal, signIn } from '../support/portal.ts'

let portal: Portal
let browser: Browser
beforeEach(async () => {
  portal = await openPortal()
  browser = portal.browser()
})

const form = 'form[action="/settings/formats"]'
const choose = async (formatLocale: string, timeZone: string): Promise<Page> =>
  browser.submit(await browser.open('/settings/formats'), form, { formatLocale, timeZone })
const read = ({ text }: Page) => text.replaceAll(/[\u00a0\u202f]/g, ' ')

describe('days, times and money', () => {
  test('stand as everybody reads them until somebody chooses, in UTC', async () => {
    await signIn(browser, fabrikam.logins.full.email, demoPassword)
    expect(read(await browser.open('/settings/formats'))).toContain('Now: 2026-08-21 09:30:00 UTC; EUR 1234.50.')
  })

  test.each([
    ['de-DE', 'Europe/Berlin', 'Now: 21.08.2026, 11:30:00 Europe/Berlin; 1.234,50 EUR.'],
    ['en-US', 'America/New_York', 'Now: Aug 21, 2026, 5:30:00 AM America/New_York; EUR 1,234.50.'],
    ['fr-FR', '', 'Now: 21 août 2026, 09:30:00 UTC; 1 234,50 EUR.'],
    ['', 'Pacific/Auckland', 'Now: 2026-08-21 21:30:00 Pacific/Auckland; EUR 1234.50.'],
  ])('are written as a login chooses: %s in %s', async (locale, zone, example) => {
    await signIn(browser, fabrikam.logins.full.email, demoPassword)
    const saved = await choose(locale, zone)
    expect(saved.text).toContain('Saved.')
    expect(read(saved)).toContain(example)
    const [event] = await portal.db.rows(
      "select after from events where action = 'login.edited' order by n desc limit 1",
    )
    expect(JSON.parse(String(event?.after))).toMatchObject(locale ? { formatLocale: locale } : { timeZone: zone })
    expect((await browser.open('/settings')).html).toContain(fabrikam.logins.full.name)
  })

  test('are chosen from lists: anything else is refused at its field', async () => {
    await signIn(browser, fabrikam.logins.full.email, demoPassword)
    const page = await choose('xx-XX', 'Mars/Olympus')
    expect(page.status).toBe(422)
    expect(page.dom.querySelectorAll('[role="alert"] a').map((one) => one.getAttribute('href'))).toEqual([
      '#formatLocale',
      '#timeZone',
    ])
  })

  test('of a part of a page are those of the page, a day that ends something is the same in every zone', async () => {
    await signIn(browser, northwind.login, demoPassword)
    await choose('de-DE', 'America/Los_Angeles')
    const partial = { 'hx-request': 'true', 'hx-request-type': 'partial' }
    const [{ html: part }, page] = [await browser.open('/support', partial), await browser.open('/support')]
    const days = (html: string) => [...html.matchAll(/<time datetime="([\d-]+)">([^<]+)</g)].map((one) => one.slice(1))
    expect(days(part).length).toBeGreaterThan(0)
    expect(days(part)).toEqual(days(page.html))
    for (const [iso = '', words] of days(part)) expect(words).toBe(iso.split('-').reverse().join('.'))
  })

  test('cost no query more, and scripts and spreadsheets stay as they are', async () => {
    await signIn(browser, northwind.login, demoPassword)
    await choose('de-DE', 'Europe/Berlin')
    portal.db.forget()
    await browser.open('/events')
    expect(portal.db.trips).toHaveLength(1)
    expect((await browser.open('/events.csv')).html).toMatch(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/)
  })
})

describe.each([
  ['a customer', fabrikam.logins.full.email],
  ['a partner', northwind.login],
  ['the vendor', acme.login],
])('on every page of %s', (_who, identifier) => {
  test('no day, time or money is written another way than the login chose', async () => {
    await signIn(browser, identifier, demoPassword)
    await choose('de-DE', 'America/New_York')
    const wrong: string[] = []
    let times = 0
    await crawl(portal, browser, ({ dom, html }, path) => {
      times += html.split('<time').length - 1
      if (path.startsWith('/documentation')) return
      for (const one of dom.querySelectorAll('main code, main pre, main textarea, main option, main .key')) one.remove()
      const text = dom.querySelector('main')?.text.replaceAll(/\s+/g, ' ') ?? ''
      for (const [found] of text.matchAll(
        /.{0,30}(\b\d{4}-\d\d-\d\d\b|\(UTC\)|\b(EUR|USD) −?\d+\.\d\d\b|\d UTC\b).{0,20}/g,
      ))
        wrong.push(`${path}: ${found}`)
    })
    expect(wrong).toEqual([])
    expect(times).toBeGreaterThan(50)
  })
})
