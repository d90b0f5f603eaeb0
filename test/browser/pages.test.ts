import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type axe from 'axe-core'
import type { Page } from 'playwright-core'
import { afterEach, beforeAll, expect, test } from 'vitest'
import { idOf } from '#dev/world/ids.ts'
import { ada, contoso, demoPassword, fabrikam, litware } from '#dev/world/people.ts'
import { desk, enter, overflow, phone, type Visitor, visit } from '../support/browser.ts'
import { crawlAs, readers as crawlers, kindOf, routesOf } from '../support/crawl.ts'
import { openPortal } from '../support/portal.ts'

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

let visitor: Visitor
afterEach(() => visitor.leave())

/** A page in a state: its address, and what is done there before it is looked at. */
type State = readonly [path: string, act?: (page: Page) => Promise<unknown>]

const press = (name: string) => (page: Page) => page.getByRole('button', { name }).click()
const openFirst = async (page: Page) => {
  await page.locator('tbody a').first().click()
  await page.waitForURL('**/dev/mail/*')
}
const identified = async (page: Page) => {
  await page.getByLabel('E-mail address / login').fill('somebody@example.com')
  await press('Continue')(page)
  await page.locator('#proof').waitFor()
}
const license = (id: string) => `/licenses/${id}`

const strangers: Record<string, State> = {
  'the first step of sign-in': ['/sign-in'],
  'the first step with an error': [
    '/sign-in',
    async (page) => {
      await press('Continue')(page)
      await page.locator('#error-summary').waitFor()
    },
  ],
  'the second step of sign-in': ['/sign-in', identified],
  'the second step with an error': [
    '/sign-in',
    async (page) => {
      await identified(page)
      await press('Login')(page)
      await page.locator('#error-summary').waitFor()
    },
  ],
  'a link that does not work': ['/links/nothing.here'],
  'the reference of the API': ['/documentation/api'],
  'the mailbox of development': ['/dev/mail'],
}

const adas: Record<string, State> = {
  home: ['/'],
  'home with the support tab': ['/?tab=support'],
  'home filtered': ['/?support=missing'],
  'home filtered to nothing': ['/?only=trial&q=nothing'],
  'home with an open comment': [
    '/',
    async (page) => {
      await page
        .getByRole('link', { name: /^Edit comment/ })
        .first()
        .click()
      await page.locator('textarea').waitFor()
    },
  ],
  'a filter that does not exist': ['/?sort=price'],
  'a page that does not exist': ['/nowhere'],
  'a license': [license(ada.licenses.frontDesk)],
  'a license without support': [license(ada.licenses.unsupported)],
  'a comment': [`${license(ada.licenses.spare)}/comment`],
  'a comment with an error': [
    `${license(ada.licenses.spare)}/comment`,
    async (page) => {
      await page.locator('#comment').fill('x'.repeat(501))
      await press('Save')(page)
      await page.locator('#error-summary').waitFor()
    },
  ],
  orders: ['/orders'],
  'orders filtered to nothing': ['/orders?q=nothing'],
  'an order': [`/orders/${ada.orders[1]}`],
  'an upgrade': [`${license(ada.licenses.frontDesk)}/upgrades/new`],
  'an upgrade with an error': [
    `${license(ada.licenses.frontDesk)}/upgrades/new?edition=pro`,
    async (page) => {
      await page.locator('#size').selectOption('5')
      await press('Buy')(page)
      await page.locator('#error-summary').waitFor()
    },
  ],
  'a quote': [
    `${license(ada.licenses.frontDesk)}/upgrades/new`,
    async (page) => {
      await press('Buy')(page)
      await page.waitForURL('**/quotes/*')
    },
  ],
  quotes: ['/quotes'],
  'the catalog': ['/catalog'],
  'an empty cart': ['/cart'],
  'the catalog with an error': [
    '/catalog',
    async (page) => {
      await page.getByLabel('licenses of Remote Access Pro, 10 users').fill('0')
      await press('Add to cart Remote Access Pro, 10 users')(page)
      await page.locator('#error-summary').waitFor()
    },
  ],
  'a cart': [
    '/catalog',
    async (page) => {
      await page.getByRole('button', { name: /^(Add to cart|Change) Remote Support/ }).click()
      await page.locator('#cost').waitFor()
    },
  ],
  subscriptions: ['/subscriptions'],
  'all support to renew': ['/support/renewals/new'],
  events: ['/events'],
  'events filtered to nothing': ['/events?to=2001-01-01'],
  documentation: ['/documentation'],
  'a copied key': [
    '/',
    async (page) => {
      await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
      await press('Copy the activation key')(page)
      await page.getByText('Copied.').waitFor()
    },
  ],
}

const contosos: Record<string, State> = {
  'a full list': ['/'],
  'a page in the middle': ['/?sort=support', (page) => page.getByRole('link', { name: 'Next' }).click()],
  'a license with a long history': [license(idOf('license', 'contoso-024'))],
  'a full trail': ['/events'],
}

const letters: Record<string, State> = {
  'a letter': ['/dev/mail', openFirst],
}
const empty: Record<string, State> = { 'no licenses': ['/'], 'no orders': ['/orders'] }
const limited: Record<string, State> = { 'what the role forbids': ['/orders'], 'what it allows': ['/'] }

const readers: [string, Record<string, State>, (readonly [string, string])?][] = [
  ['strangers', strangers],
  ['a customer', adas, [ada.email, ada.orders[0]]],
  ['a customer with much', contosos, [contoso.email, contoso.orders[0]]],
  ['a developer', letters],
  ['a reseller with nothing yet', empty, [litware.login, demoPassword]],
  ['a role that may do little', limited, [fabrikam.logins.servers.email, demoPassword]],
]

const looks = [
  { ...desk, colorScheme: 'light' },
  { ...phone, colorScheme: 'dark' },
] as const

test.each(looks.flatMap((look) => readers.map(([who, states, as]) => ({ ...look, who, states, as }))))(
  'pages for $who, $colorScheme at $width px: nothing against axe, nothing wider than the screen',
  async ({ states, as, colorScheme, ...way }) => {
    visitor = await visit(way, { colorScheme })
    if (as) await enter(visitor.context, ...as)
    expect(await faultsOf(states, way.width)).toEqual([])
  },
)

/** One page of every route that sellers come to by links. The demo world is the same here as in the running portal. */
const sold: [string, Record<string, State>, readonly [string, string]][] = []
beforeAll(async () => {
  const portal = await openPortal()
  const routes = new Set<string>()
  for (const reader of crawlers.filter(({ who }) => /Northwind|vendor/.test(who))) {
    const states: Record<string, State> = {}
    await crawlAs(portal, reader, ({ status, headers }, path) => {
      const { route } = kindOf(routesOf(portal), path)
      if (status !== 200 || !headers.get('content-type')?.includes('html') || routes.has(route)) return
      routes.add(route)
      states[route] = [path]
    })
    sold.push([reader.who, states, [reader.identifier, reader.proof]])
  }
})

test.each(looks)(
  'every page that partners and the vendor come to, $colorScheme at $width px: nothing against axe, nothing wider than the screen',
  async ({ colorScheme, ...way }) => {
    visitor = await visit(way, { colorScheme })
    for (const [who, states, as] of sold) {
      await visitor.context.clearCookies()
      await enter(visitor.context, ...as)
      expect([who, await faultsOf(states, way.width)]).toEqual([who, []])
    }
    expect(sold.flatMap(([, states]) => Object.keys(states)).length).toBeGreaterThan(15)
  },
  300_000,
)

async function faultsOf(states: Record<string, State>, width: number): Promise<string[]> {
  const { page } = visitor
  const wrong: string[] = []
  for (const [name, [path, act]] of Object.entries(states)) {
    await page.goto(path)
    await act?.(page)
    const found = [...(await violations(page)), ...(await tooWide(page, width))]
    wrong.push(...found.map((one) => `${name}: ${one}`))
  }
  return wrong
}

/** A phone's pages fit 320 px too: that is a desk's window at a zoom of 400 %. */
async function tooWide(page: Page, width: number): Promise<string[]> {
  const found: string[] = []
  for (const one of width < 400 ? [320, width] : [width]) {
    await page.setViewportSize({ width: one, height: 800 })
    const wider = await overflow(page)
    if (wider > 0) found.push(`${wider} px wider than a screen of ${one} px`)
  }
  return found
}

async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axeSource)
  const { violations } = (await page.evaluate(() =>
    (globalThis as unknown as { axe: typeof axe }).axe.run({ resultTypes: ['violations'] } as never),
  )) as axe.AxeResults
  return violations.flatMap((rule) => rule.nodes.map((node) => `${rule.id} at ${node.target.join(' ')}`))
}

test('a first view asks for the page and its one script, and is read and used before that comes (B1 B3)', async () => {
  visitor = await visit(desk, { userAgent: 'first view' })
  const { page, context } = visitor
  await enter(context, contoso.email, contoso.orders[0])
  const asked: string[] = []
  context.on('request', (request) => void asked.push(request.resourceType()))
  let arrive = () => {}
  const script = new Promise<void>((done) => {
    arrive = done
  })
  await context.route('**/*.js', async (route) => {
    await script
    await route.continue()
  })
  await page.goto('/', { waitUntil: 'commit' })
  await page.locator('#list tbody tr').nth(19).waitFor()
  expect(await page.locator('.rail').evaluate((rail) => getComputedStyle(rail).backgroundColor)).toBe('rgb(20, 28, 40)')
  arrive()
  await page.waitForLoadState('load')
  expect(asked).toEqual(['document', 'script'])
  await page.getByRole('link', { name: 'Orders', exact: true }).click()
  await page.waitForURL('**/orders')
  await page.getByRole('link', { name: 'Total' }).click()
  await page.waitForURL('**/orders?sort=-total')
  expect(asked.slice(2)).toEqual(['fetch', 'fetch'])
})

test('dark and light differ as the reader asks; print leaves out the rail and every control', async () => {
  visitor = await visit(desk)
  const { page, context } = visitor
  await enter(context, ada.email, ada.orders[0])
  await page.goto('/')
  const ground = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor)
  await page.emulateMedia({ colorScheme: 'light' })
  const light = await ground()
  await page.emulateMedia({ colorScheme: 'dark' })
  expect([light, await ground()]).toEqual(['rgb(244, 246, 248)', 'rgb(15, 21, 29)'])
  await page.emulateMedia({ media: 'print' })
  for (const gone of ['.rail', '.bar', '[role=search]', '.chips', '.tabs', 'button', '.act']) {
    expect([gone, await page.locator(gone).first().isVisible()]).toEqual([gone, false])
  }
  expect(await page.locator('#list table').isVisible()).toBe(true)
  // A sheet of A4 is 718 px wide between its margins: still a table with heads, and all of it.
  await page.setViewportSize({ width: 718, height: 1000 })
  expect(await overflow(page)).toBe(0)
  const head = await page.locator('#list thead th').last().boundingBox()
  expect(head?.x).toBeGreaterThan(500)
})
