import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { fastspringCheckout } from '#src/gateways/checkout/fastspring.ts'
import { noCheckout, ShopUnavailable, type WantedSession } from '#src/gateways/checkout.ts'

let server: Server | undefined

afterEach(() => {
  server?.closeAllConnections()
  server?.close()
})

const settings = {
  storefront: 'acme.test.onfastspring.com/popup-portal',
  username: 'user',
  password: 'pass:word',
  product: 'portal-order',
  timeoutMs: 500,
}

/** FastSpring's API as told, and a checkout that asks it. */
async function shopThat(answers: RequestListener, changes: Partial<typeof settings> = {}) {
  server = createServer(answers)
  await new Promise<void>((listening) => server?.listen(0, '127.0.0.1', listening))
  const { port } = server.address() as AddressInfo
  return fastspringCheckout({ ...settings, ...changes, apiUrl: `http://127.0.0.1:${port}` })
}

async function bodyOf(request: IncomingMessage) {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  return JSON.parse(Buffer.concat(chunks).toString())
}

const now = new Date('2026-08-21T09:30:00Z')
const wanted: WantedSession = {
  tags: { quote: 'quo_1', checkout: 'chk_1', account: 'acc_1' },
  payer: { email: 'ada@example.com', name: 'Ada King Lovelace', country: 'GB', providerAccountId: null },
  currency: 'EUR',
  lines: [
    { path: 'pro-10', text: 'Remote Access Pro', dueMinor: 12_000 },
    { path: null, text: 'Three workstations', dueMinor: 46_072 },
    { path: null, text: 'A year of support', dueMinor: 1 },
  ],
  validUntil: new Date('2026-08-24T09:30:00Z'),
}

test('a session is made on the server: Basic auth, locked prices, tags, contact, country and an end', async () => {
  const seen: unknown[] = []
  const shop = await shopThat(async (request, response) => {
    seen.push(request.method, request.url, request.headers.authorization, await bodyOf(request))
    response.end('{"id":"S_abc-123","currency":"EUR","expires":1787500000000,"subtotal":580.73}')
  })
  expect(await shop.open(wanted, now)).toEqual({
    id: 'S_abc-123',
    url: 'https://acme.test.onfastspring.com/session/S_abc-123',
    expiresAt: new Date(1_787_500_000_000),
  })
  expect(seen).toEqual([
    'POST',
    '/sessions',
    `Basic ${Buffer.from('user:pass:word').toString('base64')}`,
    {
      contact: { email: 'ada@example.com', first: 'Ada', last: 'King Lovelace', country: 'GB' },
      country: 'GB',
      items: [
        { product: 'pro-10', quantity: 1, pricing: { price: { EUR: 120 }, quantityBehavior: 'lock' } },
        // A product stands in a session once ("Item exists").
        { product: 'portal-order', quantity: 1, pricing: { price: { EUR: 460.73 }, quantityBehavior: 'lock' } },
      ],
      tags: { quote: 'quo_1', checkout: 'chk_1', account: 'acc_1' },
      expiration: 3,
    },
  ])
})

test('a known customer is named by the account of theirs; a currency without decimals stays whole', async () => {
  let body: Record<string, unknown> = {}
  const shop = await shopThat(async (request, response) => {
    body = await bodyOf(request)
    response.end('{"id":"S1"}')
  })
  const payer = { ...wanted.payer, country: null, providerAccountId: 'fs-account-1' }
  const lines = [{ path: null, text: 'A license', dueMinor: 1200 }]
  const far = new Date('2027-01-01T00:00:00Z')
  const session = await shop.open({ ...wanted, payer, lines, currency: 'JPY', validUntil: far }, now)
  expect(body).toMatchObject({ account: 'fs-account-1', items: [{ pricing: { price: { JPY: 1200 } } }], expiration: 7 })
  expect(body).not.toHaveProperty('contact')
  expect(session.expiresAt).toEqual(new Date('2026-08-28T09:30:00Z'))
})

test.each([
  [
    'a refusal',
    (_: IncomingMessage, response) => void response.writeHead(400).end('{"error":{"items":"Item exists"}}'),
  ],
  ['an answer that is no session', (_: IncomingMessage, response) => void response.end('<html>')],
  ['a session with an id that is none', (_: IncomingMessage, response) => void response.end('{"id":"a/../b"}')],
  ['silence', () => {}],
] as [string, RequestListener][])('%s is a shop that is not available, never half a session', async (_, answers) => {
  const shop = await shopThat(answers)
  await expect(shop.open(wanted, now)).rejects.toBeInstanceOf(ShopUnavailable)
})

test('a popup storefront opens popups and lets its origins in; any other is a page to go to', async () => {
  const popup = fastspringCheckout(settings)
  expect(popup.popup).toEqual({
    scriptUrl: 'https://sbl.onfastspring.com/sbl/1.0.9/fastspring-builder.min.js',
    storefront: 'acme.test.onfastspring.com/popup-portal',
  })
  expect(popup.origins).toEqual(['https://acme.test.onfastspring.com', 'https://sbl.onfastspring.com'])
  const page = fastspringCheckout({ ...settings, storefront: 'acme.onfastspring.com' })
  expect([page.popup, page.origins]).toEqual([null, ['https://acme.onfastspring.com']])
})

test('events that the provider holds are read as its webhooks are, and marked one by one', async () => {
  const asked: unknown[] = []
  const shop = await shopThat(async (request, response) => {
    asked.push(`${request.method} ${request.url}`)
    if (request.method === 'POST') asked.push(await bodyOf(request))
    response.end('{"more":true,"events":[{"id":"evt-1"}]}')
  })
  const held = await shop.unprocessed()
  expect(held?.more).toBe(true)
  expect(new TextDecoder().decode(held?.body)).toBe('{"more":true,"events":[{"id":"evt-1"}]}')
  await shop.markProcessed(['evt-1', 'a/b'])
  expect(asked).toEqual([
    'GET /events/unprocessed?days=30',
    'POST /events/evt-1',
    { processed: true },
    'POST /events/a%2Fb',
    { processed: true },
  ])
})

describe('a subscription', () => {
  const change = { id: 'sub 1', quantity: 2, term: 'year', startsOn: '2026-02-11', endsOn: '2027-02-10' } as const
  const done = '{"subscriptions":[{"subscription":"sub 1","action":"subscription.cancel","result":"success"}]}'

  test('is canceled at the end of its term, and resumed, as the provider wants to be asked', async () => {
    const asked: unknown[] = []
    const shop = await shopThat(async (request, response) => {
      asked.push(`${request.method} ${request.url}`)
      if (request.method === 'POST') asked.push(await bodyOf(request))
      response.end(done)
    })
    await shop.changeSubscription({ ...change, act: 'cancel' }, now)
    await shop.changeSubscription({ ...change, act: 'resume' }, now)
    expect(asked).toEqual([
      'DELETE /subscriptions/sub%201',
      'POST /subscriptions',
      { subscriptions: [{ subscription: 'sub 1', deactivation: null }] },
    ])
  })

  test.each([
    '{"subscriptions":[{"subscription":"sub 1","result":"error","error":{"uncancel":"Subscription is not active."}}]}',
    '{"subscriptions":[]}',
    '<html>',
  ])('that the provider does not change is a shop that is not available: %s', async (answer) => {
    const shop = await shopThat((_, response) => void response.end(answer))
    await expect(shop.changeSubscription({ ...change, act: 'resume' }, now)).rejects.toBeInstanceOf(ShopUnavailable)
  })
})

test('without a provider nothing is opened', async () => {
  await expect(noCheckout.open(wanted, now)).rejects.toBeInstanceOf(ShopUnavailable)
  expect([noCheckout.provider, await noCheckout.unprocessed()]).toEqual([null, null])
})
