import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { ada } from '#dev/world/people.ts'
import { fastspringCheckout } from '#src/gateways/checkout/fastspring.ts'
import { desk, type Visitor, visit, ways } from '../support/browser.ts'
import { playFastspring } from '../support/fastspring-stand-in.ts'
import { quoteOf } from '../support/quotes.ts'
import { type ServedPortal, servePortal, serveShop } from '../support/served-portal.ts'
import { eventOf, orderOf, postEvents } from '../support/shop.ts'

let portal: ServedPortal
let visitor: Visitor
afterEach(() => visitor.leave())

/** A browser in which Ada is signed in at the portal of this file; requests to it are no fault. */
async function asAda(way: { js: boolean; width: 360 | 1280 }): Promise<Page> {
  visitor = await visit(way, { baseURL: portal.origin })
  const headers = { origin: portal.origin }
  await visitor.context.request.post('/sign-in', { headers, form: { identifier: ada.email } })
  await visitor.context.request.post('/sign-in/proof', { headers, form: { proof: ada.orders[0] }, maxRedirects: 0 })
  return visitor.page
}

/** What went wrong but for what was asked of the hosts that this file plays. */
const own = () => {
  const others = visitor.faults.filter(
    (fault) => !/^elsewhere: (http:\/\/localhost:|https:\/\/[\w.]*onfastspring\.com)/.test(fault),
  )
  visitor.faults.splice(0, visitor.faults.length, ...others)
}

/** Begins a checkout with a form, as the page of a quote does. */
async function begin(page: Page, quote: string): Promise<void> {
  const answer = await visitor.context.request.post(`/quotes/${quote}/checkouts`, {
    ...{ headers: { origin: portal.origin }, maxRedirects: 0 },
  })
  await page.goto(answer.headers().location ?? '')
}

describe('in the sandbox shop', () => {
  beforeAll(async () => {
    portal = await serveShop(async () => later)
  })
  afterAll(() => portal.close())
  let later: Promise<void> = Promise.resolve()

  describe.each(ways)('$name', (way) => {
    test('a quote is paid, declined first, and told of late (R79 R81)', async () => {
      const page = await asAda(way)
      let tell = () => {}
      later = new Promise((told) => {
        tell = told
      })
      await begin(
        page,
        await quoteOf(portal, [
          { kind: 'license-new', product: 'remote-access', edition: 'pro', size: 3, licenses: 1, supportYears: 1 },
        ]),
      )
      await page.getByText('What else may happen').click()
      await page.getByRole('button', { name: 'Decline the card' }).click()
      await page.getByRole('heading', { name: 'The payment was declined' }).waitFor()
      await page.getByRole('button', { name: 'Try again: pay EUR 60.00' }).click()
      await page.getByText('What else may happen').click()
      await page.getByRole('button', { name: 'Pay, and be told of it late' }).click()
      await page.getByRole('heading', { name: 'Waiting for the shop' }).waitFor()
      expect(await page.locator('main form').count()).toBe(0)
      tell()
      // With a script the page looks again by itself, and so it does without one; a link does at once.
      if (!way.js) await page.getByRole('link', { name: 'Look again' }).click()
      await page.getByRole('heading', { name: 'Paid' }).waitFor()
      await page.getByRole('link', { name: /^JWT\d{6}-\d{4}-\d{5}$/ }).waitFor()
      await page.getByText(ada.activationKey).waitFor()
      own()
    })
  })
})

describe('in FastSpring’s popup', () => {
  const store = 'acme.test.onfastspring.com'
  const reference = 'JWT260821-1001-10001'
  beforeAll(async () => {
    let sessions = 0
    portal = await servePortal(() => ({
      sandbox: null,
      checkout: fastspringCheckout(
        { storefront: `${store}/popup-portal`, username: 'user', password: 'password', product: 'portal-order' },
        async () => Response.json({ id: `SESSION-${++sessions}-of-the-shop` }),
      ),
    }))
  })
  afterAll(() => portal.close())
  const line = {
    kind: 'license-new',
    product: 'remote-access',
    edition: 'pro',
    size: 3,
    licenses: 1,
    supportYears: 1,
  } as const

  test('it opens by itself over the page, is closed and opened again, and paid; the page waits for the webhook (R79)', async () => {
    const page = await asAda(desk)
    const asked = await playFastspring(visitor.context, store, reference)
    const quote = await quoteOf(portal, [line])
    await begin(page, quote)
    const popup = page.frameLocator('#fsc-popup-frame')
    await popup.getByRole('button', { name: 'Close' }).click()
    await page.getByRole('heading', { name: 'Nothing was paid' }).waitFor()
    await page.getByRole('button', { name: 'Try again: pay EUR 60.00' }).click()
    await popup.getByRole('button', { name: 'Pay now' }).click()
    await page.getByRole('heading', { name: 'Waiting for the shop' }).waitFor()
    const order = orderOf(1, {
      reference,
      total: 60,
      tax: 0,
      tags: { quote, checkout: new URL(page.url()).pathname.split('/')[2] },
    })
    await postEvents(portal.deps, eventOf('evt-1', order))
    await page.getByRole('heading', { name: 'Paid' }).waitFor()
    expect(asked).toEqual(
      expect.arrayContaining([
        'https://sbl.onfastspring.com/sbl/1.0.9/fastspring-builder.min.js',
        'https://sbl.onfastspring.com/sbl/1.0.9/fastspring.css',
        'PUT /popup-portal/builder {"checkout":"SESSION-1-of-the-shop"}',
        'GET /popup-portal/session/SESSION-1-of-the-shop',
      ]),
    )
    own()
  })

  test('without JavaScript, and without the provider’s script, the store’s own page is gone to (R80)', async () => {
    for (const js of [false, true]) {
      const page = await asAda({ js, width: 1280 })
      await playFastspring(visitor.context, store, reference)
      if (js) await visitor.context.route('https://sbl.onfastspring.com/**', (route) => route.abort())
      // What a form is redirected to cannot be played; that the policy lets it go there can be seen.
      const gone = page.waitForEvent('request', (request) => request.url().startsWith(`https://${store}/session/`))
      await begin(page, await quoteOf(portal, [line]))
      if (!js) await page.getByRole('button', { name: 'Pay EUR 60.00' }).click()
      expect((await gone).url()).toMatch(/\/session\/SESSION-\d-of-the-shop$/)
      await page.goto('about:blank').catch(() => {})
      own()
      visitor.faults.splice(
        0,
        visitor.faults.length,
        ...visitor.faults.filter((fault) => !/ERR_FAILED|ERR_NAME/.test(fault)),
      )
      if (!js) await visitor.leave()
    }
  })
})
