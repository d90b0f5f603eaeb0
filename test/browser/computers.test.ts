import type { Page } from 'playwright-core'
import { afterEach, describe, expect, test } from 'vitest'
import { demoPassword, fabrikam } from '#dev/world/people.ts'
import { isMarked, mark, type Visitor, visit, ways } from '../support/browser.ts'

let visitor: Visitor
afterEach(() => visitor.leave())

async function signInAsFay(page: Page) {
  await page.goto('/sign-in')
  await page.locator('[name=identifier]').fill(fabrikam.logins.full.email)
  await page.locator('main button.main').click()
  await page.locator('[name=proof]').fill(demoPassword)
  await page.locator('main button.main').click()
  await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'))
}

describe.each(ways)('$name', (way) => {
  test('servers are filtered, expanded, marked, removed with their names seen first, and brought back (R180 R182 R185 R187 R222)', async () => {
    visitor = await visit(way)
    const { page } = visitor
    await signInAsFay(page)
    await page.goto('/computers')
    if (way.js) await mark(page)
    await page.locator('.chips').getByRole('link', { name: 'Extended Support SLA' }).click()
    await page.locator('#count').getByText('10 servers').waitFor()
    await page.locator('[name=q]').fill('db-0')
    await page.locator('[name=q]').press('Enter')
    await page.locator('#count').getByText('9 servers').waitFor()
    if (way.js) expect(await isMarked(page)).toBe(true)
    const row = page.locator('#list tbody tr').first()
    await row.locator('summary').click()
    await row.getByText('Fingerprint').waitFor()
    const servers = [`db-0${1 + 2 * way.index}`, `db-0${2 + 2 * way.index}`]
    if (way.js) {
      await page.locator('[data-all=bulk]').check()
      expect(await page.locator('[name=id]:checked').count()).toBe(9)
      await page.locator('[data-all=bulk]').uncheck()
    }
    for (const name of servers) await page.getByLabel(`Mark ${name}.fabrikam.example`).check()
    await page.locator('#bulk').getByRole('button', { name: 'Remove' }).click()
    await page.getByRole('heading', { name: 'Remove servers' }).waitFor()
    for (const name of servers) await page.locator('main table').getByText(name).waitFor()
    await page.getByRole('button', { name: 'Remove 2 servers' }).click()
    await page.getByText('For a day you can undo it here.').waitFor()
    await page.getByRole('button', { name: 'Undo' }).click()
    await page.getByText('Undone: they are back').waitFor()
    await page.goto(`/computers?q=${servers[0]}`)
    await page.locator('#count').getByText('1 server').waitFor()
  })
})
