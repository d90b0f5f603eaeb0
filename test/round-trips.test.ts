import { beforeAll, expect, test } from 'vitest'
import { acme, ada, northwind } from '#dev/world/people.ts'
import { routeTable } from '#src/http/route-table.ts'
import { type Browser, openPortal, type Portal, signInAsAda } from './support/portal.ts'

/**
 * Database round trips of every route, reads and writes: a page or a JSON read takes one, an act one more (B5).
 * A route that is not listed here fails.
 */
const trips: Record<string, readonly [reads: number, writes: number]> = {
  'GET /healthz': [0, 0],
  'GET /.well-known/jwks.json': [0, 0],
  'GET /readyz': [1, 0],
  'POST /webhooks/fastspring': [0, 0],
  'GET /api/v1': [0, 0],
  // Each of these: a key that nobody has, no token, no such activation.
  'POST /api/v1/validations': [1, 0],
  'POST /api/v1/activations': [1, 0],
  'POST /api/v1/activations/:id/check-ins': [0, 0],
  'GET /api/v1/activations/:id/license-file': [0, 0],
  'DELETE /api/v1/activations/:id': [1, 0],
  'GET /api/v1/licenses': [1, 0],
  'GET /api/v1/licenses/:id': [1, 0],
  'PATCH /api/v1/licenses/:id': [1, 1],
  'DELETE /api/v1/licenses/:id': [1, 0],
  'POST /api/v1/licenses/:id/upgrades': [1, 0],
  'POST /api/v1/licenses/:id/support': [1, 0],
  'GET /api/v1/support': [1, 0],
  'POST /api/v1/support/:id/extensions': [1, 0],
  'POST /api/v1/support-renewals': [1, 0],
  'GET /api/v1/activation-keys': [1, 0],
  'POST /api/v1/activation-keys': [1, 1],
  'GET /api/v1/activation-keys/:id': [1, 0],
  'PATCH /api/v1/activation-keys/:id': [1, 0],
  'DELETE /api/v1/activation-keys/:id': [1, 0],
  'POST /api/v1/activation-keys/:id/licenses': [1, 0],
  'GET /api/v1/licenses/:id/license-file': [1, 0],
  'GET /api/v1/licenses/:id/support-file': [1, 0],
  'POST /api/v1/license-files': [0, 0],
  'POST /api/v1/licenses/:id/release-requests': [1, 3],
  'POST /api/v1/release-links': [0, 0],
  'GET /api/v1/computers': [1, 0],
  'GET /api/v1/computers/:id': [1, 0],
  'PATCH /api/v1/computers/:id': [1, 0],
  'DELETE /api/v1/computers/:id': [1, 0],
  'POST /api/v1/computer-removals': [1, 0],
  'GET /api/v1/computer-removals/:id': [1, 0],
  'POST /api/v1/computer-removals/:id/restorations': [1, 0],
  'POST /api/v1/computer-groupings': [1, 0],
  'POST /api/v1/computer-moves': [1, 0],
  'GET /api/v1/stale-removal': [1, 0],
  'PATCH /api/v1/stale-removal': [1, 1],
  'GET /api/v1/computer-groups': [1, 0],
  'POST /api/v1/computer-groups': [1, 1],
  'GET /api/v1/computer-groups/:id': [1, 0],
  'PATCH /api/v1/computer-groups/:id': [1, 0],
  'DELETE /api/v1/computer-groups/:id': [1, 0],
  'POST /api/v1/activation-keys/:id/rotations': [1, 0],
  'POST /api/v1/activation-key-removals': [1, 0],
  'GET /api/v1/subscriptions': [1, 0],
  'POST /api/v1/subscriptions': [1, 0],
  'GET /api/v1/subscriptions/:id': [1, 0],
  'PATCH /api/v1/subscriptions/:id': [1, 0],
  'POST /api/v1/subscriptions/:id/cancellations': [1, 0],
  'POST /api/v1/subscriptions/:id/resumptions': [1, 0],
  'GET /api/v1/products': [1, 0],
  'GET /api/v1/orders': [1, 0],
  'GET /api/v1/orders/:reference': [1, 0],
  'GET /api/v1/reports': [1, 0],
  'POST /api/v1/reports': [0, 0],
  'GET /api/v1/reports/:id': [1, 0],
  'PATCH /api/v1/reports/:id': [1, 0],
  'DELETE /api/v1/reports/:id': [1, 0],
  'GET /api/v1/reports/:id/preview': [1, 0],
  'GET /api/v1/reports/:id/pdf': [1, 0],
  'POST /api/v1/reports/:id/tests': [1, 0],
  'POST /api/v1/reports/:id/confirmations': [0, 0],
  'GET /api/v1/offers': [1, 0],
  'GET /api/v1/quotes': [1, 0],
  'POST /api/v1/quotes': [0, 0],
  'GET /api/v1/quotes/:id': [1, 0],
  'POST /api/v1/quotes/:id/applications': [1, 0],
  'POST /api/v1/checkouts': [0, 0],
  'GET /api/v1/checkouts/:id': [1, 0],
  'GET /api/v1/invoices': [1, 0],
  'GET /api/v1/invoices/:id': [1, 0],
  'PATCH /api/v1/invoices/:id': [1, 0],
  'GET /api/v1/invoices/:id/pdf': [1, 0],
  'GET /api/v1/billing': [1, 0],
  'GET /api/v1/billing/entries': [1, 0],
  'GET /api/v1/payments': [1, 0],
  'GET /api/v1/payments/:id': [1, 0],
  'POST /api/v1/payments/:id/applications': [1, 0],
  'POST /api/v1/payments/:id/refunds': [1, 0],
  'GET /api/v1/jobs': [1, 0],
  'POST /api/v1/jobs/:name/runs': [1, 0],
  'GET /api/v1/outbox': [1, 0],
  'GET /api/v1/outbox/:id': [1, 0],
  'POST /api/v1/outbox/:id/resends': [1, 0],
  'GET /api/v1/events': [1, 0],
  'GET /api/v1/resellers': [1, 0],
  // Its letter leaves after the answer: leased, sent, noted.
  'POST /api/v1/resellers': [1, 3],
  'GET /api/v1/resellers/:id': [1, 0],
  'PATCH /api/v1/resellers/:id': [1, 1],
  'POST /api/v1/resellers/:id/credits': [1, 1],
  'POST /api/v1/resellers/:id/credit-returns': [1, 1],
  'POST /api/v1/resellers/:id/suspensions': [1, 1],
  'POST /api/v1/resellers/:id/resumptions': [1, 1],
  'GET /api/v1/credits': [1, 0],
  'GET /api/v1/credit-entries': [1, 0],
  'GET /sign-in': [0, 0],
  'POST /sign-in': [0, 0],
  'GET /sign-in/proof': [0, 0],
  'POST /sign-in/proof': [0, 0],
  'POST /sign-in/links': [0, 0],
  'GET /settings/password': [1, 0],
  'POST /settings/password': [1, 0],
  'GET /settings/roles': [1, 0],
  'GET /settings/logins': [1, 0],
  'GET /settings/logins/new': [1, 0],
  'POST /settings/logins': [1, 0],
  'GET /settings/logins/:id': [1, 0],
  'POST /settings/logins/:id': [1, 0],
  'POST /settings/logins/:id/removals': [1, 0],
  'POST /settings/invitations/:id/letters': [1, 0],
  'POST /settings/invitations/:id/withdrawals': [1, 0],
  'GET /api/v1/logins': [1, 0],
  'GET /api/v1/email-changes': [1, 0],
  'DELETE /api/v1/email-changes/:id': [1, 0],
  'GET /settings/api-keys': [1, 0],
  'GET /settings/api-keys/new': [1, 0],
  'POST /settings/api-keys': [1, 0],
  'GET /settings/api-keys/:id': [1, 0],
  'POST /settings/api-keys/:id/rotations': [1, 0],
  'POST /settings/api-keys/:id/revocations': [1, 0],
  'GET /api/v1/api-keys': [1, 0],
  'DELETE /api/v1/api-keys/:id': [1, 0],
  'GET /sign-in/code': [0, 0],
  'POST /sign-in/code': [0, 0],
  'GET /settings/two-factor': [1, 0],
  'POST /settings/two-factor': [1, 0],
  'POST /settings/two-factor/removal': [1, 0],
  'POST /settings/two-factor/recovery-codes': [1, 0],
  'POST /settings/two-factor/requirement': [1, 0],
  'GET /admin/logins': [1, 0],
  'GET /admin/logins/:id/two-factor-reset': [1, 0],
  'POST /admin/logins/:id/two-factor-resets': [1, 0],
  'GET /settings/logins/:id/two-factor-reset': [1, 0],
  'POST /settings/logins/:id/two-factor-resets': [1, 0],
  'GET /password-resets': [0, 0],
  'POST /password-resets': [0, 0],
  'GET /links/:token': [1, 0],
  'POST /links/:token': [1, 0],
  'GET /': [1, 0],
  'GET /licenses': [1, 0],
  'GET /licenses.csv': [1, 0],
  'GET /licenses/:id': [1, 0],
  'GET /licenses/:id/comment': [1, 0],
  'POST /licenses/:id/comment': [1, 1],
  // Who took the file is noted.
  'GET /licenses/:id/license.lic': [1, 0],
  'GET /licenses/:id/support.lic': [1, 0],
  'GET /licenses/:id/releases/new': [1, 0],
  'POST /licenses/:id/releases': [1, 0],
  // Its letter leaves after the answer.
  // Asked before, by the call.
  'POST /licenses/:id/release-requests': [2, 1],
  'GET /license-files/new': [1, 0],
  'POST /license-files': [1, 0],
  'GET /license-files/:id': [1, 0],
  'GET /license-files/:id/license.lic': [1, 0],
  'GET /releases/new': [0, 0],
  'POST /releases': [0, 0],
  'GET /licenses/bulk': [1, 0],
  'POST /licenses/bulk': [1, 0],
  'GET /licenses/:id/upgrades/new': [1, 0],
  'POST /licenses/:id/upgrades': [1, 0],
  'POST /licenses/:id/quotes': [1, 0],
  'POST /support/quotes': [1, 0],
  'GET /licenses/:id/deletion': [1, 0],
  'POST /licenses/:id/deletion': [1, 0],
  'GET /licenses/:id/supports/new': [1, 0],
  'POST /licenses/:id/supports': [1, 0],
  'GET /support': [1, 0],
  'GET /support.csv': [1, 0],
  'GET /support/renewals/new': [1, 0],
  'POST /support/renewals': [1, 0],
  'GET /support/:id/extensions/new': [1, 0],
  'POST /support/:id/extensions': [1, 0],
  'GET /resellers': [1, 0],
  'GET /resellers.csv': [1, 0],
  'GET /resellers/new': [1, 0],
  'POST /resellers': [1, 0],
  'GET /resellers/:id': [1, 0],
  'POST /resellers/:id': [1, 0],
  'GET /resellers/:id/credits/new': [1, 0],
  'POST /resellers/:id/credits': [1, 0],
  'POST /resellers/:id/credit-returns': [1, 0],
  'GET /resellers/:id/suspension': [1, 0],
  'POST /resellers/:id/suspension': [1, 0],
  'POST /resellers/:id/resumption': [1, 0],
  'POST /resellers/:id/password-links': [1, 0],
  'GET /credits': [1, 0],
  'GET /credits.csv': [1, 0],
  'POST /credits/threshold': [1, 0],
  'GET /activation-keys': [1, 0],
  'POST /activation-keys': [1, 0],
  'GET /activation-keys.csv': [1, 0],
  'GET /activation-keys/new': [1, 0],
  'GET /activation-keys/:id': [1, 0],
  'POST /activation-keys/:id': [1, 0],
  'GET /activation-keys/removals': [1, 0],
  'POST /activation-keys/removals': [1, 0],
  'GET /activation-keys/:id/rotations/new': [1, 0],
  'POST /activation-keys/:id/rotations': [1, 0],
  'GET /activation-keys/:id/removal': [1, 0],
  'POST /activation-keys/:id/removal': [1, 0],
  'GET /activation-keys/:id/licenses/new': [1, 0],
  'POST /activation-keys/:id/licenses': [1, 0],
  'GET /computers': [1, 0],
  'GET /computers.csv': [1, 0],
  'GET /computers/bulk': [1, 0],
  'POST /computers/bulk': [1, 0],
  'GET /computers/removals': [1, 0],
  'GET /computers/removals/:id': [1, 0],
  'POST /computers/removals/:id/restoration': [1, 0],
  'GET /computers/stale-removal': [1, 0],
  'POST /computers/stale-removal': [1, 0],
  'GET /computers/:id': [1, 0],
  'POST /computers/:id': [1, 0],
  'GET /computer-groups': [1, 0],
  'POST /computer-groups': [1, 0],
  'GET /computer-groups/:id': [1, 0],
  'POST /computer-groups/:id': [1, 0],
  'GET /computer-groups/:id/deletion': [1, 0],
  'POST /computer-groups/:id/deletion': [1, 0],
  'GET /subscriptions': [1, 0],
  'POST /subscriptions': [1, 0],
  'GET /subscriptions.csv': [1, 0],
  'GET /subscriptions/new': [1, 0],
  'GET /subscriptions/:id': [1, 0],
  'POST /subscriptions/:id/channels': [1, 0],
  'GET /subscriptions/:id/cancellation': [1, 0],
  'POST /subscriptions/:id/cancellation': [1, 0],
  'POST /subscriptions/:id/resumptions': [1, 0],
  'POST /subscriptions/:id/wallet': [1, 0],
  'GET /products': [1, 0],
  'GET /products/:code': [1, 0],
  'GET /orders': [1, 0],
  'GET /orders.csv': [1, 0],
  'GET /orders/:reference': [1, 0],
  'GET /billing': [1, 0],
  'GET /billing/invoices': [1, 0],
  'GET /billing/invoices.csv': [1, 0],
  'GET /billing/invoices/:id': [1, 0],
  'GET /billing/invoices/:id/bill-to': [1, 0],
  'POST /billing/invoices/:id/bill-to': [1, 0],
  'GET /billing.csv': [1, 0],
  'GET /billing/costs': [1, 0],
  'GET /billing/costs.csv': [1, 0],
  'GET /api/v1/billing/costs': [1, 0],
  'POST /billing/top-ups': [1, 0],
  'GET /catalog': [1, 0],
  'GET /cart': [1, 0],
  // Each of these: with nothing chosen, which is said on the page.
  'POST /cart/items': [2, 0],
  'POST /cart/removals': [1, 0],
  'POST /cart/quotes': [1, 0],
  'GET /billing/payment-methods': [1, 0],
  'POST /billing/payment-methods': [1, 0],
  'POST /billing/payment-methods/:id/defaults': [1, 0],
  'GET /billing/payment-methods/:id/removal': [1, 0],
  'POST /billing/payment-methods/:id/removals': [1, 0],
  'GET /billing/autopayment': [1, 0],
  'POST /billing/autopayment': [1, 0],
  'GET /billing/information': [1, 0],
  'POST /billing/information': [1, 0],
  'GET /api/v1/billing/payment-methods': [1, 0],
  'PATCH /api/v1/billing/payment-methods/:id': [0, 0],
  'DELETE /api/v1/billing/payment-methods/:id': [1, 0],
  'GET /api/v1/billing/autopayment': [1, 0],
  'PATCH /api/v1/billing/autopayment': [0, 0],
  'GET /sandbox-shop/wallets/:wallet': [0, 0],
  'POST /sandbox-shop/wallets/:wallet': [0, 0],
  'GET /quotes': [1, 0],
  'GET /settings': [1, 0],
  'POST /settings': [1, 0],
  'GET /settings/company': [1, 0],
  'POST /settings/company': [1, 0],
  'GET /settings/billing-contact': [1, 0],
  'POST /settings/billing-contact': [1, 0],
  'GET /settings/formats': [1, 0],
  'POST /settings/formats': [1, 0],
  'GET /settings/email': [1, 0],
  'POST /settings/email': [1, 0],
  'POST /settings/email-changes/:id/stops': [1, 0],
  'GET /settings/sessions': [1, 0],
  'POST /settings/sessions/:id/ends': [1, 0],
  'POST /settings/sessions/ends': [1, 0],
  'GET /api/v1/account': [1, 0],
  'PATCH /api/v1/account': [1, 0],
  'GET /register': [0, 0],
  'POST /register': [0, 0],
  'GET /settings/password/new': [1, 0],
  'POST /settings/password/new': [1, 0],
  'GET /settings/warnings': [1, 0],
  'POST /settings/warnings': [1, 0],
  'GET /digests': [1, 0],
  'GET /api/v1/digests': [1, 0],
  'GET /api/v1/warnings': [1, 0],
  'PATCH /api/v1/warnings': [1, 0],
  'GET /reports': [1, 0],
  'GET /reports/new': [1, 0],
  'POST /reports': [1, 0],
  'GET /reports/:id': [1, 0],
  'GET /reports/bulk': [1, 0],
  'POST /reports/bulk': [1, 0],
  'GET /reports/:id/list.csv': [1, 0],
  'GET /reports/:id/list.pdf': [1, 0],
  'POST /reports/:id': [1, 0],
  'GET /reports/:id/edit': [1, 0],
  'POST /reports/:id/states': [1, 0],
  'POST /reports/:id/tests': [1, 0],
  'POST /reports/:id/confirmations': [1, 0],
  'GET /reports/:id/removal': [1, 0],
  'POST /reports/:id/removals': [1, 0],
  'GET /quotes/:id': [1, 0],
  'POST /quotes/:id/applications': [1, 0],
  'POST /quotes/:id/replacements': [1, 0],
  'POST /quotes/:id/checkouts': [1, 0],
  'GET /checkouts': [1, 0],
  'GET /checkouts/:id': [1, 0],
  'POST /checkouts/:id/sessions': [1, 0],
  'GET /sandbox-shop/:session': [1, 0],
  'POST /sandbox-shop/:session/payments': [1, 0],
  'POST /sandbox-shop/:session/late-payments': [1, 0],
  'POST /sandbox-shop/:session/double-payments': [1, 0],
  'POST /sandbox-shop/:session/foreign-payments': [1, 0],
  'POST /sandbox-shop/:session/short-payments': [1, 0],
  'POST /sandbox-shop/:session/declines': [1, 0],
  'POST /sandbox-shop/:session/abandonments': [1, 0],
  'GET /admin/jobs': [1, 0],
  'POST /admin/jobs/:name/runs': [1, 0],
  'GET /admin/outbox': [1, 0],
  'GET /admin/outbox/:id': [1, 0],
  'POST /admin/outbox/:id/resends': [1, 0],
  'GET /admin/payments': [1, 0],
  'GET /admin/payments/:id': [1, 0],
  'POST /admin/payments/:id/application': [1, 0],
  'POST /admin/payments/:id/refund': [1, 0],
  'GET /events': [1, 0],
  'GET /events.csv': [1, 0],
  'GET /documentation': [1, 0],
  'GET /documentation/reseller-guide': [1, 0],
  'GET /documentation/api': [0, 0],
  'GET /documentation/software': [0, 0],
  'GET /dev/mail': [0, 0],
  'GET /dev/mail/:id': [0, 0],
  'POST /sign-out': [1, 1],
}

/** What a call must say to come as far as its write. */
const bodies: Record<string, unknown> = {
  'POST /api/v1/validations': { activationKey: 'none', product: 'remote-access', fingerprint: 'x' },
  'POST /api/v1/activations': { activationKey: 'none', product: 'remote-access', fingerprint: 'x', hostname: 'x' },
  'PATCH /api/v1/licenses/:id': { comment: 'counted' },
  'POST /api/v1/licenses/:id/upgrades': { size: 25 },
  'POST /api/v1/licenses/:id/support': { years: 1 },
  'POST /api/v1/support/:id/extensions': { years: 1 },
  'POST /api/v1/support-renewals': { support: ['sup_nothing'], years: 1 },
  'PATCH /api/v1/subscriptions/:id': { channels: 3 },
  'POST /api/v1/subscriptions': {
    ...{ product: 'remote-support', channels: 1, email: 'a@b.example', term: 'year', activationKey: 'none' },
  },
  'PATCH /api/v1/computers/:id': { name: 'Counted' },
  'POST /api/v1/computer-removals': { computers: ['com_nothing'] },
  'POST /api/v1/computer-groupings': { computers: ['com_nothing'], group: 'Counted' },
  'POST /api/v1/computer-moves': { computers: ['com_nothing'], activationKey: 'none' },
  'PATCH /api/v1/stale-removal': { afterDays: 60 },
  'POST /api/v1/computer-groups': { name: 'Counted' },
  'PATCH /api/v1/computer-groups/:id': { name: 'Counted' },
  'POST /api/v1/activation-keys': { name: 'Counted' },
  'PATCH /api/v1/activation-keys/:id': { note: 'counted' },
  'POST /api/v1/activation-key-removals': { activationKeys: ['key_nobodys'] },
  'POST /api/v1/activation-keys/:id/licenses': {
    ...{ product: 'remote-access', edition: 'pro', size: 10, term: { kind: 'permanent' } },
  },
  'POST /api/v1/resellers': { login: 'counted', email: 'counted@adatum.example', products: ['remote-access'] },
  'PATCH /api/v1/resellers/:id': { name: 'Counted' },
  'POST /api/v1/resellers/:id/credits': { offer: 'remote-access/pro/10', quantity: 2 },
  'POST /api/v1/resellers/:id/credit-returns': { offer: 'remote-access/pro/10', quantity: 1 },
}

const sample = (path: string) =>
  path
    .replace('resellers/:id', `resellers/${northwind.accountId}`)
    .replace(':id', ada.licenses.frontDesk)
    .replace(':reference', ada.orders[0])
    .replace(':token', 'lnk_nothing.here')

let portal: Portal
let browser: Browser
beforeAll(async () => {
  portal = await openPortal()
  browser = portal.browser()
  await signInAsAda(browser)
  await portal.call('GET', '/api/v1/events', { key: acme.apiKey })
  await portal.deps.settled()
})

test('every route keeps to its round trips (B5)', async () => {
  const counted: Record<string, readonly [number, number]> = {}
  const signOutLast = routeTable(portal.app).sort(
    (a, b) => Number(a.path === '/sign-out') - Number(b.path === '/sign-out'),
  )
  for (const { method, path } of signOutLast) {
    portal.db.forget()
    const response = path.startsWith('/api/')
      ? await portal.call(method, sample(path), {
          key: acme.apiKey,
          ...(bodies[`${method} ${path}`] ? { body: bodies[`${method} ${path}`], headers: { 'if-match': '*' } } : {}),
        })
      : await browser.request(
          method,
          sample(path),
          method === 'POST' ? new URLSearchParams({ comment: 'counting', version: await version() }) : undefined,
        )
    await response.text()
    await portal.deps.settled()
    const modes = portal.db.trips.map((trip) => trip.mode)
    counted[`${method} ${path}`] = [
      modes.filter((mode) => mode === 'read').length,
      modes.filter((mode) => mode === 'write').length,
    ]
  }
  const wrong = Object.keys({ ...trips, ...counted }).filter((line) => String(counted[line]) !== String(trips[line]))
  expect(wrong.map((line) => `${line}: ${counted[line]}, not ${trips[line]}`)).toEqual([])
})

async function version(): Promise<string> {
  const [row] = await portal.db.rows('select version from licenses where id = ?', ada.licenses.frontDesk)
  return String(row?.version)
}

test('sign-in takes one batch that counts, spends and reads, and one more on success (B5)', async () => {
  const other = portal.browser()
  await signInAsAda(other)
  await portal.deps.settled()
  const first = await other.open('/sign-in')
  const second = await other.submit(first, 'form', { identifier: ada.email })
  portal.db.forget()
  await other.request('POST', '/sign-in/proof', new URLSearchParams({ proof: ada.orders[0] }))
  expect(portal.db.trips.map((trip) => trip.mode)).toEqual(['write', 'write'])
  expect(second.status).toBe(200)
})

test('an act sent again reads its answer and writes nothing (B5 M6)', async () => {
  await signInAsAda(browser)
  await portal.deps.settled()
  const fields = new URLSearchParams({ comment: 'twice', version: await version(), request: 'req_twice-0000000000' })
  const path = `/licenses/${ada.licenses.frontDesk}/comment`
  await browser.request('POST', path, fields)
  portal.db.forget()
  const again = await browser.request('POST', path, fields)
  expect(again.status).toBe(303)
  expect(portal.db.trips.map((trip) => trip.mode)).toEqual(['read'])
})

test('no write hides in a read batch', () => {
  const writes = portal.db.trips.filter((trip) => trip.mode === 'read').flatMap((trip) => trip.statements)
  expect(writes.filter((sql) => /^\s*(insert|update|delete)/i.test(sql))).toEqual([])
})
