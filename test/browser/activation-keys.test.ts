import type { Page } from 'playwright-core'
import { afterEach, describe, expect, test } from 'vitest'
import { demoPassword, northwind } from '#dev/world/people.ts'
import { isMarked, mark, type Visitor, visit, ways } from '../support/browser.ts'

let visitor: Visitor
afterEach(() => visitor.leave())

async function signInAsNorthwind(page: Page) {
  await page.goto('/sign-in')
  await page.locator('[name=identifier]').fill(northwind.login)
  await page.locator('main button.main').click()
  await page.locator('[name=proof]').fill(demoPassword)
  await page.locator('main button.main').click()
  await page.waitForURL((url) => url.pathname === '/')
}

describe.each(ways)('$name', (way) => {
  test('a key is made with "Random" and a license assigned to it, its cost seen first (R92 R95 R97 R102 R105 R110)', async () => {
    visitor = await visit(way)
    const { page } = visitor
    await signInAsNorthwind(page)
    await page.getByRole('link', { name: 'Activation keys', exact: true }).click()
    await page.getByRole('link', { name: 'Create an activation key' }).click()
    const code = page.locator('#code')
    await code.waitFor()
    await page.locator('#name').fill(`Browser ${way.index}`)
    if (way.js) {
      await mark(page)
      await code.pressSequentially('ABCD-12')
      await page.locator('#code-check.due').waitFor()
      await code.fill('ABCD-1234-EFGH-5678')
      await page.locator('#code-check.good').waitFor()
    }
    await page.getByRole('button', { name: 'Random' }).click()
    await expect.poll(() => code.inputValue()).toMatch(/^(?!ABCD-1234)[0-9A-Z]{4}(-[0-9A-Z]{4}){3}$/)
    expect(await page.locator('#name').inputValue()).toBe(`Browser ${way.index}`)
    await page.locator('#name').press('Enter')
    await page.getByText('Activation key created.').waitFor()
    await page.locator('main').getByRole('link', { name: 'Remote Access' }).click()
    await page.locator('#edition').selectOption('pro')
    await page.locator('#size').selectOption('10')
    await page.locator('#supportYears').selectOption('1')
    if (!way.js) await page.getByRole('button', { name: 'Show cost' }).click()
    const cost = page.locator('#cost')
    await cost.getByText('Support, Remote Access Pro, 10 users').waitFor()
    if (way.js) {
      await page.getByLabel('Trial, free').check()
      await cost.getByText('A trial is free').waitFor()
      await page.locator('#days').fill('40')
      await cost.getByText('A trial lasts 1 to 30 days.').waitFor()
      await page.getByLabel('Permanent').check()
      await cost.getByText('Credits now').first().waitFor()
      expect(await isMarked(page)).toBe(true)
    }
    await page.getByRole('button', { name: 'Assign' }).click()
    await page.getByText('License assigned.').waitFor()
    expect(await page.locator('main').textContent()).toContain('Pro, 10 users')
  })
})
