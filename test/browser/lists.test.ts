import { parse } from 'csv-parse/sync'
import type { Download, Page } from 'playwright-core'
import { afterEach, describe, expect, test } from 'vitest'
import { ada, contoso } from '#dev/world/people.ts'
import { desk, isMarked, mark, type Visitor, visitAs, ways } from '../support/browser.ts'

let visitor: Visitor
afterEach(() => visitor.leave())

const rows = (page: Page) => page.locator('#list tbody tr')
const count = (page: Page) => page.locator('#count').textContent()
const query = (page: Page) => Object.fromEntries(new URL(page.url()).searchParams)

async function contentOf(file: Download): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of await file.createReadStream()) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}

/** Presses what leads to a list that looks another way, and waits for it. */
async function press(page: Page, name: string | RegExp): Promise<void> {
  const before = page.url()
  await page.getByRole('link', { name }).first().click()
  await page.waitForURL((url) => url.href !== before)
}

describe.each(ways)('$name', (way) => {
  const begin = async (path = '/', who: typeof contoso | typeof ada = contoso): Promise<Page> => {
    visitor = await visitAs(who, way, { acceptDownloads: true })
    await visitor.page.goto(path)
    if (way.js) await mark(visitor.page)
    return visitor.page
  }
  /** With JavaScript it is the same document from first to last; without, each step is a page of its own. */
  const expectNoReload = async (page: Page) => expect(await isMarked(page)).toBe(way.js)

  test('a search narrows the list and stands in the address; the count is announced (R31 R316 R330 R335)', async () => {
    const page = await begin()
    const box = page.getByRole('searchbox')
    await box.pressSequentially('par-hq', { delay: 20 })
    if (!way.js) await box.press('Enter')
    await page.waitForURL('**/?q=par-hq')
    expect(await count(page)).toBe('1 license')
    expect(await page.locator('#count').getAttribute('role')).toBe('status')
    expect(await rows(page).count()).toBe(1)
    expect(await box.inputValue()).toBe('par-hq')
    await expectNoReload(page)
    if (way.js) expect(await box.evaluate((element) => element === document.activeElement)).toBe(true)
    await page.reload()
    expect(await count(page)).toBe('1 license')
    await box.fill('nothing like it')
    await box.press('Enter')
    await page.getByText('No license fits.').waitFor()
    await press(page, 'Show all licenses')
    expect(await rows(page).count()).toBe(20)
    expect(query(page)).toEqual({})
  })

  test('chips, a sort and pages change the list and the address, and Back leads back (R46 R330 R335)', async () => {
    const page = await begin()
    await press(page, 'Not activated')
    expect(query(page)).toEqual({ only: 'not-activated' })
    await expect.poll(() => rows(page).filter({ hasText: '✓' }).count()).toBe(0)
    await press(page, /^Date/)
    expect(query(page)).toEqual({ only: 'not-activated', sort: 'bought' })
    await page.locator('th[aria-sort=ascending]').waitFor({ state: 'attached' })
    const first = await rows(page).first().textContent()
    await press(page, 'Next')
    await page.locator('[aria-current=page]').getByText('2').waitFor()
    expect(query(page)).toMatchObject({ only: 'not-activated', sort: 'bought', page: '2' })
    expect(await rows(page).first().textContent()).not.toBe(first)
    await expectNoReload(page)
    await press(page, 'Previous')
    await expect.poll(() => rows(page).first().textContent()).toBe(first)
    await page.goBack()
    await page.waitForURL((url) => url.searchParams.get('page') === '2')
    await page.goBack()
    await page.waitForURL((url) => !url.searchParams.has('page'))
    await page.goBack()
    await page.waitForURL((url) => !url.searchParams.has('sort'))
    await expect.poll(() => page.locator('th[aria-sort=descending]').count()).toBe(1)
    await press(page, 'Not activated')
    expect(query(page)).toEqual({})
  })

  test('the CSV holds exactly what the filter shows (R330 R334)', async () => {
    const page = await begin('/?support=ending-90&product=advanced-security')
    const serials: string[] = []
    for (;;) {
      serials.push(...(await rows(page).locator('small code').allTextContents()))
      if ((await page.getByRole('link', { name: 'Next' }).count()) === 0) break
      await press(page, 'Next')
      await page
        .locator('[aria-current=page]')
        .getByText(query(page).page as string)
        .waitFor()
    }
    const download = page.waitForEvent('download')
    await page.getByRole('link', { name: 'Download CSV' }).click()
    const file = await download
    expect(file.suggestedFilename()).toMatch(/^licenses-\d{4}-\d\d-\d\d\.csv$/)
    const lines: Record<string, string>[] = parse(await contentOf(file), { columns: true, bom: true })
    expect(lines.map((line) => line['Serial number'])).toEqual(serials)
    expect(serials.length).toBeGreaterThan(0)
  })

  test('tabs and the menu lead through licenses, support, an order and its license (R14 R34 R47 R63 R64 R65 R330)', async () => {
    const page = await begin('/', ada)
    await page.getByRole('link', { name: 'Support', exact: true }).first().click()
    await page.waitForURL('**/?tab=support')
    await page
      .getByText(/1 year, to/)
      .first()
      .waitFor()
    await page.getByRole('link', { name: 'Orders', exact: true }).click()
    await page.waitForURL('**/orders')
    await page.getByRole('link', { name: `Details of ${ada.orders[1]}` }).click()
    await page.waitForURL(`**/orders/${ada.orders[1]}`)
    await page.getByRole('heading', { level: 1, name: 'Order Details' }).waitFor()
    expect(await page.title()).toBe(`Order ${ada.orders[1]} · Acme Software`)
    const serial = page.locator('tbody a code').first()
    const number = (await serial.textContent()) as string
    await serial.click()
    await page.waitForURL('**/licenses/lic_*')
    await page.locator('dd code', { hasText: number }).first().waitFor()
    await expectNoReload(page)
    expect(await page.evaluate(() => window.scrollY)).toBe(0)
    if (way.js) expect(await page.evaluate(() => document.activeElement?.id)).toBe('main')
    await page.goBack()
    await page.getByRole('heading', { level: 1, name: 'Order Details' }).waitFor()
  })

  test('orders are searched and sorted (R60 R330 R335)', async () => {
    const page = await begin('/orders')
    await press(page, 'Total')
    await page.locator('th[aria-sort=descending]', { hasText: 'Total' }).waitFor({ state: 'attached' })
    const box = page.getByRole('searchbox')
    await box.pressSequentially(contoso.orders[2].slice(0, 9))
    if (!way.js) await box.press('Enter')
    await page.waitForURL((url) => url.searchParams.get('q') === contoso.orders[2].slice(0, 9))
    expect(await count(page)).toBe('1 order')
    expect(await rows(page).first().textContent()).toContain(contoso.orders[2])
    await expectNoReload(page)
  })

  test('events are filtered by what happened and when (R319 R330 R335)', async () => {
    const page = await begin('/events')
    await page.getByLabel('What').selectOption({ label: 'Order received' })
    if (!way.js) await page.getByRole('button', { name: 'Filter' }).click()
    await page.waitForURL((url) => url.searchParams.get('action') === 'order.received')
    expect(await count(page)).toBe('7 events')
    await page.getByRole('textbox', { name: 'To' }).fill('2021-12-31')
    await page.getByRole('button', { name: 'Filter' }).click()
    await page.waitForURL((url) => url.searchParams.get('to') === '2021-12-31')
    await expect.poll(() => count(page)).toBe('3 events')
    await expectNoReload(page)
    await page.reload()
    expect(await page.getByLabel('What').inputValue()).toBe('order.received')
    expect(await count(page)).toBe('3 events')
  })

  test('the activation key is copied by a button that says so, or selected as plain text (R30 R330)', async () => {
    const page = await begin('/', ada)
    const button = page.getByRole('button', { name: 'Copy the activation key' })
    expect(await page.locator('code.key').textContent()).toBe(ada.activationKey)
    expect(await page.locator('code.key').evaluate((element) => getComputedStyle(element).userSelect)).not.toBe('none')
    expect(await button.count()).toBe(way.js ? 1 : 0)
    if (!way.js) return
    await visitor.context.grantPermissions(['clipboard-read', 'clipboard-write'])
    await button.click()
    await expect.poll(() => page.getByRole('status').first().textContent()).toBe('Copied.')
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(ada.activationKey)
  })
})

test('the copy button is there on a page that was fetched, too (R30)', async () => {
  visitor = await visitAs(ada, desk)
  const { page } = visitor
  await page.goto('/orders')
  await page.getByRole('link', { name: 'Home', exact: true }).click()
  await page.getByRole('button', { name: 'Copy the activation key' }).waitFor()
})

test('another page of a list is shown from its beginning (R46)', async () => {
  visitor = await visitAs(contoso, desk)
  const { page } = visitor
  await page.goto('/')
  for (const [name, number] of Object.entries({ Next: '2', Previous: '1' })) {
    await page.getByRole('link', { name }).click()
    await page.locator('[aria-current=page]').getByText(number).waitFor()
    await expect
      .poll(() => page.locator('#list').evaluate((list) => list.getBoundingClientRect().top))
      .toBeLessThan(200)
    // Pages scroll by whole pixels, and what stands above may end between two.
    expect(await page.locator('#list').evaluate((list) => list.getBoundingClientRect().top)).toBeGreaterThan(-1)
  }
})

test('of searches typed faster than they are answered the last one stands (R316)', async () => {
  visitor = await visitAs(contoso, desk)
  const { page, context } = visitor
  await page.goto('/')
  const asked: string[] = []
  await context.route('**/?*q=*', async (route) => {
    asked.push(new URL(route.request().url()).searchParams.get('q') as string)
    if (asked.length === 1) await new Promise((done) => setTimeout(done, 700))
    await route.continue().catch(() => {})
  })
  const box = page.getByRole('searchbox')
  await box.fill('par')
  await expect.poll(() => asked).toEqual(['par'])
  await box.fill('par-h')
  await page.waitForTimeout(300)
  await box.fill('par-hq')
  await page.waitForURL('**/?q=par-hq')
  await expect.poll(() => count(page)).toBe('1 license')
  await page.waitForTimeout(500)
  expect(await count(page)).toBe('1 license')
  expect(asked.at(-1)).toBe('par-hq')
})

test('"/" jumps to the search box, but not out of a field one is typing in', async () => {
  visitor = await visitAs(ada, desk)
  const { page } = visitor
  await page.goto('/')
  await page.keyboard.press('/')
  const box = page.getByRole('searchbox')
  expect(await box.evaluate((element) => element === document.activeElement)).toBe(true)
  expect(await box.inputValue()).toBe('')
  await page.keyboard.press('/')
  expect(await box.inputValue()).toBe('/')
})

test('a page that is not there replaces the whole page, says so and takes the focus (R330)', async () => {
  visitor = await visitAs(ada, desk)
  const { page } = visitor
  await page.goto('/?sort=bought')
  for (const damaged of ['/licenses/lic_nothing-here', '/?cursor=nonsense']) {
    const link = page.locator('#list a').first()
    await link.evaluate((element, href) => element.setAttribute('href', href), damaged)
    await link.click()
    await page.locator('#main.narrow h1').waitFor()
    expect(await page.locator('table, .rail').count()).toBe(0)
    expect(await page.title()).toMatch(/^Error: /)
    await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('main')
    await page.locator('#main a.button').click()
    await page.getByRole('heading', { level: 1, name: 'Licenses and support' }).waitFor()
  }
})

test('a step that gets no answer says so, and the page stays as it was', async () => {
  visitor = await visitAs(ada, desk)
  const { page, context, faults } = visitor
  await page.goto('/')
  await context.setOffline(true)
  await page.getByRole('link', { name: 'Not activated' }).click()
  await page.getByText('No answer from the portal.').waitFor()
  expect(await rows(page).count()).toBe(4)
  await context.setOffline(false)
  await page.getByRole('link', { name: 'Not activated' }).click()
  await expect.poll(() => rows(page).count()).toBe(2)
  expect(await page.getByText('No answer from the portal.').count()).toBe(0)
  expect(faults.splice(0).join()).toMatch(/ERR_INTERNET_DISCONNECTED/)
})
