import { text as textOf } from 'node:stream/consumers'
import { parse } from 'csv-parse/sync'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { demoPassword, fabrikam, northwind } from '#dev/world/people.ts'
import { bothWays, enter, isMarked, mark, overflow, type Visitor, visit } from '../support/browser.ts'
import { type ServedPortal, servePortal } from '../support/served-portal.ts'

const { full } = fabrikam.logins

let portal: ServedPortal
beforeAll(async () => {
  portal = await servePortal()
})
afterAll(() => portal.close())

let visitor: Visitor
afterEach(() => visitor.leave())

describe.each(bothWays)('$name', (way) => {
  beforeEach(async () => {
    visitor = await visit(way, { baseURL: portal.origin })
  })
  const enterAs = (login: string) => enter(visitor.context, login, demoPassword, portal.origin)

  test('a tab of the settings is saved on its own; with scripts it is not left unsaved without a question (R248 R250 R255 R330)', async () => {
    const { page, faults } = visitor
    await enterAs(full.email)
    await page.goto('/settings')
    await page.getByLabel('First name').fill(`Flora ${way.index}`)
    const company = page.getByRole('navigation', { name: 'Settings' }).getByRole('link', { name: 'Company' })
    const staysAsked = async () => {
      await company.click()
      await expect.poll(() => faults.splice(0)).toEqual([expect.stringMatching(/^dialog: .*not saved/)])
      expect(new URL(page.url()).pathname).toBe('/settings')
      expect(await page.getByLabel('First name').inputValue()).toBe(`Flora ${way.index}`)
    }
    if (way.js) {
      await staysAsked()
      await page.evaluate(() => location.reload())
      await expect.poll(() => faults.splice(0)).toEqual([expect.stringMatching(/^dialog: /)])
    }
    await page.getByLabel('Last name').fill('')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.locator('#error-summary').waitFor()
    if (way.js) await staysAsked()
    await page.getByLabel('Last name').fill('Brik')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Saved.').first().waitFor()
    expect(await overflow(page)).toBe(0)
    await company.click()
    await page.getByRole('heading', { name: 'Company information' }).waitFor()
    await page.getByLabel('City').fill(`Gera ${way.index}`)
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Saved.').first().waitFor()
    await page.goto('/settings')
    expect(await page.getByLabel('First name').inputValue()).toBe(`Flora ${way.index}`)
  })

  test('sessions elsewhere are seen and ended, one and then all others, and are out at their next page (R330 A7)', async () => {
    const { page } = visitor
    const { email } = fabrikam.logins[way.js ? 'servers' : 'read-servers']
    const others = await Promise.all(
      ['Firefox/141.0', 'Edg/140.0', 'OPR/120.0'].map((userAgent) =>
        visit(way, { baseURL: portal.origin, userAgent: `Mozilla/5.0 (X11; Linux x86_64) ${userAgent}` }),
      ),
    )
    for (const one of others) await enter(one.context, email, demoPassword, portal.origin)
    await enterAs(email)
    await page.goto('/settings/sessions')
    await page.getByText('Signed in on 4 browsers').waitFor()
    expect(await overflow(page)).toBe(0)
    await page.getByRole('row').filter({ hasText: 'Firefox' }).getByRole('button', { name: 'End' }).click()
    await page.getByText('Session ended').first().waitFor()
    const isOut = async ({ page: theirs }: Visitor) => {
      await theirs.goto('/')
      return new URL(theirs.url()).pathname === '/sign-in'
    }
    expect(await Promise.all(others.map(isOut))).toEqual([true, false, false])
    await page.getByRole('button', { name: 'End all others' }).click()
    await page.getByText('All other browsers are signed out').first().waitFor()
    await page.getByText('Signed in on 1 browser').waitFor()
    expect(await Promise.all(others.map(isOut))).toEqual([true, true, true])
    for (const one of others) await one.leave()
  })

  test('the audit trail is narrowed to who did what, and downloaded so (R319 R330)', async () => {
    const { page } = visitor
    await enterAs(northwind.login)
    await page.goto('/events')
    const lines = () => page.locator('tbody tr').count()
    const all = await lines()
    expect(await overflow(page)).toBe(0)
    if (way.js) await mark(page)
    await page.getByLabel('What').selectOption({ label: 'Signed in' })
    if (!way.js) await page.getByRole('button', { name: 'Filter' }).click()
    await page.waitForURL('**/events?*action=session.started*')
    await expect.poll(lines).toBeLessThan(all)
    expect(await page.locator('tbody th').allTextContents()).toEqual(
      Array(await lines()).fill(expect.stringContaining('Signed in')),
    )
    if (way.js) expect(await isMarked(page)).toBe(true)
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Download CSV' }).click(),
    ])
    const rows = parse(await textOf(await download.createReadStream()), { bom: true, columns: true }) as object[]
    expect(rows).toHaveLength(await lines())
    await page.getByLabel('From', { exact: true }).fill('2031-01-01')
    if (!way.js) await page.getByRole('button', { name: 'Filter' }).click()
    await page.getByText('No event fits.').waitFor()
    await page.getByRole('link', { name: 'Show all events' }).click()
    await expect.poll(lines).toBe(all)
  })
})
