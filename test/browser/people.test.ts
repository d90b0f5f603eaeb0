import type { Page } from 'playwright-core'
import { afterEach, describe, expect, inject, test } from 'vitest'
import { demoPassword, fabrikam } from '#dev/world/people.ts'
import { enter, isMarked, mark, overflow, type Visitor, visit, ways } from '../support/browser.ts'

let visitor: Visitor
afterEach(() => visitor.leave())

/** What the portal answers a script that holds a key. */
const statusOf = async (key: string, path: string) =>
  (await fetch(inject('portal') + path, { headers: { authorization: `Bearer ${key}` } })).status

async function followLetter(page: Page, email: string) {
  await page.goto('/dev/mail')
  await page.locator('tr', { hasText: email }).first().getByRole('link').click()
  await page
    .locator('.card')
    .getByRole('link', { name: /\/links\/inv_/ })
    .click()
}

describe.each(ways)('$name', (way) => {
  test('the master invites somebody, who accepts, signs in and acts in the role (R260 R262 R330)', async () => {
    visitor = await visit(way)
    const { page, context } = visitor
    const email = `browser-${way.index}@fabrikam.example`
    await enter(context, fabrikam.logins.full.email, demoPassword)
    await page.goto('/settings/logins')
    expect(await overflow(page)).toBe(0)
    if (way.js) await mark(page)
    await page.getByRole('link', { name: 'Invite somebody' }).click()
    await page.getByLabel('E-mail').fill('nonsense')
    await page.getByRole('button', { name: 'Invite' }).click()
    await page.locator('#error-summary').waitFor()
    if (way.js) expect(await page.evaluate(() => document.activeElement?.id)).toBe('error-summary')
    await page.getByLabel('E-mail').fill(email)
    await page.getByLabel('Role').selectOption('servers')
    await page.getByRole('button', { name: 'Invite' }).click()
    await page.getByText('The invitation is on its way').waitFor()
    if (way.js) expect(await isMarked(page)).toBe(true)
    await page.getByText(email).first().waitFor()
    await context.clearCookies()
    await followLetter(page, email)
    await page.getByText('in the role Server Management Only').waitFor()
    expect(await overflow(page)).toBe(0)
    await page.getByLabel('First name').fill('Bo')
    await page.getByLabel('Last name').fill('Browser')
    await page.getByLabel('Password', { exact: true }).fill('four words make sense')
    await page.getByRole('button', { name: 'Accept' }).click()
    await page.getByText('Welcome. Sign in').waitFor()
    await page.locator('[name=identifier]').fill(email)
    await page.locator('main button.main').click()
    await page.locator('[name=proof]').fill('four words make sense')
    await page.locator('main button.main').click()
    await page.getByText('Bo Browser').first().waitFor()
    const menu = page.locator('nav.rail')
    expect(await menu.getByRole('link', { name: 'Orders', exact: true }).count()).toBe(0)
    expect(await menu.getByRole('link', { name: 'Logins', exact: true }).count()).toBe(0)
    await page.goto('/settings/roles')
    await page.getByText('yours is Server Management Only').waitFor()
    expect(await overflow(page)).toBe(0)
  })

  test('the master raises the role of a login, which counts at its next page, and removes it, which ends it (R261 R263 R330 A7)', async () => {
    const email = `browser-${way.index}@fabrikam.example`
    const guest = await visit(way, { permissions: [] })
    await enter(guest.context, email, 'four words make sense')
    visitor = await visit(way)
    const { page, context } = visitor
    await enter(context, fabrikam.logins.full.email, demoPassword)
    await page.goto('/settings/logins')
    await page.getByRole('row').filter({ hasText: email }).getByRole('link', { name: 'Edit' }).click()
    await page.getByLabel('Role').selectOption('billing')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Role changed').first().waitFor()
    await guest.page.goto('/orders')
    await guest.page.getByRole('heading', { level: 1, name: 'Orders' }).waitFor()
    await page.goto('/settings/logins')
    await page.getByRole('row').filter({ hasText: email }).getByRole('link', { name: 'Edit' }).click()
    expect(await page.getByLabel('Role').inputValue()).toBe('billing')
    expect(await overflow(page)).toBe(0)
    await page.getByRole('button', { name: 'Remove this login' }).click()
    await page.getByText('Login removed').first().waitFor()
    expect(await page.getByText(email).count()).toBe(0)
    await guest.page.goto('/orders')
    await guest.page.getByLabel('E-mail address / login').waitFor()
    await guest.leave()
  })

  test('the master makes an API key, sees it once, and revokes it (R251 R274 R330)', async () => {
    visitor = await visit(way, way.js ? { permissions: ['clipboard-read', 'clipboard-write'] } : {})
    const { page, context } = visitor
    await enter(context, fabrikam.logins.full.email, demoPassword)
    await page.goto('/settings/api-keys')
    await page.getByRole('link', { name: 'New API key' }).click()
    await page.getByLabel('Name').fill(`Browser ${way.index}`)
    await page.getByLabel('Acts as').selectOption('servers')
    await page.getByLabel('Only from these addresses').fill('300.1.2.3')
    await page.getByRole('button', { name: 'Make the key' }).click()
    await page.locator('#error-summary').waitFor()
    expect(await page.getByLabel('Name').inputValue()).toBe(`Browser ${way.index}`)
    await page.getByLabel('Only from these addresses').fill('')
    await page.getByRole('button', { name: 'Make the key' }).click()
    await page.getByText('Copy it now').waitFor()
    expect(await overflow(page)).toBe(0)
    const key = (await page.locator('code.key').textContent()) ?? ''
    expect(key).toMatch(/^ptk_[0-9a-z]{32}$/)
    if (way.js) {
      await page.getByRole('button', { name: 'Copy' }).click()
      await page.getByText('Copied.').waitFor()
      expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(key)
    }
    expect([await statusOf(key, '/api/v1/licenses'), await statusOf(key, '/api/v1/orders')]).toEqual([200, 403])
    await page.goto('/settings/api-keys')
    expect(await page.content()).not.toContain(key)
    await page.getByRole('link', { name: `Browser ${way.index}` }).click()
    await page.getByRole('button', { name: 'Revoke this key' }).click()
    await page.getByText('API key revoked').waitFor()
    expect(await statusOf(key, '/api/v1/licenses')).toBe(401)
  })
})
