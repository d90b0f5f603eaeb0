import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { contoso, demoPassword, grace, northwind } from '#dev/world/people.ts'
import { bothWays, enter, overflow, type Visitor, visit } from '../support/browser.ts'
import { type ServedPortal, servePortal } from '../support/served-portal.ts'
import { appWith } from '../support/two-factor.ts'

const minute = 60_000
const password = 'four words make sense'
const other = 'another river at noon'

let portal: ServedPortal
beforeAll(async () => {
  portal = await servePortal()
})
afterAll(() => portal.close())

let visitor: Visitor
beforeEach(() => portal.deps.clock.forward(20 * minute))
afterEach(() => visitor.leave())

/** The link of the newest letter to an address. */
async function linkTo(address: string): Promise<string> {
  await portal.deps.settled()
  const letter = portal.deps.letters.findLast(({ to }) => to === address)
  return /https?:\S+\/links\/\S+/.exec(letter?.text ?? '')?.[0] ?? expect.fail(`no link was mailed to ${address}`)
}

/** Goes through both steps of sign-in, as the pages show them. */
async function signIn(page: Page, identifier: string, proof: string) {
  await page.goto(`${portal.origin}/sign-in`)
  await page.getByLabel('E-mail address / login').fill(identifier)
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.locator('#proof').fill(proof)
  await page.getByRole('button', { name: 'Login' }).click()
}

describe.each(bothWays)('$name', (way) => {
  beforeEach(async () => {
    visitor = await visit(way, { baseURL: portal.origin })
  })

  test('somebody registers, is told what is wrong, confirms by the mailed link and signs in (R159 R160 R330)', async () => {
    const { page } = visitor
    const email = `lin-${way.index}@new-labs.example`
    await page.goto('/sign-in')
    await page.getByRole('link', { name: 'Register' }).click()
    await page.getByLabel('E-mail address').fill(email)
    await page.getByLabel('First name').fill('Lin')
    await page.getByLabel('Company').fill('New Labs')
    await page.getByRole('button', { name: 'Register' }).click()
    await page.locator('#error-summary').waitFor()
    expect(await page.getByLabel('Company').inputValue()).toBe('New Labs')
    expect(await overflow(page)).toBe(0)
    await page.getByLabel('Last name').fill('Chen')
    await page.getByLabel('Country').selectOption('FR')
    await page.getByRole('button', { name: 'Register' }).click()
    await page.getByText('A letter with a link is on its way').waitFor()
    const link = await linkTo(email)
    await page.goto(link)
    await page.getByText('It opens the account that is made for you now').waitFor()
    expect(await overflow(page)).toBe(0)
    await page.getByLabel('Password', { exact: true }).fill('password')
    await page.getByRole('button', { name: 'Make my account' }).click()
    await page.locator('#error-summary').waitFor()
    await page.getByLabel('Password', { exact: true }).fill(password)
    if (way.js) {
      await page.getByRole('button', { name: 'Show' }).click()
      expect(await page.getByLabel('Password', { exact: true }).getAttribute('type')).toBe('text')
    }
    await page.getByRole('button', { name: 'Make my account' }).click()
    await page.getByText('Your password is set').waitFor()
    await signIn(page, email, password)
    await page.getByText('New Labs').first().waitFor()
    await page.goto(link)
    expect(await page.textContent('h1')).toBe('This link does not work')
  })

  test('a customer of the shop adds a password; it opens the account, and the order number still does (R330, Decision 2)', async () => {
    const { page, context } = visitor
    const who = way.js ? contoso : grace
    await signIn(page, who.email, who.orders[0])
    await page.getByRole('link', { name: 'Add a password' }).first().click()
    await page.getByRole('button', { name: 'Mail me the link' }).click()
    await page.getByRole('status').filter({ hasText: 'on its way' }).waitFor()
    await page.goto(await linkTo(who.email))
    await page.getByText('with all its orders and licenses').waitFor()
    expect(await overflow(page)).toBe(0)
    await page.getByLabel('Password', { exact: true }).fill(password)
    await page.getByRole('button', { name: 'Add the password' }).click()
    await page.getByText('Your password is set').waitFor()
    for (const proof of [password, who.orders[0]]) {
      await context.clearCookies()
      await signIn(page, who.email, proof)
      await page.getByRole('heading', { level: 1, name: 'Licenses and support' }).waitFor()
    }
  })

  test('a forgotten password is set by the mailed link, which opens nothing again (R333 R330 A15)', async () => {
    const { page } = visitor
    await page.goto('/sign-in')
    await page.getByLabel('E-mail address / login').fill(northwind.login)
    await page.getByRole('button', { name: 'Continue' }).click()
    await page.getByRole('link', { name: 'Forgot your password?' }).click()
    expect(await page.getByLabel('E-mail address / login').inputValue()).toBe(northwind.login)
    await page.getByRole('button', { name: 'Mail me a link' }).click()
    await page.getByText('a link to set the password is on its way').waitFor()
    const link = await linkTo(northwind.email)
    await page.goto(link)
    expect(await overflow(page)).toBe(0)
    await page.getByLabel('New password', { exact: true }).fill('short')
    await page.getByRole('button', { name: 'Set password' }).click()
    await page.locator('#error-summary').waitFor()
    await page.getByLabel('New password', { exact: true }).fill(other)
    await page.getByRole('button', { name: 'Set password' }).click()
    await page.getByText('Password set. Sign in with it.').waitFor()
    await signIn(page, northwind.login, demoPassword)
    await page.locator('#error-summary').waitFor()
    await signIn(page, northwind.login, other)
    await page.getByText(northwind.person).first().waitFor()
    await page.goto(link)
    expect(await page.textContent('h1')).toBe('This link does not work')
    await page.goto('/settings/password')
    await page.getByLabel('Current password', { exact: true }).fill(other)
    await page.getByLabel('New password', { exact: true }).fill(demoPassword)
    await page.getByRole('button', { name: 'Change password' }).click()
    await page.getByText('Password changed.').waitFor()
  })

  test('two-factor is set up from the key that is shown, asked at sign-in, passed by a recovery code too, and switched off (R254 R330 A12)', async () => {
    const { page, context } = visitor
    await enter(context, northwind.login, demoPassword, portal.origin)
    await page.goto('/settings/two-factor')
    await page.getByRole('img', { name: /QR code/ }).waitFor()
    expect(await overflow(page)).toBe(0)
    const code = page.locator('#code')
    await code.fill('000000')
    await page.getByRole('button', { name: 'Switch two-factor on' }).click()
    await page.locator('#error-summary').waitFor()
    const app = appWith((await page.locator('form code').textContent()) ?? '', portal)
    await code.fill(app.code())
    await page.getByRole('button', { name: 'Switch two-factor on' }).click()
    await page.getByRole('heading', { name: 'Two-factor is on' }).waitFor()
    expect(await overflow(page)).toBe(0)
    const codes = ((await page.locator('pre').textContent()) ?? '').split('\n')
    expect(codes).toHaveLength(10)
    await page.goto('/settings/two-factor')
    expect(await page.content()).not.toContain(codes[0])

    portal.deps.clock.forward(minute)
    for (const [wrong, right] of [
      ['000000', app.code()],
      [app.code(), codes[0] as string],
    ]) {
      await context.clearCookies()
      await signIn(page, northwind.login, demoPassword)
      await page.getByRole('heading', { name: 'Your code' }).waitFor()
      expect(await overflow(page)).toBe(0)
      await code.fill(wrong as string)
      await page.getByRole('button', { name: 'Login' }).click()
      await page.locator('#error-summary').waitFor()
      await code.fill(right as string)
      await page.getByRole('button', { name: 'Login' }).click()
      await page.getByText(northwind.person).first().waitFor()
    }

    await page.goto('/settings/two-factor')
    await page.getByText('9 of 10 are left').waitFor()
    portal.deps.clock.forward(16 * minute)
    await page.getByRole('button', { name: 'Switch off' }).click()
    await page.getByRole('heading', { name: 'Is it you?' }).waitFor()
    await page.locator('#again').fill('wrong password')
    await page.getByRole('button', { name: 'Go on' }).click()
    await page.locator('#error-summary').waitFor()
    await page.locator('#again').fill(demoPassword)
    await page.getByRole('button', { name: 'Go on' }).click()
    await page.getByText('Two-factor is off').first().waitFor()
    await context.clearCookies()
    await signIn(page, northwind.login, demoPassword)
    await page.getByText(northwind.person).first().waitFor()
  })
})
