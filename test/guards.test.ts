import { beforeAll, expect, test } from 'vitest'
import { acme, ada, contoso, fabrikam, grace, lucerne, northwind } from '#dev/world/people.ts'
import { type Act, allows, type Rights } from '#src/domain/accounts/acts.ts'
import { routeTable } from '#src/http/route-table.ts'
import { type Browser, openPortal, type Portal, signIn } from './support/portal.ts'

/** A key of a partner beside Northwind. */
const mesaKey = 'key_00-southridge-mesa'
/** A license of theirs, and its support. */
const mesaLicense = 'lic_00-southridge-mesa-1'
const mesaSupport = 'sup_00-southridge-mesa-1'
/** A subscription of theirs. */
const mesaSubscription = 'sub_00-southridge-mesa'

/**
 * Sample values of the parameters in paths: things of Ada's, which nobody beside her and the vendor may see; of what only
 * sellers have, things of the reseller of another partner.
 */
const adas: Record<string, string> = {
  '/licenses/:id': `/licenses/${ada.licenses.frontDesk}`,
  '/licenses/:id/comment': `/licenses/${ada.licenses.frontDesk}/comment`,
  '/licenses/:id/upgrades/new': `/licenses/${mesaLicense}/upgrades/new`,
  '/licenses/:id/upgrades': `/licenses/${mesaLicense}/upgrades`,
  '/licenses/:id/deletion': `/licenses/${mesaLicense}/deletion`,
  '/licenses/:id/supports/new': `/licenses/${mesaLicense}/supports/new`,
  '/licenses/:id/supports': `/licenses/${mesaLicense}/supports`,
  '/support/:id/extensions/new': `/support/${mesaSupport}/extensions/new`,
  '/support/:id/extensions': `/support/${mesaSupport}/extensions`,
  '/api/v1/licenses/:id/upgrades': `/api/v1/licenses/${mesaLicense}/upgrades`,
  '/api/v1/licenses/:id/support': `/api/v1/licenses/${mesaLicense}/support`,
  '/api/v1/support/:id/extensions': `/api/v1/support/${mesaSupport}/extensions`,
  '/orders/:reference': `/orders/${ada.orders[0]}`,
  '/activation-keys/:id': `/activation-keys/${mesaKey}`,
  '/activation-keys/:id/removal': `/activation-keys/${mesaKey}/removal`,
  '/activation-keys/:id/licenses/new': `/activation-keys/${mesaKey}/licenses/new`,
  '/activation-keys/:id/licenses': `/activation-keys/${mesaKey}/licenses`,
  '/subscriptions/:id': `/subscriptions/${mesaSubscription}`,
  '/subscriptions/:id/channels': `/subscriptions/${mesaSubscription}/channels`,
  '/subscriptions/:id/cancellation': `/subscriptions/${mesaSubscription}/cancellation`,
  '/api/v1/subscriptions/:id': `/api/v1/subscriptions/${mesaSubscription}`,
  '/api/v1/subscriptions/:id/cancellations': `/api/v1/subscriptions/${mesaSubscription}/cancellations`,
  '/api/v1/licenses/:id': `/api/v1/licenses/${ada.licenses.frontDesk}`,
  '/api/v1/activation-keys/:id': `/api/v1/activation-keys/${mesaKey}`,
  '/api/v1/activation-keys/:id/licenses': `/api/v1/activation-keys/${mesaKey}/licenses`,
  '/api/v1/orders/:reference': `/api/v1/orders/${ada.orders[0]}`,
  '/resellers/:id': `/resellers/${lucerne.accountId}`,
  '/resellers/:id/credits/new': `/resellers/${lucerne.accountId}/credits/new`,
  '/resellers/:id/credits': `/resellers/${lucerne.accountId}/credits`,
  '/resellers/:id/credit-returns': `/resellers/${lucerne.accountId}/credit-returns`,
  '/resellers/:id/suspension': `/resellers/${lucerne.accountId}/suspension`,
  '/resellers/:id/resumption': `/resellers/${lucerne.accountId}/resumption`,
  '/resellers/:id/password-links': `/resellers/${lucerne.accountId}/password-links`,
  '/api/v1/resellers/:id': `/api/v1/resellers/${lucerne.accountId}`,
  '/api/v1/resellers/:id/credits': `/api/v1/resellers/${lucerne.accountId}/credits`,
  '/api/v1/resellers/:id/credit-returns': `/api/v1/resellers/${lucerne.accountId}/credit-returns`,
  '/api/v1/resellers/:id/suspensions': `/api/v1/resellers/${lucerne.accountId}/suspensions`,
  '/api/v1/resellers/:id/resumptions': `/api/v1/resellers/${lucerne.accountId}/resumptions`,
}

/** Bodies that calls take, so that nothing but the row itself can be in the way. */
const bodies: Record<string, unknown> = {
  'PATCH /api/v1/licenses/:id': { comment: 'mine now' },
  'PATCH /api/v1/activation-keys/:id': { name: 'mine now' },
  'POST /api/v1/activation-keys/:id/licenses': {
    ...{ product: 'remote-access', edition: 'pro', size: 10, term: { kind: 'permanent' } },
  },
  'POST /api/v1/licenses/:id/upgrades': { size: 25 },
  'POST /api/v1/licenses/:id/support': { years: 1 },
  'POST /api/v1/support/:id/extensions': { years: 1 },
  'PATCH /api/v1/subscriptions/:id': { channels: 7 },
  'PATCH /api/v1/resellers/:id': { name: 'mine now' },
  'POST /api/v1/resellers/:id/credits': { offer: 'remote-access/pro/10', quantity: 1 },
  'POST /api/v1/resellers/:id/credit-returns': { offer: 'remote-access/pro/10', quantity: 1 },
}

/** What the public may ask for. A route that opens to anyone must be named here. */
const open = new Set([
  'GET /healthz',
  'GET /readyz',
  'POST /webhooks/fastspring',
  'GET /api/v1',
  'GET /sign-in',
  'POST /sign-in',
  'GET /sign-in/proof',
  'POST /sign-in/proof',
  'POST /sign-in/links',
  'GET /password-resets',
  'POST /password-resets',
  'GET /links/:token',
  'POST /links/:token',
  'GET /dev/mail',
  'GET /dev/mail/:id',
  'GET /documentation/api',
])

let portal: Portal
beforeAll(async () => {
  portal = await openPortal()
})

const lines = () => routeTable(portal.app)
const guarded = () => lines().filter((line) => line.guard?.lets !== 'anyone')
const withSample = () => guarded().filter((line) => line.path.includes(':'))
const sample = (path: string) => (path.includes(':') ? adas[path] : path)

async function ask(browser: Browser, method: string, path: string): Promise<Response> {
  const body = method === 'POST' ? new URLSearchParams({ comment: 'mine now', version: '1' }) : undefined
  return browser.request(method, path, body)
}

const askApi = (method: string, path: string, key?: string, body?: unknown) =>
  portal.call(method, path, {
    ...(key ? { key } : {}),
    ...(body === undefined ? {} : { body, headers: method === 'PATCH' ? { 'if-match': '*' } : {} }),
  })

/** 404 where somebody may do such a thing, to nobody else's; 403 where they never may. */
const refusalOf = (rights: Rights, lets: string): number => (allows(rights, lets as Act) ? 404 : 403)

test('every route has a guard', () => {
  expect(lines().length).toBeGreaterThan(20)
  expect(lines().filter((line) => !line.guard)).toEqual([])
})

test('what is open to anyone is named one by one', () => {
  const anyone = lines().filter((line) => line.guard?.lets === 'anyone')
  expect(new Set(anyone.map((line) => `${line.method} ${line.path}`))).toEqual(open)
})

test('an anonymous visitor is turned away from everything else, without a database trip', async () => {
  const stranger = portal.browser()
  portal.db.forget()
  for (const { method, path } of guarded()) {
    const api = path.startsWith('/api/')
    const answer = api ? await askApi(method, sample(path) ?? '') : await ask(stranger, method, sample(path) ?? '')
    expect([method, path, answer.status]).toEqual([method, path, api ? 401 : 303])
    if (!api) expect(answer.headers.get('location')).toMatch(/^\/sign-in/)
  }
  expect(portal.db.trips).toEqual([])
})

test('every path with a parameter has a sample here, so that no route escapes the next test', () => {
  expect(withSample().filter(({ path }) => !adas[path])).toEqual([])
})

const others: [string, string, string, Rights][] = [
  ['another customer', grace.email, grace.orders[0], { accountKind: 'customer', role: null, access: 'write' }],
  ['a big customer', contoso.email, contoso.orders[0], { accountKind: 'customer', role: null, access: 'write' }],
  ['a partner', northwind.login, 'portico-demo', { accountKind: 'partner', role: 'full', access: 'write' }],
  ['a reseller', 'tailspin', 'portico-demo', { accountKind: 'reseller', role: 'full', access: 'write' }],
  [
    'a server customer',
    'admin@fabrikam.example',
    'portico-demo',
    { accountKind: 'customer', role: 'full', access: 'write' },
  ],
]

test.each(others)(
  "another account's row is 404 to %s, the same as one that does not exist",
  async (_, identifier, proof, rights) => {
    const before = await portal.db.rows('select comment, version from licenses where id = ?', ada.licenses.frontDesk)
    const browser = portal.browser()
    await signIn(browser, identifier, proof)
    for (const { method, path, guard } of withSample().filter((line) => !line.path.startsWith('/api/'))) {
      const refused = refusalOf(rights, guard?.lets ?? '')
      const foreign = await ask(browser, method, sample(path) as string)
      expect([method, path, foreign.status]).toEqual([method, path, refused])
      const nothing = (sample(path) as string).replace(/(lic_|key_|acc_|sub_|sup_|JWT)[^/]*/, '$1nothing-here')
      const absent = await ask(browser, method, nothing)
      expect([method, path, absent.status]).toEqual([method, path, refused])
      const stripped = async (answer: Response) => (await answer.text()).replace(/req_\w+/g, '')
      expect(await stripped(foreign)).toBe(await stripped(absent))
    }
    expect(await portal.db.rows('select comment, version from licenses where id = ?', ada.licenses.frontDesk)).toEqual(
      before,
    )
  },
)

test.each([
  [northwind.apiKey, 'partner'],
  [fabrikam.apiKey, 'customer'],
] as const)("another account's row is 404 to the API key %s", async (key, accountKind) => {
  for (const { method, path, guard } of withSample().filter((line) => line.path.startsWith('/api/'))) {
    const answer = await askApi(method, sample(path) as string, key, bodies[`${method} ${path}`])
    const refused = refusalOf({ accountKind, role: 'full', access: 'write' }, guard?.lets ?? '')
    expect([method, path, answer.status]).toEqual([method, path, refused])
  }
})

test('the vendor, above everybody, sees the same rows', async () => {
  const browser = portal.browser()
  await signIn(browser, acme.login, 'portico-demo')
  for (const path of [`/licenses/${ada.licenses.frontDesk}`, `/orders/${ada.orders[0]}`]) {
    expect((await browser.open(path)).status).toBe(200)
  }
})
