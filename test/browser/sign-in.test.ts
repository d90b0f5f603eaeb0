import { afterEach, describe, expect, test } from 'vitest'
import { ada, contoso, grace } from '#dev/world/people.ts'
import { desk, enter, type Visitor, visit, visitAs, ways } from '../support/browser.ts'

let visitor: Visitor
afterEach(() => visitor.leave())

describe.each(ways)('$name', (way) => {
  test('sign-in takes two steps; a wrong number is refused on the same page, the right one leads where one was going (R1 R3 R5 R6 R330 B4)', async () => {
    visitor = await visit(way)
    const { page } = visitor
    await page.goto('/orders')
    expect(page.url()).toContain('/sign-in?next=%2Forders')
    await page.getByLabel('E-mail address / login').fill(ada.email)
    await page.getByRole('button', { name: 'Continue' }).click()
    await page.waitForURL('**/sign-in/proof')
    expect(await page.textContent('form p')).toContain(ada.email)
    const proof = page.getByLabel('Order number or password')
    await proof.fill('JWT000000-0000-00000')
    await page.getByRole('button', { name: 'Login' }).click()
    await page.waitForSelector('#error-summary')
    expect(await page.title()).toMatch(/^Error: /)
    expect(await proof.getAttribute('aria-invalid')).toBe('true')
    expect(await proof.inputValue()).toBe('')
    if (way.js) expect(await page.evaluate(() => document.activeElement?.id)).toBe('error-summary')
    await page.locator('#error-summary a').click()
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('proof')
    await proof.fill(' jwt 190724 1001 10001 ')
    await page.keyboard.press('Enter')
    await page.waitForURL('**/orders')
    expect(await page.textContent('h1')).toBe('Orders')
    expect(await page.title()).toBe('Orders · Acme Software')
  })

  test('an empty first step says what is missing, beside the field and on top (R4)', async () => {
    visitor = await visit(way)
    const { page } = visitor
    await page.goto('/sign-in')
    await page.getByRole('button', { name: 'Continue' }).click()
    await page.waitForSelector('#error-summary')
    const words = await page.locator('#error-summary a').textContent()
    expect(await page.locator('#identifier-error').textContent()).toContain(words)
    if (way.js) expect(await page.evaluate(() => document.activeElement?.id)).toBe('error-summary')
  })

  test('a mailed link signs in, once, after a button is pressed (R330 A4)', async () => {
    // Two links live at once: whoever asks for more gets none.
    const who = way.js ? contoso : grace
    visitor = await visit(way)
    const { page } = visitor
    await page.goto('/sign-in')
    await page.getByLabel('E-mail address / login').fill(who.email)
    await page.getByRole('button', { name: 'Continue' }).click()
    await page.waitForURL('**/sign-in/proof')
    await page.getByRole('button', { name: 'Mail me a sign-in link' }).click()
    await page.getByText('a sign-in link is on its way').waitFor()
    const link = await mailedLink(page, who.email)
    await page.goto(link)
    expect(await page.textContent('main')).toContain(who.name)
    await page.getByRole('button', { name: 'Login' }).click()
    await page.getByRole('heading', { name: 'Licenses and support' }).waitFor()
    await page.goto(link)
    expect(await page.textContent('h1')).toBe('This link does not work')
  })

  test('signing out ends it: Back shows the sign-in page and nothing of before (R12 R330 B6)', async () => {
    visitor = await visitAs(ada, way)
    const { page } = visitor
    await page.goto('/')
    await page.getByRole('link', { name: 'Orders', exact: true }).click()
    await page.getByRole('heading', { level: 1, name: 'Orders' }).waitFor()
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.getByText('You are signed out.').waitFor()
    expect(new URL(page.url()).pathname).toBe('/sign-in')
    for (let times = 0; times < 2; times++) {
      await page.goBack()
      await page.getByLabel('E-mail address / login').waitFor()
      expect(await page.textContent('body')).not.toContain(ada.orders[0])
    }
  })
})

/** The link of the newest sign-in letter to somebody, as the development mailbox shows it. */
async function mailedLink(page: Visitor['page'], email: string): Promise<string> {
  const letter = page.getByRole('row', { name: email }).getByRole('link', { name: /sign-in link/i })
  await expect
    .poll(async () => {
      await page.goto('/dev/mail')
      return letter.count()
    })
    .toBeGreaterThan(0)
  await letter.first().click()
  const link = page.locator('a[href*="/links/"]')
  await link.waitFor()
  return (await link.getAttribute('href')) as string
}

test('a session that ended leads from a pressed chip to the sign-in page, never into the table, and back (B7)', async () => {
  visitor = await visitAs(ada, desk)
  const { page, context } = visitor
  await page.goto('/?sort=bought')
  await context.clearCookies()
  await page.getByRole('link', { name: 'Not activated' }).click()
  await page.getByLabel('E-mail address / login').waitFor()
  expect(await page.locator('table').count()).toBe(0)
  expect(new URL(page.url()).searchParams.get('next')).toBe('/?sort=bought')
  await enter(context, ada.email, ada.orders[0])
  await page.goto('/')
  expect(await page.textContent('h1')).toBe('Licenses and support')
})
