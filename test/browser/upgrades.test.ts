import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { ada, grace } from '#dev/world/people.ts'
import { type Visitor, visitAs } from '../support/browser.ts'
import { type ServedPortal, serveShop } from '../support/served-portal.ts'

let portal: ServedPortal
let visitor: Visitor
beforeAll(async () => {
  portal = await serveShop()
})
afterAll(() => portal.close())
afterEach(() => visitor.leave())

/** Opens home as a customer, and the upgrade of a license from there, in the tab that it opens. */
async function openUpgrade(js: boolean, width: 360 | 1280, who: typeof ada | typeof grace, license: string) {
  visitor = await visitAs(who, { js, width }, { baseURL: portal.origin })
  await visitor.page.goto('/')
  const tab = visitor.context.waitForEvent('page')
  await visitor.page.locator(`a[href$="/licenses/${license}/upgrades/new"]`).click()
  const page = await tab
  await page.getByRole('heading', { name: 'Upgrade', exact: true }).waitFor()
  return page
}

/** Buys what is chosen, pays it in the shop, and reads what the license is then. */
async function buy(page: Page, total: string): Promise<void> {
  await page.getByRole('button', { name: 'Buy', exact: true }).click()
  await page.getByRole('button', { name: `Buy for ${total}` }).click()
  await page.getByRole('button', { name: `Pay ${total}` }).click()
  await page.getByRole('heading', { name: 'Paid' }).waitFor()
}

test('with JavaScript: the total follows what is chosen, and exactly that is bought (R70 R71 R72 R78 R81)', async () => {
  const page = await openUpgrade(true, 1280, ada, ada.licenses.frontDesk)
  await page.getByText('10 users instead of 5').waitFor()
  await page.getByLabel('Edition').selectOption('enterprise')
  await page.getByText('Remote Access Enterprise, 10 users instead of Pro, 5').waitFor()
  await page.getByLabel('Users').selectOption('25')
  await page.getByText('25 users instead of Pro, 5').waitFor()
  const total = (await page.locator('#cost tr').last().locator('td').last().innerText()).replace(/^.*: ?/, '')
  expect(total).toMatch(/^EUR \d+\.\d\d$/)
  await buy(page, total)
  expect(
    await portal.db.rows('select edition_code as edition, size from licenses where id = ?', ada.licenses.frontDesk),
  ).toEqual([{ edition: 'enterprise', size: 25 }])
})

test('without JavaScript: a button shows the total of workstations, and exactly that is bought (R73 R75 R77)', async () => {
  const page = await openUpgrade(false, 360, grace, grace.licenses.remoteWork)
  await page.getByLabel('Workstations').fill('8')
  await page.getByRole('button', { name: 'Show the cost' }).click()
  await page.getByText('3 more workstations × USD 110.00 a year × 146 of 365 days left').waitFor()
  expect(await page.getByLabel('Workstations').inputValue()).toBe('8')
  await buy(page, 'USD 132.00')
  expect(await portal.db.rows('select size from licenses where id = ?', grace.licenses.remoteWork)).toEqual([
    { size: 8 },
  ])
})

test('without JavaScript: the edition is changed, and exactly what was shown is bought (R72)', async () => {
  const page = await openUpgrade(false, 360, ada, ada.licenses.unsupported)
  await page.getByLabel('Edition').selectOption('ultimate')
  await page.getByRole('button', { name: 'Show the cost' }).click()
  await page.getByText('Advanced Security Ultimate').first().waitFor()
  const row = await page.locator('#cost tr').last().innerText()
  await buy(page, /EUR \d+\.\d\d/.exec(row)?.[0] ?? '')
  expect(
    await portal.db.rows('select edition_code as edition from licenses where id = ?', ada.licenses.unsupported),
  ).toEqual([{ edition: 'ultimate' }])
})

test('with JavaScript: the total of workstations follows what is typed (R73 R77 R78)', async () => {
  const page = await openUpgrade(true, 1280, grace, grace.licenses.remoteWork)
  const [before] = await portal.db.rows('select size from licenses where id = ?', grace.licenses.remoteWork)
  const size = Number(before?.size) + 2
  await page.getByLabel('Workstations').fill(String(size))
  await page.getByText('2 more workstations × USD 110.00 a year × 146 of 365 days left').waitFor()
  await buy(page, 'USD 88.00')
  expect(await portal.db.rows('select size from licenses where id = ?', grace.licenses.remoteWork)).toEqual([{ size }])
})
