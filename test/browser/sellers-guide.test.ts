import type { Page } from 'playwright-core'
import { afterEach, describe, expect, test } from 'vitest'
import { demoPassword, northwind } from '#dev/world/people.ts'
import { type Visitor, visit, type Way } from '../support/browser.ts'

const visitors: Visitor[] = []
afterEach(async () => {
  for (const visitor of visitors.splice(0)) await visitor.leave()
})

const guideWays: readonly (Way & { name: string; slug: string })[] = [
  { js: true, width: 360, name: 'with JavaScript on a phone', slug: 'p' },
  { js: false, width: 1280, name: 'without JavaScript at a desk', slug: 'd' },
]

const offers = ['remote-access/essentials/3', 'remote-access/essentials/5'].flatMap((offer) => [
  offer,
  `${offer}/support`,
])

async function arrive(way: Way): Promise<Page> {
  const visitor = await visit(way)
  visitors.push(visitor)
  return visitor.page
}

/** Chapter 1: the login first; the password's field appears when it was typed. */
async function connect(page: Page, login: string, password: string) {
  await page.goto('/sign-in')
  expect(await page.locator('[type=password]').count()).toBe(0)
  await page.getByLabel('E-mail address / login').fill(login)
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Login' }).click()
}

const menu = (page: Page, name: string) => page.locator('nav.rail').getByRole('link', { name, exact: true }).click()
const main = (page: Page) => page.locator('main')

/** Chapter 2: a name and a key. */
async function createKey(page: Page, name: string, code?: string) {
  await page.locator('#name').fill(name)
  if (code) {
    await page.locator('#code').fill('not a key')
    await page.getByRole('button', { name: 'Add', exact: true }).last().click()
    await page.locator('#code-error').waitFor()
    await page.locator('#code').fill(code)
  } else {
    await page.getByRole('button', { name: 'Random' }).click()
    await expect.poll(() => page.locator('#code').inputValue()).toMatch(/^[0-9A-Z]{4}(-[0-9A-Z]{4}){3}$/)
  }
  await page.getByRole('button', { name: 'Add', exact: true }).last().click()
  await page.getByText('Activation key created.').waitFor()
}

type Choice = { edition: string; size: string; trial?: number; years?: string; email: string }

/** Chapter 3: a product of the key, trial or permanent, the credits, the form. */
async function assign(page: Page, choice: Choice) {
  await main(page).getByRole('link', { name: 'Remote Access' }).first().click()
  await page.locator('#edition').selectOption(choice.edition)
  await page.locator('#size').selectOption(choice.size)
  await page.locator('#supportYears').selectOption(choice.years ?? '0')
  if (choice.trial) {
    await page.getByLabel('Trial, free').check()
    await page.locator('#days').fill(String(choice.trial))
  }
  await page.locator('#email').fill(choice.email)
  await page.locator('#cost').waitFor()
  await page.getByRole('button', { name: 'Assign' }).click()
  await page.getByText('License assigned.').waitFor()
}

const licenseOf = async (page: Page, email: string) => {
  await page.goto(`/?q=${encodeURIComponent(email)}`)
  await main(page).locator('tbody th a').first().click()
  await main(page).getByText('Timeline').waitFor()
}

/** Chapter 4: a higher number of users, e-mail and comment, and away with what was never activated. */
async function upgrade(page: Page, email: string, size: string) {
  await page.goto(`/?q=${encodeURIComponent(email)}`)
  const opening = page.context().waitForEvent('page')
  await main(page)
    .getByRole('link', { name: /^Upgrade/ })
    .first()
    .click()
  const tab = await opening
  await tab.locator('#size').selectOption(size)
  await tab.getByRole('button', { name: 'Upgrade' }).click()
  await tab.locator('#notice p').waitFor()
  await tab.close()
}

async function editAndDelete(page: Page, email: string) {
  await page.goto(`/?q=${encodeURIComponent(email)}`)
  await main(page).getByRole('link', { name: /^Edit/ }).first().click()
  await page.locator('#comment').fill('Ground floor')
  await page.getByRole('button', { name: 'Save' }).click()
  await main(page).getByText('Ground floor').first().waitFor()
  await page.goto(`/?q=${encodeURIComponent(email)}`)
  await main(page)
    .getByRole('link', { name: /^Delete/ })
    .first()
    .click()
  await page.getByRole('button', { name: 'Delete license' }).click()
  await page.getByText('License deleted').first().waitFor()
}

/** Chapter 5: software, channels, customer. */
async function subscribe(page: Page, email: string, code: string) {
  await menu(page, 'Subscriptions')
  await page.getByRole('link', { name: 'Generate a subscription' }).click()
  await page.getByLabel('Software').selectOption('remote-support')
  await page.getByLabel('Channel').fill('3')
  await page.getByLabel('Customer’s e-mail').fill(email)
  await page.locator('#activationKey').selectOption({ value: code })
  await page.getByRole('button', { name: 'Submit' }).click()
  await page.getByText('Subscription generated.').waitFor()
  await main(page).getByText('3 sessions at the same time').waitFor()
}

describe.each(guideWays)('$name', (way) => {
  const { slug } = way
  const login = `guide-${slug}`
  const partnersCode = `GU1D-E000-000${slug.toUpperCase()}-PART`
  const resellersCode = `GU1D-E000-000${slug.toUpperCase()}-RESE`
  const own = 'a sentence of my own'
  let made = ''

  test('a partner goes through the guide from the first chapter to the last (R88 R89 R91–R98 R102–R110 R112–R116 R120–R122 R125 R127 R129–R134 R140–R150 R153–R156)', async () => {
    const page = await arrive(way)
    await connect(page, northwind.login, demoPassword)
    await page.getByRole('link', { name: 'Generate a License' }).click()
    await page.getByRole('link', { name: 'Create an activation key' }).click()
    await createKey(page, `Guide ${slug}`, partnersCode)
    const customer = `partner-${slug}@guide.example`
    await assign(page, { edition: 'pro', size: '5', years: '1', email: customer })
    await upgrade(page, customer, '10')
    await menu(page, 'Activation keys')
    await main(page)
      .getByRole('link', { name: `Guide ${slug}` })
      .first()
      .click()
    await assign(page, { edition: 'essentials', size: '3', trial: 14, email: `trial-${slug}@guide.example` })
    await editAndDelete(page, `trial-${slug}@guide.example`)

    await menu(page, 'Support')
    await page.locator('#from').fill('2000-01-01')
    await page.locator('#to').fill('2026-01-01')
    if (!way.js) await page.getByRole('button', { name: 'Search' }).click()
    await page.waitForURL(/to=2026-01-01/)
    await page.goto('/support?support=missing')
    await main(page)
      .getByRole('link', { name: /^Extend/ })
      .first()
      .click()
    await page.getByText('expired support starts again today').waitFor()
    await page.locator('main form button.main').click()
    await page.locator('#notice p').waitFor()

    await subscribe(page, customer, partnersCode)

    await menu(page, 'Resellers')
    await page.getByRole('link', { name: 'Add a new reseller' }).click()
    await page.locator('#login').fill(login)
    await page.locator('#email').fill(`${login}@guide.example`)
    await page.getByRole('button', { name: 'Random' }).click()
    await expect.poll(() => page.locator('#password').inputValue()).toMatch(/^[a-z0-9]{5}(-[a-z0-9]{5}){3}$/)
    made = await page.locator('#password').inputValue()
    expect(await page.locator('#login').inputValue()).toBe(login)
    for (const product of ['Remote Access', 'Remote Support']) await page.getByLabel(product, { exact: true }).check()
    await page.getByRole('button', { name: 'Add', exact: true }).last().click()
    await page.getByText('Account created.').waitFor()
    expect(await main(page).textContent()).toContain(made)
    for (const [i, offer] of offers.entries()) {
      await page.locator('#offer').selectOption(offer)
      await page.locator('#quantity').fill('2')
      await page.getByRole('button', { name: 'Give credits' }).click()
      await page.getByText('Credits given.').waitFor()
      expect(new URL(page.url()).pathname).toBe('/resellers')
      if (i < offers.length - 1) await page.getByLabel(`Give credits to ${login}`).click()
    }
    await page.getByLabel(`Edit ${login}`).click()
    await page.getByRole('heading', { level: 1, name: login }).waitFor()
    await menu(page, 'Documentation')
    await page.getByRole('heading', { level: 1, name: 'Documentation' }).waitFor()
    expect(await page.locator('a[download]').getAttribute('href')).toBe('/documentation/reseller-guide')
    await page.goto('/documentation/reseller-guide')
    await page.getByRole('heading', { name: 'Guide for resellers' }).waitFor()
  })

  test('the reseller whom the partner made goes through theirs (R87–R92 R93–R99 R102–R111 R112–R118 R120 R125 R126 R129–R134 R137 R138 R142)', async () => {
    const page = await arrive(way)
    await connect(page, login, made)
    await page.getByRole('heading', { name: 'Choose a password of your own' }).waitFor()
    await page.locator('#current').fill(made)
    await page.locator('#password').fill(own)
    await page.getByRole('button', { name: 'Change password' }).click()
    await page.getByText('You have no licenses yet').waitFor()
    await page.getByRole('link', { name: 'Generate a License' }).click()
    await createKey(page, `Shop ${slug}`, resellersCode)
    expect(await main(page).getByRole('link', { name: 'Advanced Security' }).count()).toBe(0)
    const customer = `shop-${slug}@guide.example`
    await assign(page, { edition: 'essentials', size: '3', years: '1', email: customer })
    await upgrade(page, customer, '5')
    await menu(page, 'Activation keys')
    await main(page)
      .getByRole('link', { name: `Shop ${slug}` })
      .first()
      .click()
    await assign(page, { edition: 'essentials', size: '3', email: `second-${slug}@guide.example` })
    await editAndDelete(page, `second-${slug}@guide.example`)

    await menu(page, 'Activation keys')
    await main(page)
      .getByRole('link', { name: `Shop ${slug}` })
      .first()
      .click()
    await main(page).getByRole('link', { name: 'Remote Access' }).first().click()
    await page.locator('#edition').selectOption('pro')
    await page.locator('#email').fill('nobody@guide.example')
    await page.getByRole('button', { name: 'Assign' }).click()
    await page.locator('#error-summary').waitFor()
    expect(await page.locator('#error-summary').textContent()).toContain('credit')

    await menu(page, 'Support')
    await main(page).getByText(customer).first().waitFor()
    await licenseOf(page, customer)
    await subscribe(page, customer, resellersCode)
    await menu(page, 'Credits')
    await page.getByRole('heading', { name: 'Credits' }).first().waitFor()
  })
})
