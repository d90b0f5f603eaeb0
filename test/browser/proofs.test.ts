import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { demoPassword, fabrikam, litware, southridge, tailspin, wingtip } from '#dev/world/people.ts'
import { bothWays, enter, overflow, type Visitor, visit } from '../support/browser.ts'
import { type ServedPortal, servePortal } from '../support/served-portal.ts'
import { appWith } from '../support/two-factor.ts'

const minute = 60_000
const { full } = fabrikam.logins

let portal: ServedPortal
beforeAll(async () => {
  portal = await servePortal()
})
afterAll(() => portal.close())

let visitor: Visitor
afterEach(() => visitor.leave())

async function linkTo(email: string): Promise<string> {
  await portal.deps.settled()
  const letter = portal.deps.letters.findLast(({ to }) => to === email)
  return /\/links\/\w{3}_[\w.-]+/.exec(letter?.text ?? '')?.[0] ?? expect.fail(`no link to ${email}`)
}

/** Types the code of the app whose key the page shows; answers the app. */
async function switchOn(page: Page) {
  await page.getByText('Scan this with the app').waitFor()
  const app = appWith((await page.locator('form code').textContent()) ?? '', portal)
  await page.getByLabel('Code that the app shows').fill(app.code())
  await page.getByRole('button', { name: 'Switch two-factor on' }).click()
  await page.getByText('Two-factor is on').first().waitFor()
  return app
}

/** Signs in through the pages, up to what asks for the code. */
async function passwordOf(page: Page, identifier: string) {
  await page.goto('/sign-in')
  await page.locator('[name=identifier]').fill(identifier)
  await page.locator('main button.main').click()
  await page.locator('[name=proof]').fill(demoPassword)
  await page.locator('main button.main').click()
  await page.getByRole('heading', { name: 'Your code' }).waitFor()
}

describe.each(bothWays)('$name', (way) => {
  beforeEach(async () => {
    visitor = await visit(way, { baseURL: portal.origin })
  })
  const enterAs = (login: string, who = visitor) => enter(who.context, login, demoPassword, portal.origin)

  test('an e-mail is changed once both addresses followed their links (R250 R330)', async () => {
    const { page } = visitor
    const { email, login } = way.js ? tailspin : wingtip
    const wanted = `moved-${way.index}@example.net`
    await enterAs(login)
    await page.goto('/settings/email')
    await page.getByLabel('New e-mail').fill('nonsense')
    await page.getByRole('button', { name: 'Mail both links' }).click()
    await page.locator('#error-summary').waitFor()
    await page.getByLabel('New e-mail').fill(wanted)
    await page.getByRole('button', { name: 'Mail both links' }).click()
    await page.getByText('Two letters are on their way').first().waitFor()
    expect(await overflow(page)).toBe(0)
    for (const address of [wanted, email]) {
      await page.goto(await linkTo(address))
      expect(await overflow(page)).toBe(0)
      await page.locator('form:has([value="confirmed"]) button').click()
      await page
        .getByText(address === wanted ? 'You confirmed it' : 'The e-mail is changed')
        .first()
        .waitFor()
    }
    await page.goto('/settings/email')
    await page.locator('main b', { hasText: wanted }).waitFor()
  })

  test('an account that wants two-factor leads there; codes are made anew, and one signs in (R254 R330 A12)', async () => {
    const { page, context } = visitor
    const { login } = way.js ? southridge : litware
    await enterAs(login)
    await page.goto('/settings/two-factor')
    await page.getByLabel('Every login needs two-factor').check()
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('From now on every login of your account needs two-factor').first().waitFor()
    await page.goto('/events')
    await page.getByRole('heading', { name: 'Add a second factor' }).waitFor()
    expect(await overflow(page)).toBe(0)
    await switchOn(page)
    const first = await page.locator('pre').textContent()
    await page.getByRole('button', { name: 'Make new codes' }).click()
    await expect.poll(() => page.locator('pre').textContent()).not.toBe(first)
    expect(await overflow(page)).toBe(0)
    const [code = ''] = ((await page.locator('pre').textContent()) ?? '').split('\n')
    await context.clearCookies()
    await passwordOf(page, login)
    await page.locator('#code').fill((first ?? '').split('\n')[0] ?? '')
    await page.locator('main button.main').click()
    await page.locator('#code-error').waitFor()
    await page.locator('#code').fill(code)
    await page.locator('main button.main').click()
    await page.waitForURL(`${portal.origin}/`)
    await page.goto('/settings/two-factor')
    await page.getByText('9 of 10 are left').waitFor()
  })

  test('the master resets a second factor, its owner’s code stops that, and both see it (R261 R330)', async () => {
    const { loginId, email } = fabrikam.logins[way.js ? 'servers-licenses' : 'read-billing']
    const owner = await visit(way, { baseURL: portal.origin, permissions: [] })
    await enterAs(email, owner)
    await owner.page.goto('/settings/two-factor')
    const app = await switchOn(owner.page)
    const { page } = visitor
    await enterAs(full.email)
    await page.goto(`/settings/logins/${loginId}`)
    await page.getByRole('link', { name: 'Reset it' }).click()
    await page.getByRole('button', { name: 'Reset' }).click()
    await page.getByText('It goes off at').waitFor()
    expect(await overflow(page)).toBe(0)
    const row = page.getByRole('row').filter({ hasText: email })
    await page.goto('/settings/logins')
    await row.getByText('being reset').waitFor()
    expect(await overflow(page)).toBe(0)
    await owner.page.goto('/settings/two-factor')
    await owner.page.getByText('it was reset for you').waitFor()
    portal.deps.clock.forward(minute)
    await owner.context.clearCookies()
    await passwordOf(owner.page, email)
    await owner.page.locator('#code').fill(app.code())
    await owner.page.locator('main button.main').click()
    await owner.page.getByRole('heading', { name: 'Your code' }).waitFor({ state: 'detached' })
    await page.goto('/settings/logins')
    await row.getByText('On', { exact: true }).waitFor()
    expect(await row.getByText('being reset').count()).toBe(0)
    await owner.leave()
  })

  test('an API key is rotated: the new one works at once, the old one for the hours that were chosen (R251 R330)', async () => {
    const { page } = visitor
    const statusOf = async (key: string) =>
      (await fetch(`${portal.origin}/api/v1/licenses`, { headers: { authorization: `Bearer ${key}` } })).status
    await enterAs(full.email)
    await page.goto('/settings/api-keys/new')
    await page.getByLabel('Name').fill(`Turning ${way.index}`)
    await page.getByRole('button', { name: 'Make the key' }).click()
    const keyShown = async () => (await page.locator('code.key').textContent()) ?? ''
    const old = await keyShown()
    await page.goto('/settings/api-keys')
    await page
      .getByRole('link', { name: `Turning ${way.index}` })
      .first()
      .click()
    await page.getByLabel('This key works yet').selectOption('24')
    await page.getByRole('button', { name: 'Make a new key' }).click()
    await expect.poll(keyShown).not.toBe(old)
    expect(await overflow(page)).toBe(0)
    const key = await keyShown()
    expect([await statusOf(old), await statusOf(key)]).toEqual([200, 200])
    portal.deps.clock.forward(24 * 60 * minute + 1)
    expect([await statusOf(old), await statusOf(key)]).toEqual([401, 200])
  })

  test('an invitation is mailed again, by another link, and withdrawn, after which none opens (R262 R330)', async () => {
    const { page } = visitor
    const email = `again-${way.index}@fabrikam.example`
    await enterAs(full.email)
    await page.goto('/settings/logins/new')
    await page.getByLabel('E-mail').fill(email)
    await page.getByRole('button', { name: 'Invite' }).click()
    await page.getByText('The invitation is on its way').first().waitFor()
    const first = await linkTo(email)
    const row = page.getByRole('row').filter({ hasText: email })
    await row.getByRole('button', { name: 'Mail again' }).click()
    await page.getByText('The invitation is on its way').first().waitFor()
    await expect.poll(() => linkTo(email)).not.toBe(first)
    const second = await linkTo(email)
    const statusOf = async (path: string) => (await fetch(portal.origin + path)).status
    expect([await statusOf(first), await statusOf(second)]).toEqual([400, 200])
    await page.goto('/settings/logins')
    expect(await overflow(page)).toBe(0)
    await row.getByRole('button', { name: 'Withdraw' }).click()
    await page.getByText('Invitation withdrawn').first().waitFor()
    expect(await row.count()).toBe(0)
    expect(await statusOf(second)).toBe(400)
  })
})
