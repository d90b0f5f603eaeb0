import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { ada, demoPassword, fabrikam } from '#dev/world/people.ts'
import { fastspringCheckout } from '#src/gateways/checkout/fastspring.ts'
import { desk, overflow, type Visitor, visitAs, ways } from '../support/browser.ts'
import { playFastspring } from '../support/fastspring-stand-in.ts'
import { type ServedPortal, servePortal, serveShop } from '../support/served-portal.ts'
import { eventOf, orderOf, postEvents } from '../support/shop.ts'

let portal: ServedPortal
let visitor: Visitor
afterEach(() => visitor.leave())

const asAda = async (way: { js: boolean; width: 360 | 1280 }): Promise<Page> => {
  visitor = await visitAs(ada, way, { baseURL: portal.origin })
  return visitor.page
}
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()
const total = (page: Page, amount: string) =>
  page.locator('#cost tr', { hasText: 'Total' }).getByText(amount, { exact: true }).waitFor()
const count = async (what: string) =>
  Number((await portal.db.rows(`select count(*) as n from ${what} and account_id = ?`, ada.accountId))[0]?.n)

/** Chooses two licenses and a subscription, takes that out again, and a year of support with each of the two. */
async function fillCart(page: Page, js: boolean): Promise<void> {
  await page.goto('/')
  await page.getByRole('link', { name: 'Purchase Licenses' }).click()
  await press(page, 'Add to cart Remote Support Standard, by the channel')
  await page.getByRole('heading', { name: 'Your cart' }).waitFor()
  await page.getByRole('link', { name: 'Add more' }).click()
  expect(await overflow(page)).toBe(0)
  await page.getByLabel('licenses of Remote Access Pro, 10 users').fill('1')
  await press(page, 'Add to cart Remote Access Pro, 10 users')
  await total(page, 'EUR 509.00')
  expect(await overflow(page)).toBe(0)
  await press(page, 'Remove Remote Support Standard, by the channel')
  await total(page, 'EUR 269.00')
  await page.getByLabel('licenses of Remote Access').fill('2')
  if (js) await total(page, 'EUR 538.00')
  await page.getByLabel('Support of Remote Access Pro, 10 users').selectOption('1')
  if (!js) await press(page, 'Show the total')
  await total(page, 'EUR 645.60')
}

/** Chooses that all supports end on one day, and says what that is to cost. */
async function renewAll(page: Page, js: boolean, day: string): Promise<string> {
  await page.goto('/')
  await page.getByRole('link', { name: 'Renew All Supports' }).click()
  await page.getByLabel('Or let all end on one day').fill(day)
  if (js) await page.getByLabel('Or let all end on one day').press('Tab')
  else await press(page, 'Show the total')
  await page.getByText(`to ${day}`).first().waitFor()
  const row = page.locator('#cost tr', { hasText: 'Total' })
  return /EUR \d+\.\d\d/.exec(await row.innerText())?.[0] ?? ''
}

describe('in the sandbox shop', () => {
  beforeAll(async () => {
    portal = await serveShop()
  })
  afterAll(() => portal.close())

  test.each(ways)(
    '$name: licenses are chosen, counted and paid, and are there with their support (R35 R330)',
    async (way) => {
      const before = await count("licenses where size = 10 and support_ends_on = '2027-08-20'")
      const page = await asAda(way)
      await fillCart(page, way.js)
      await press(page, 'Continue to the quote')
      await press(page, 'Buy for EUR 645.60')
      await press(page, 'Pay EUR 645.60')
      await page.getByRole('heading', { name: 'Paid' }).waitFor()
      await page.getByText(ada.activationKey).waitFor()
      expect(await count("licenses where size = 10 and support_ends_on = '2027-08-20'")).toBe(before + 2)
      await page.getByRole('link', { name: 'Cart', exact: true }).click()
      await page.getByText('Your cart is empty').waitFor()
    },
  )

  test.each(ways.filter(({ width }) => width === 360))(
    '$name: all supports are renewed to one day (R36 R83 R308)',
    async (way) => {
      const day = way.js ? '2028-12-31' : '2029-06-30'
      const page = await asAda(way)
      const due = await renewAll(page, way.js, day)
      await press(page, 'Buy')
      await press(page, `Buy for ${due}`)
      await press(page, `Pay ${due}`)
      await page.getByRole('heading', { name: 'Paid' }).waitFor()
      expect(await count(`licenses where kind = 'permanent' and support_ends_on <> '${day}'`)).toBe(0)
    },
  )
})

describe('in FastSpring’s popup', () => {
  const store = 'acme.test.onfastspring.com'
  let order = 0
  const asked: unknown[] = []
  beforeAll(async () => {
    portal = await servePortal(() => ({
      sandbox: null,
      checkout: fastspringCheckout(
        { storefront: `${store}/popup-portal`, username: 'user', password: 'password', product: 'portal-order' },
        async (_, init) => {
          asked.push(JSON.parse(String(init?.body)))
          return Response.json({ id: `SESSION-${asked.length}-of-the-shop` })
        },
      ),
    }))
  })
  afterAll(() => portal.close())

  /** Pays what the quote's page says in the popup, and lets the shop tell of it. */
  async function pay(page: Page, due: string): Promise<void> {
    const reference = `JWT260821-200${++order}-2000${order}`
    await playFastspring(visitor.context, store, reference)
    await press(page, `Buy for ${due}`)
    await page.frameLocator('#fsc-popup-frame').getByRole('button', { name: 'Pay now' }).click()
    await page.getByRole('heading', { name: 'Waiting for the shop' }).waitFor()
    const { tags } = asked.at(-1) as { tags: Record<string, string> }
    const amount = Number(due.slice(4))
    await postEvents(portal.deps, eventOf(`evt-${order}`, orderOf(order, { reference, total: amount, tax: 0, tags })))
    await page.getByRole('heading', { name: 'Paid' }).waitFor()
    await page.getByRole('link', { name: reference }).waitFor()
    const others = visitor.faults.filter((fault) => !/^elsewhere: https:\/\/[\w.]*onfastspring\.com/.test(fault))
    visitor.faults.splice(0, visitor.faults.length, ...others)
  }

  test('new licenses, an upgrade and a renewal are paid at exactly what was quoted (R35 R79 R81 R83)', async () => {
    const page = await asAda(desk)
    await fillCart(page, true)
    await press(page, 'Continue to the quote')
    await pay(page, 'EUR 645.60')
    expect(asked.at(-1)).toMatchObject({
      items: [{ product: 'portal-order', quantity: 1, pricing: { price: { EUR: 645.6 }, quantityBehavior: 'lock' } }],
    })
    expect(await count('licenses where size = 10')).toBe(2)

    await page.goto(`/licenses/${ada.licenses.frontDesk}/upgrades/new`)
    await page.getByText('10 users instead of 5').waitFor()
    const row = page.locator('#cost tr', { hasText: 'Total' })
    const upgrade = /EUR \d+\.\d\d/.exec(await row.innerText())?.[0] ?? ''
    await press(page, 'Buy')
    await pay(page, upgrade)
    expect(await count('licenses where size = 10')).toBe(3)

    const renewal = await renewAll(page, true, '2028-12-31')
    await press(page, 'Buy')
    await pay(page, renewal)
    expect(await count("licenses where support_ends_on = '2028-12-31'")).toBe(6)
  })

  test('the balance is topped up in it (R233)', async () => {
    const payer = { email: fabrikam.logins.billing.email, orders: [demoPassword] } as const
    visitor = await visitAs(payer, desk, { baseURL: portal.origin })
    const { page } = visitor
    const balance = async () =>
      (await portal.db.rows('select balance_minor as n from balances where account_id = ?', fabrikam.accountId))[0]?.n
    const before = Number(await balance())
    await page.goto('/billing')
    await page.getByLabel('Amount in EUR').fill('75.50')
    await press(page, 'Top up')
    await pay(page, 'EUR 75.50')
    expect(await balance()).toBe(before + 7550)
  })
})
