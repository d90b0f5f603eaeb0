import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { demoPassword, fabrikam } from '#dev/world/people.ts'
import { type Visitor, visitAs } from '../support/browser.ts'
import { type ServedPortal, serveShop } from '../support/served-portal.ts'

let portal: ServedPortal
let visitor: Visitor
beforeAll(async () => {
  portal = await serveShop()
})
afterAll(() => portal.close())
afterEach(async () => {
  expect(visitor.faults).toEqual([])
  await visitor.leave()
})

/** Somebody with a password, as the one who signs in with it. */
const signedIn = (email: string) => ({ email, orders: [demoPassword] }) as const

const balance = async () => {
  const [row] = await portal.db.rows('select balance_minor as n from balances where account_id = ?', fabrikam.accountId)
  return Number(row?.n)
}

test.each([
  { js: true, width: 1280 as const },
  { js: false, width: 360 as const },
])('the balance is topped up through the shop (R233), JavaScript $js', async ({ js, width }) => {
  const before = await balance()
  visitor = await visitAs(signedIn(fabrikam.logins.billing.email), { js, width }, { baseURL: portal.origin })
  const { page } = visitor
  await page.goto('/billing')
  await page.getByLabel('Amount in EUR').fill('5')
  await page.getByRole('button', { name: 'Top up' }).click()
  await page.getByRole('heading', { name: 'There is a problem' }).waitFor()
  expect(await page.getByLabel('Amount in EUR').inputValue()).toBe('5')
  await page.getByLabel('Amount in EUR').fill('75.50')
  await page.getByRole('button', { name: 'Top up' }).click()
  await page.getByRole('button', { name: 'Buy for EUR 75.50' }).click()
  await page.getByRole('button', { name: 'Pay EUR 75.50' }).click()
  await page.getByRole('heading', { name: 'Paid' }).waitFor()
  await page.getByRole('link', { name: 'See your balance' }).click()
  await page.getByText('+EUR 75.50').first().waitFor()
  expect(await balance()).toBe(before + 7550)
})

test.each([
  { js: true, width: 360 as const, card: 'Visa ending 4242', left: 'Mastercard' },
  { js: false, width: 1280 as const, card: 'American Express ending 0005', left: 'American Express' },
])(
  'a card is added at the provider and another removed; funds are added by themselves (R236 R237), JavaScript $js',
  async ({ js, width, card, left }) => {
    visitor = await visitAs(signedIn(fabrikam.logins.full.email), { js, width }, { baseURL: portal.origin })
    const { page } = visitor
    await page.goto('/billing/payment-methods')
    await page.getByRole('button', { name: 'Add a payment method' }).click()
    await page.getByLabel(card).check()
    await page.getByRole('button', { name: 'Add the card' }).click()
    await page.getByText('Payment method added.').waitFor()
    await page
      .getByRole('link', { name: `Remove ${left}` })
      .first()
      .click()
    await page.getByRole('button', { name: 'Remove', exact: true }).click()
    await page.getByText('Payment method removed').waitFor()
    await page.getByRole('navigation', { name: 'Billing' }).getByRole('link', { name: 'Autopayment' }).click()
    await page.getByLabel('Auto add funds').check()
    await page.getByLabel('Your amount in EUR').fill('400')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Saved.').waitFor()
    expect(await page.getByLabel('Your amount in EUR').inputValue()).toBe('400.00')
  },
)
