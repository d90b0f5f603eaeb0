import { begunCheckout } from '#dev/world/checkouts.ts'
import { lostLetter } from '#dev/world/letters.ts'
import { lostPayment } from '#dev/world/payments.ts'
import { acme, ada, fabrikam, lucerne, northwind, southridge } from '#dev/world/people.ts'
import type { Act } from '#src/domain/accounts/acts.ts'
import { roles } from '#src/domain/accounts/permissions.ts'
import { requestText } from '#src/domain/license-files/request.ts'

/** Something that a path names, and the account it belongs to: whoever stands above that account sees it, nobody else. */
export type Thing = { readonly id: string; readonly of: string }

const adasLicense: Thing = { id: ada.licenses.frontDesk, of: ada.accountId }
const lost: Thing = { id: lostPayment.id, of: acme.accountId }
const aJob: Thing = { id: 'drain-outbox', of: acme.accountId }
const lostLetterThing: Thing = { id: lostLetter, of: acme.accountId }
const adasActivation: Thing = { id: 'act_00-ada-front-01-remote-access', of: ada.accountId }
const fabrikamsQuote: Thing = { id: begunCheckout.quoteId, of: fabrikam.accountId }
const fabrikamsCheckout: Thing = { id: begunCheckout.id, of: fabrikam.accountId }
/** Ways to pay are of an account alone. */
const fabrikamsCard: Thing = { id: 'pmt_00-fabrikam-visa', of: fabrikam.accountId }
const noSession: Thing = { id: 'nobodys', of: '' }
const adasOrder: Thing = { id: ada.orders[0], of: ada.accountId }
/** Of Southridge, the partner beside Northwind. */
const mesaKey: Thing = { id: 'key_00-southridge-mesa', of: southridge.accountId }
const mesaLicense: Thing = { id: 'lic_00-southridge-mesa-1', of: southridge.accountId }
const mesaSupport: Thing = { id: 'sup_00-southridge-mesa-1', of: southridge.accountId }
const mesaSubscription: Thing = { id: 'sub_00-southridge-mesa', of: southridge.accountId }
/** A suspended reseller below Southridge. Resellers are seen by whoever stands above them, not by themselves. */
const lucernesAccount: Thing = { id: lucerne.accountId, of: southridge.accountId }

const adasComputer: Thing = { id: 'com_00-ada-front-01', of: ada.accountId }
const webServer: Thing = { id: 'com_00-fabrikam-web-01-fabrikam-example', of: fabrikam.accountId }
const retired: Thing = { id: 'rem_00-fabrikam-retired', of: fabrikam.accountId }
/** Groups are of an account alone, as keys of the API are. */
const webGroup: Thing = { id: 'grp_00-fabrikam-web', of: fabrikam.accountId }

type More = {
  /** What its path names. It is asked for as it is; by whoever may change it, as one that does not exist. */
  readonly at?: Thing
  /** What somebody who may gets: 200 to a GET, else 422 for a form that is sent empty, unless it says so. */
  readonly gives?: number
  /** A form's fields or a call's body, so that nothing but the act itself is in the way of whoever may not. */
  readonly sends?: Record<string, unknown>
  /** Who gets something else though the act is theirs, and what. */
  readonly but?: Readonly<Record<string, number>>
  /** It ends the session that it is asked with. */
  readonly ends?: true
  /** It asks for a fresh proof of who is there, or does in some cases. */
  readonly sensitive?: true
}

/** What a route line lets pass, and what comes of it. */
export type Route = readonly [lets: Act | 'holder' | 'anyone' | 'anything' | 'oneself', more?: More]

const fabrikamsLogin: Thing = { id: fabrikam.logins.billing.loginId, of: fabrikam.accountId }
/** The first month that it was charged for. */
const fabrikamsInvoice: Thing = { id: 'INV-000002', of: fabrikam.accountId }
const fabrikamsInvitation: Thing = { id: 'inv_00-fabrikam-lea', of: fabrikam.accountId }

/** The master login of an account below the vendor. */
const fabrikamsMaster: Thing = { id: fabrikam.logins.full.loginId, of: fabrikam.accountId }

/** Of a login of Fabrikam: it moves to another e-mail. */
const sergiosChange: Thing = { id: 'emc_00-fabrikam-servers', of: fabrikam.accountId }

/** A login of Fabrikam that is not its master. */
const sergiosLogin: Thing = { id: fabrikam.logins.servers.loginId, of: fabrikam.accountId }

/** Keys are of an account alone: not even the vendor sees those of accounts below. */
const northwindsApiKey: Thing = { id: 'apk_00-northwind', of: northwind.accountId }
/** Reports are of an account alone, too. */
const northwindsReport: Thing = { id: 'rep_00-northwind', of: northwind.accountId }
const notOfThoseAbove = { 'the vendor': 404 }
const notEvenWithKey = { ...notOfThoseAbove, "the vendor's API key": 404 }
const aReport = {
  ...{ kind: 'support-ends', frequency: 'daily', leadDays: '30', weekday: '1', monthDay: '1', hour: '8' },
  ...{ timeZone: 'UTC', emails: 'a@example.com' },
}
/** Of a product that is not there, so that nobody makes one. */
const aReportOfNothing = { kind: 'support-ends', product: 'nothing', frequency: 'daily', emails: ['a@example.com'] }

/** Whoever signed in without a login, with an order number. */
const withoutLogin = { 'a customer with an order number': 403, 'another customer': 403 }

/** Whoever has a password is led to where it is changed. */
const addsPassword = { 'a customer with an order number': 200, 'another customer': 200 }

const asksAgain = { 'a customer with an order number': 422, 'another customer': 422 }

/** Whoever has servers and no licenses is led on to the dashboard of products. */
const homeIsProducts = Object.fromEntries(roles.map((role) => [`a customer's login, ${role}`, 303]))

/** Customers who see prices renew all support at once; sellers mark what they extend. */
const renewsAll = {
  ...{ 'a customer with an order number': 200, 'another customer': 200 },
  ...{ "a customer's login, full": 200, "a customer's login, billing": 200 },
}

/** What somebody below owns is seen by the vendor, and not worked with. */
const notTheVendors = { 'the vendor': 403 }

/** Well formed, with an activation key that nobody has. */
const unknownRequest = requestText({
  ...{ activationKey: 'ZZZZ-ZZZZ-ZZZZ-ZZZZ', product: 'live-patching', fingerprint: 'none', hostname: 'none' },
  ...{ versions: {}, locked: false },
})
const someWords = { comment: 'mine now', version: '1' }

/**
 * Every route, one line each: **add yours here.** The first word is what its guard lets pass; who that is stands in
 * `rights.ts`. A path with a parameter names a thing (`at`), one of the lines above or one like them.
 */
export const routes: Readonly<Record<string, Route>> = {
  // Watching the portal, the shop, signing in: open to anyone.
  'GET /healthz': ['anyone'],
  'GET /readyz': ['anyone'],
  'GET /.well-known/jwks.json': ['anyone'],
  'POST /webhooks/fastspring': ['anyone', { gives: 403 }],
  'GET /settings': ['anything', { but: withoutLogin }],
  'POST /settings': ['anything', { but: withoutLogin }],
  'GET /settings/company': ['account.follow'],
  'POST /settings/company': ['account.edit'],
  'GET /settings/billing-contact': ['account.follow'],
  'POST /settings/billing-contact': ['account.edit'],
  'GET /settings/formats': ['anything', { but: withoutLogin }],
  'POST /settings/formats': ['anything', { gives: 303, but: withoutLogin }],
  'GET /settings/email': ['anything', { but: withoutLogin }],
  'POST /settings/email': ['anything', { but: withoutLogin, sensitive: true }],
  'POST /settings/email-changes/:id/stops': ['anything', { at: sergiosChange, gives: 404 }],
  'GET /settings/sessions': ['anything'],
  'POST /settings/sessions/:id/ends': ['anything', { at: noSession, gives: 404 }],
  'POST /settings/sessions/ends': ['anything', { gives: 303 }],
  'GET /api/v1/account': ['account.follow'],
  'PATCH /api/v1/account': ['account.edit', { sends: { billingEmail: 'none' } }],
  'GET /register': ['anyone'],
  'POST /register': ['anyone'],
  'GET /settings/password/new': ['anything', { gives: 303, but: addsPassword }],
  'POST /settings/password/new': ['anything', { gives: 303, but: asksAgain }],
  'GET /sign-in': ['anyone'],
  'POST /sign-in': ['anyone'],
  'GET /sign-in/proof': ['anyone', { gives: 303 }],
  'POST /sign-in/proof': ['anyone', { gives: 400 }],
  'POST /sign-in/links': ['anyone', { gives: 400 }],
  'GET /sign-in/code': ['anyone', { gives: 303 }],
  'POST /sign-in/code': ['anyone', { gives: 303 }],
  'GET /releases/new': ['anyone'],
  'POST /releases': ['anyone'],
  'POST /api/v1/release-links': ['anyone'],
  'GET /password-resets': ['anyone'],
  'POST /password-resets': ['anyone'],
  'GET /links/:token': ['anyone', { at: { id: 'nonsense', of: '' }, gives: 400 }],
  'POST /links/:token': ['anyone', { at: { id: 'nonsense', of: '' }, gives: 400 }],
  'GET /dev/mail': ['anyone', { gives: 404 }],
  'GET /dev/mail/:id': ['anyone', { at: { id: 'let_1', of: '' }, gives: 404 }],
  'GET /documentation/api': ['anyone'],
  'GET /documentation/software': ['anyone'],
  'GET /api/v1': ['anyone'],

  // Installed software: with an activation key in the body, or with the token of its activation, which nobody here has.
  'POST /api/v1/validations': ['anyone'],
  'POST /api/v1/activations': ['anyone'],
  'POST /api/v1/activations/:id/check-ins': ['holder', { at: adasActivation }],
  'GET /api/v1/activations/:id/license-file': ['holder', { at: adasActivation }],
  'DELETE /api/v1/activations/:id': ['computer.release', { at: adasActivation }],

  // Whoever is signed in.
  'GET /documentation': ['anything'],
  'GET /documentation/reseller-guide': ['anything'],
  'GET /settings/password': ['oneself', { but: withoutLogin }],
  'POST /settings/password': ['oneself', { but: withoutLogin }],
  'GET /settings/two-factor': ['oneself', { but: withoutLogin }],
  'POST /settings/two-factor': ['oneself', { but: withoutLogin, sensitive: true }],
  'POST /settings/two-factor/removal': ['oneself', { gives: 409, but: withoutLogin, sensitive: true }],
  'POST /settings/two-factor/recovery-codes': ['oneself', { gives: 409, but: withoutLogin, sensitive: true }],
  'POST /settings/two-factor/requirement': ['two-factor.oversee', { gives: 303, sensitive: true }],
  'GET /admin/logins': ['two-factor.reset-master'],
  'GET /admin/logins/:id/two-factor-reset': ['two-factor.reset-master', { at: fabrikamsMaster }],
  'POST /admin/logins/:id/two-factor-resets': ['two-factor.reset-master', { at: fabrikamsMaster, sensitive: true }],
  'GET /settings/logins/:id/two-factor-reset': ['two-factor.oversee', { at: sergiosLogin, but: notOfThoseAbove }],
  'POST /settings/logins/:id/two-factor-resets': ['two-factor.oversee', { at: sergiosLogin, sensitive: true }],
  'POST /sign-out': ['oneself', { gives: 303, ends: true }],

  // Licenses and support.
  'GET /': ['license.read', { but: homeIsProducts }],
  'GET /licenses': ['license.read'],
  'GET /licenses.csv': ['license.read'],
  'GET /licenses/:id': ['license.read', { at: adasLicense }],
  'GET /licenses/:id/comment': ['license.comment', { at: adasLicense }],
  'POST /licenses/:id/comment': ['license.comment', { at: adasLicense, sends: someWords }],
  'GET /licenses/:id/license.lic': ['license.read', { at: adasLicense }],
  'GET /licenses/:id/support.lic': ['license.read', { at: adasLicense }],
  'GET /licenses/:id/releases/new': ['computer.release', { at: adasLicense }],
  'POST /licenses/:id/releases': ['computer.release', { at: adasLicense, sends: someWords }],
  'POST /licenses/:id/release-requests': ['computer.release', { at: adasLicense, sends: someWords }],
  'POST /api/v1/licenses/:id/release-requests': ['computer.release', { at: adasLicense, sends: { reason: 'Lost' } }],
  'GET /api/v1/licenses/:id/license-file': ['license.read', { at: adasLicense }],
  'GET /api/v1/licenses/:id/support-file': ['license.read', { at: adasLicense }],
  'POST /api/v1/license-files': ['computer.activate', { gives: 404, sends: { request: unknownRequest } }],
  'GET /license-files/new': ['computer.activate'],
  'POST /license-files': ['computer.activate'],
  'GET /license-files/:id': ['license.read', { at: adasActivation }],
  'GET /license-files/:id/license.lic': ['license.read', { at: adasActivation }],
  'GET /licenses/bulk': ['license.delete', { gives: 422 }],
  'POST /licenses/bulk': ['license.delete'],
  'GET /licenses/:id/upgrades/new': ['cost.read', { at: mesaLicense }],
  'POST /licenses/:id/quotes': ['quote.create', { at: mesaLicense, sends: { size: '25' }, gives: 404 }],
  'POST /licenses/:id/upgrades': ['license.upgrade', { at: mesaLicense, sends: someWords }],
  'GET /licenses/:id/deletion': ['license.delete', { at: mesaLicense }],
  'POST /licenses/:id/deletion': ['license.delete', { at: mesaLicense, sends: someWords }],
  'GET /licenses/:id/supports/new': ['cost.read', { at: mesaLicense }],
  'POST /licenses/:id/supports': ['support.extend', { at: mesaLicense, sends: someWords }],
  'GET /support': ['support.read'],
  'GET /support.csv': ['support.read'],
  'GET /support/renewals/new': ['cost.read', { gives: 422, but: renewsAll }],
  'POST /support/quotes': ['quote.create'],
  'POST /support/renewals': ['support.extend'],
  'GET /support/:id/extensions/new': ['cost.read', { at: mesaSupport }],
  'POST /support/:id/extensions': ['support.extend', { at: mesaSupport, sends: someWords }],
  'GET /api/v1/licenses': ['license.read'],
  'GET /api/v1/licenses/:id': ['license.read', { at: adasLicense }],
  'PATCH /api/v1/licenses/:id': ['license.comment', { at: adasLicense, sends: { comment: 'mine now' } }],
  'DELETE /api/v1/licenses/:id': ['license.delete', { at: mesaLicense }],
  'POST /api/v1/licenses/:id/upgrades': ['license.upgrade', { at: mesaLicense, sends: { size: 25 } }],
  'POST /api/v1/licenses/:id/support': ['support.extend', { at: mesaLicense, sends: { years: 1 } }],
  'GET /api/v1/support': ['support.read'],
  'POST /api/v1/support/:id/extensions': ['support.extend', { at: mesaSupport, sends: { years: 1 } }],
  'POST /api/v1/support-renewals': ['support.extend', { sends: { support: ['sup_nobodys'], years: 1 }, gives: 404 }],

  // Products.
  'GET /products': ['product.read'],
  'GET /products/:code': ['product.read', { at: { id: 'live-patching', of: fabrikam.accountId } }],
  'GET /api/v1/products': ['product.read'],

  // Activation keys.
  'GET /activation-keys': ['activation-key.read'],
  'GET /activation-keys.csv': ['activation-key.read'],
  'GET /activation-keys/new': ['activation-key.create'],
  'POST /activation-keys': ['activation-key.create'],
  'GET /activation-keys/:id': ['activation-key.read', { at: mesaKey }],
  'POST /activation-keys/:id': ['activation-key.create', { at: mesaKey, sends: someWords }],
  'GET /activation-keys/removals': ['activation-key.remove', { gives: 422 }],
  'POST /activation-keys/removals': ['activation-key.remove'],
  'GET /activation-keys/:id/rotations/new': ['activation-key.create', { at: mesaKey, but: notTheVendors }],
  'POST /activation-keys/:id/rotations': [
    'activation-key.create',
    { at: mesaKey, sends: { graceDays: '7', version: '1' } },
  ],
  'POST /api/v1/activation-keys/:id/rotations': ['activation-key.create', { at: mesaKey, sends: {} }],
  'POST /api/v1/activation-key-removals': [
    'activation-key.remove',
    { sends: { activationKeys: ['key_nobodys'] }, gives: 404 },
  ],
  'GET /activation-keys/:id/removal': ['activation-key.remove', { at: mesaKey, but: notTheVendors }],
  'POST /activation-keys/:id/removal': ['activation-key.remove', { at: mesaKey, sends: someWords }],
  'GET /activation-keys/:id/licenses/new': ['license.assign', { at: mesaKey, but: notTheVendors }],
  'POST /activation-keys/:id/licenses': ['license.assign', { at: mesaKey, sends: someWords }],
  'GET /api/v1/activation-keys': ['activation-key.read'],
  'POST /api/v1/activation-keys': [
    'activation-key.create',
    { sends: { name: 'x', code: ada.activationKey }, gives: 409 },
  ],
  'GET /api/v1/activation-keys/:id': ['activation-key.read', { at: mesaKey }],
  'PATCH /api/v1/activation-keys/:id': ['activation-key.create', { at: mesaKey, sends: { name: 'mine now' } }],
  'DELETE /api/v1/activation-keys/:id': ['activation-key.remove', { at: mesaKey }],
  'POST /api/v1/activation-keys/:id/licenses': [
    'license.assign',
    { at: mesaKey, sends: { product: 'remote-access', edition: 'pro', size: 10, term: { kind: 'permanent' } } },
  ],

  // Computers.
  'GET /computers': ['computer.read'],
  'GET /computers.csv': ['computer.read'],
  'GET /computers/:id': ['computer.read', { at: adasComputer }],
  'POST /computers/:id': ['computer.rename', { at: adasComputer, sends: { name: 'mine now', version: '1' } }],
  'GET /computers/bulk': ['computer.edit', { gives: 422 }],
  'POST /computers/bulk': ['computer.edit'],
  'GET /computers/removals': ['computer.edit'],
  'GET /computers/removals/:id': ['computer.edit', { at: retired }],
  'POST /computers/removals/:id/restoration': ['computer.edit', { at: retired, sends: someWords }],
  'GET /computers/stale-removal': ['computer.edit'],
  'POST /computers/stale-removal': ['computer.edit', { sends: { afterDays: 'soon' } }],
  'GET /computer-groups': ['computer.read'],
  'POST /computer-groups': ['computer.edit'],
  'GET /computer-groups/:id': ['computer.edit', { at: webGroup, but: notOfThoseAbove }],
  'POST /computer-groups/:id': ['computer.edit', { at: webGroup, sends: { name: 'mine now', version: '1' } }],
  'GET /computer-groups/:id/deletion': ['computer.edit', { at: webGroup, but: notOfThoseAbove }],
  'POST /computer-groups/:id/deletion': ['computer.edit', { at: webGroup, sends: someWords }],
  'GET /api/v1/computers': ['computer.read'],
  'GET /api/v1/computers/:id': ['computer.read', { at: webServer }],
  'PATCH /api/v1/computers/:id': ['computer.edit', { at: webServer, sends: { name: 'mine now' } }],
  'DELETE /api/v1/computers/:id': ['computer.edit', { at: webServer }],
  'POST /api/v1/computer-removals': ['computer.edit', { sends: { computers: ['com_nobodys'] }, gives: 404 }],
  'GET /api/v1/computer-removals/:id': ['computer.edit', { at: retired }],
  'POST /api/v1/computer-removals/:id/restorations': ['computer.edit', { at: retired }],
  'POST /api/v1/computer-groupings': [
    'computer.edit',
    { sends: { computers: ['com_nobodys'], group: 'Mine' }, gives: 404 },
  ],
  'POST /api/v1/computer-moves': [
    'computer.edit',
    { sends: { computers: ['com_nobodys'], activationKey: 'none' }, gives: 404 },
  ],
  'GET /api/v1/stale-removal': ['computer.edit'],
  'PATCH /api/v1/stale-removal': ['computer.edit', { sends: { afterDays: 1 }, gives: 422 }],
  'GET /api/v1/computer-groups': ['computer.read'],
  'POST /api/v1/computer-groups': ['computer.edit', { sends: { name: '' }, gives: 422 }],
  'GET /api/v1/computer-groups/:id': ['computer.read', { at: webGroup, but: { "the vendor's API key": 404 } }],
  'PATCH /api/v1/computer-groups/:id': ['computer.edit', { at: webGroup, sends: { name: 'mine now' } }],
  'DELETE /api/v1/computer-groups/:id': ['computer.edit', { at: webGroup }],

  // Orders.
  'GET /orders': ['order.read'],
  'GET /orders.csv': ['order.read'],
  'GET /orders/:reference': ['order.read', { at: adasOrder }],
  'GET /api/v1/orders': ['order.read'],
  'GET /api/v1/orders/:reference': ['order.read', { at: adasOrder }],

  // What the clock does, and letters on their way: the vendor's.
  'GET /admin/jobs': ['job.read'],
  'POST /admin/jobs/:name/runs': ['job.run', { at: aJob, gives: 404 }],
  'GET /api/v1/jobs': ['job.read'],
  'POST /api/v1/jobs/:name/runs': ['job.run', { at: aJob, sends: {} }],
  'GET /admin/outbox': ['letter.read'],
  'GET /admin/outbox/:id': ['letter.read', { at: lostLetterThing }],
  'POST /admin/outbox/:id/resends': ['letter.resend', { at: lostLetterThing, sends: someWords }],
  'GET /api/v1/outbox': ['letter.read'],
  'GET /api/v1/outbox/:id': ['letter.read', { at: lostLetterThing }],
  'POST /api/v1/outbox/:id/resends': ['letter.resend', { at: lostLetterThing, sends: {} }],

  // Payments for quotes: the vendor's.
  'GET /admin/payments': ['payment.read'],
  'GET /admin/payments/:id': ['payment.read', { at: lost }],
  'POST /admin/payments/:id/application': ['payment.settle', { at: lost, sends: someWords }],
  'POST /admin/payments/:id/refund': ['payment.settle', { at: lost, sends: someWords }],
  'GET /api/v1/payments': ['payment.read'],
  'GET /api/v1/payments/:id': ['payment.read', { at: lost }],
  'POST /api/v1/payments/:id/applications': ['payment.settle', { at: lost, sends: {} }],
  'POST /api/v1/payments/:id/refunds': ['payment.settle', { at: lost, sends: {} }],

  // Checkouts, and the sandbox shop of development, which is the provider's place and not an account's.
  'GET /billing': ['billing.read'],
  'GET /billing.csv': ['billing.read'],
  'GET /billing/costs': ['billing.read'],
  'GET /billing/costs.csv': ['billing.read'],
  'GET /api/v1/billing/costs': ['billing.read'],
  'POST /billing/top-ups': ['billing.top-up'],
  'GET /billing/payment-methods': ['billing.read'],
  'POST /billing/payment-methods': ['payment-method.edit', { gives: 303 }],
  'POST /billing/payment-methods/:id/defaults': ['payment-method.edit', { at: fabrikamsCard }],
  'GET /billing/payment-methods/:id/removal': ['payment-method.edit', { at: fabrikamsCard }],
  'POST /billing/payment-methods/:id/removals': ['payment-method.edit', { at: fabrikamsCard }],
  'GET /billing/autopayment': ['billing.read'],
  'POST /billing/autopayment': ['billing.top-up'],
  'GET /billing/information': ['account.follow'],
  'POST /billing/information': ['account.edit'],
  'GET /api/v1/billing/payment-methods': ['billing.read'],
  'PATCH /api/v1/billing/payment-methods/:id': ['payment-method.edit', { at: fabrikamsCard, sends: { default: true } }],
  'DELETE /api/v1/billing/payment-methods/:id': ['payment-method.edit', { at: fabrikamsCard }],
  'GET /api/v1/billing/autopayment': ['billing.read'],
  'PATCH /api/v1/billing/autopayment': ['billing.top-up', { sends: { mode: 'add' } }],
  'GET /sandbox-shop/wallets/:wallet': ['anyone', { at: { id: 'nonsense', of: '' }, gives: 404 }],
  'POST /sandbox-shop/wallets/:wallet': ['anyone', { at: { id: 'nonsense', of: '' }, gives: 404 }],
  'GET /billing/invoices': ['invoice.read'],
  'GET /billing/invoices.csv': ['invoice.read'],
  'GET /billing/invoices/:id': ['invoice.read', { at: fabrikamsInvoice }],
  'GET /billing/invoices/:id/bill-to': ['invoice.edit', { at: fabrikamsInvoice }],
  'POST /billing/invoices/:id/bill-to': ['invoice.edit', { at: fabrikamsInvoice }],
  'GET /api/v1/invoices': ['invoice.read'],
  'GET /api/v1/invoices/:id': ['invoice.read', { at: fabrikamsInvoice }],
  'PATCH /api/v1/invoices/:id': ['invoice.edit', { at: fabrikamsInvoice }],
  'GET /api/v1/invoices/:id/pdf': ['invoice.read', { at: fabrikamsInvoice }],
  'GET /api/v1/billing': ['billing.read'],
  'GET /api/v1/billing/entries': ['billing.read'],
  'GET /catalog': ['quote.read'],
  'GET /cart': ['quote.create'],
  'POST /cart/items': ['quote.create'],
  'POST /cart/removals': ['quote.create', { gives: 303 }],
  'POST /cart/quotes': ['quote.create'],
  'GET /api/v1/offers': ['quote.read'],
  'GET /quotes': ['quote.read'],
  'GET /reports': ['report.read'],
  'GET /reports/new': ['report.edit'],
  'POST /reports': ['report.edit'],
  'GET /reports/:id': ['report.read', { at: northwindsReport, but: notEvenWithKey }],
  'GET /reports/bulk': ['report.edit', { gives: 422 }],
  'POST /reports/bulk': ['report.edit'],
  'GET /reports/:id/list.csv': ['report.read', { at: northwindsReport, but: notEvenWithKey }],
  'GET /reports/:id/list.pdf': ['report.read', { at: northwindsReport, but: notEvenWithKey }],
  'POST /reports/:id': ['report.edit', { at: northwindsReport, sends: aReport, gives: 404 }],
  'GET /reports/:id/edit': ['report.edit', { at: northwindsReport, but: notEvenWithKey }],
  'POST /reports/:id/states': ['report.edit', { at: northwindsReport, gives: 404 }],
  'POST /reports/:id/confirmations': ['report.edit', { at: northwindsReport, gives: 404 }],
  'POST /reports/:id/tests': ['report.edit', { at: northwindsReport, gives: 404 }],
  'GET /reports/:id/removal': ['report.edit', { at: northwindsReport, but: notEvenWithKey }],
  'POST /reports/:id/removals': ['report.edit', { at: northwindsReport, gives: 404 }],
  'GET /api/v1/reports': ['report.read'],
  'POST /api/v1/reports': ['report.edit', { sends: aReportOfNothing }],
  'GET /api/v1/reports/:id': ['report.read', { at: northwindsReport, but: notEvenWithKey }],
  'PATCH /api/v1/reports/:id': ['report.edit', { at: northwindsReport, gives: 404 }],
  'DELETE /api/v1/reports/:id': ['report.edit', { at: northwindsReport, gives: 404 }],
  'GET /api/v1/reports/:id/preview': ['report.read', { at: northwindsReport, but: notEvenWithKey }],
  'GET /api/v1/reports/:id/pdf': ['report.read', { at: northwindsReport, but: notEvenWithKey }],
  'POST /api/v1/reports/:id/confirmations': [
    'report.edit',
    { at: northwindsReport, sends: { email: 'nobody@elsewhere.example' }, gives: 404 },
  ],
  'POST /api/v1/reports/:id/tests': ['report.edit', { at: northwindsReport, gives: 404 }],
  'GET /settings/warnings': ['account.follow'],
  'POST /settings/warnings': ['account.edit', { sends: { lead: '4' } }],
  'GET /digests': ['digest.read'],
  'GET /api/v1/digests': ['digest.read'],
  'GET /api/v1/warnings': ['account.follow'],
  'PATCH /api/v1/warnings': ['account.edit', { sends: { leads: [4] } }],
  'GET /quotes/:id': ['quote.read', { at: fabrikamsQuote }],
  'POST /quotes/:id/applications': ['checkout.create', { at: fabrikamsQuote, gives: 409 }],
  'POST /quotes/:id/replacements': ['quote.create', { at: fabrikamsQuote, gives: 404 }],
  'GET /api/v1/quotes': ['quote.read'],
  'POST /api/v1/quotes': ['quote.create', { sends: { items: [{ license: 'lic_nobodys', size: 25 }] }, gives: 404 }],
  'GET /api/v1/quotes/:id': ['quote.read', { at: fabrikamsQuote }],
  'POST /api/v1/quotes/:id/applications': ['checkout.create', { at: fabrikamsQuote, sends: {}, gives: 409 }],
  'POST /quotes/:id/checkouts': ['checkout.create', { at: fabrikamsQuote, gives: 303 }],
  'GET /checkouts': ['quote.read', { gives: 303 }],
  'GET /checkouts/:id': ['quote.read', { at: fabrikamsCheckout }],
  'POST /checkouts/:id/sessions': ['checkout.create', { at: fabrikamsCheckout, gives: 303 }],
  'POST /api/v1/checkouts': ['checkout.create', { sends: { quote: 'quo_nobodys' }, gives: 404 }],
  'GET /api/v1/checkouts/:id': ['quote.read', { at: fabrikamsCheckout }],
  'GET /sandbox-shop/:session': ['anyone', { at: noSession, gives: 404 }],
  'POST /sandbox-shop/:session/payments': ['anyone', { at: noSession, gives: 404 }],
  'POST /sandbox-shop/:session/late-payments': ['anyone', { at: noSession, gives: 404 }],
  'POST /sandbox-shop/:session/double-payments': ['anyone', { at: noSession, gives: 404 }],
  'POST /sandbox-shop/:session/foreign-payments': ['anyone', { at: noSession, gives: 404 }],
  'POST /sandbox-shop/:session/short-payments': ['anyone', { at: noSession, gives: 404 }],
  'POST /sandbox-shop/:session/declines': ['anyone', { at: noSession, gives: 404 }],
  'POST /sandbox-shop/:session/abandonments': ['anyone', { at: noSession, gives: 404 }],

  // Subscriptions.
  'GET /subscriptions': ['subscription.read'],
  'GET /subscriptions.csv': ['subscription.read'],
  'GET /subscriptions/new': ['subscription.create'],
  'POST /subscriptions': ['subscription.create'],
  'GET /subscriptions/:id': ['subscription.read', { at: mesaSubscription }],
  'POST /subscriptions/:id/channels': ['subscription.edit', { at: mesaSubscription, sends: someWords }],
  'GET /subscriptions/:id/cancellation': ['subscription.cancel', { at: mesaSubscription }],
  'POST /subscriptions/:id/resumptions': ['subscription.cancel', { at: mesaSubscription }],
  'POST /subscriptions/:id/wallet': ['subscription.cancel', { at: mesaSubscription, gives: 404 }],
  'POST /subscriptions/:id/cancellation': ['subscription.cancel', { at: mesaSubscription, sends: someWords }],
  'GET /api/v1/subscriptions': ['subscription.read'],
  'POST /api/v1/subscriptions': [
    'subscription.create',
    {
      sends: {
        ...{ product: 'remote-support', channels: 1, email: 'a@b.example', term: 'month' },
        activationKey: 'key_nobodys',
      },
    },
  ],
  'GET /api/v1/subscriptions/:id': ['subscription.read', { at: mesaSubscription }],
  'PATCH /api/v1/subscriptions/:id': ['subscription.edit', { at: mesaSubscription, sends: { channels: 7 } }],
  'POST /api/v1/subscriptions/:id/resumptions': ['subscription.cancel', { at: mesaSubscription, sends: {} }],
  'POST /api/v1/subscriptions/:id/cancellations': ['subscription.cancel', { at: mesaSubscription }],

  // Resellers and credits.
  'GET /resellers': ['reseller.read'],
  'GET /resellers.csv': ['reseller.read'],
  'GET /resellers/new': ['reseller.create'],
  'POST /resellers': ['reseller.create'],
  'GET /resellers/:id': ['reseller.read', { at: lucernesAccount }],
  'POST /resellers/:id': ['reseller.edit', { at: lucernesAccount, sends: someWords, sensitive: true }],
  'POST /resellers/:id/credit-returns': ['credit.give', { at: lucernesAccount, sends: someWords }],
  'GET /resellers/:id/suspension': ['reseller.edit', { at: lucernesAccount }],
  'POST /resellers/:id/suspension': ['reseller.edit', { at: lucernesAccount }],
  'POST /resellers/:id/resumption': ['reseller.edit', { at: lucernesAccount }],
  'POST /resellers/:id/password-links': ['reseller.edit', { at: lucernesAccount }],
  'GET /resellers/:id/credits/new': ['credit.give', { at: lucernesAccount }],
  'POST /resellers/:id/credits': ['credit.give', { at: lucernesAccount, sends: someWords }],
  'GET /credits': ['credit.read'],
  'GET /credits.csv': ['credit.read'],
  'POST /credits/threshold': ['credit.give'],
  'GET /api/v1/resellers': ['reseller.read'],
  'POST /api/v1/resellers': [
    'reseller.create',
    { sends: { login: 'northwind', email: 'a@b.example', products: ['remote-access'] }, gives: 409 },
  ],
  'GET /api/v1/resellers/:id': ['reseller.read', { at: lucernesAccount }],
  'PATCH /api/v1/resellers/:id': ['reseller.edit', { at: lucernesAccount, sends: { name: 'mine now' } }],
  'POST /api/v1/resellers/:id/credits': [
    'credit.give',
    { at: lucernesAccount, sends: { offer: 'remote-access/pro/10', quantity: 1 } },
  ],
  'POST /api/v1/resellers/:id/credit-returns': [
    'credit.give',
    { at: lucernesAccount, sends: { offer: 'remote-access/pro/10', quantity: 1 } },
  ],
  'POST /api/v1/resellers/:id/suspensions': ['reseller.edit', { at: lucernesAccount }],
  'POST /api/v1/resellers/:id/resumptions': ['reseller.edit', { at: lucernesAccount }],
  'GET /api/v1/credits': ['credit.read'],
  'GET /api/v1/credit-entries': ['credit.read'],

  // API keys.
  'GET /settings/api-keys': ['api-key.read'],
  'GET /settings/api-keys/new': ['api-key.edit'],
  'POST /settings/api-keys': ['api-key.edit', { sensitive: true }],
  'GET /settings/api-keys/:id': ['api-key.read', { at: northwindsApiKey, but: notOfThoseAbove }],
  'POST /settings/api-keys/:id/rotations': ['api-key.edit', { at: northwindsApiKey, sensitive: true }],
  'POST /settings/api-keys/:id/revocations': ['api-key.edit', { at: northwindsApiKey }],
  'GET /api/v1/api-keys': ['api-key.read'],
  'DELETE /api/v1/api-keys/:id': ['api-key.edit', { at: northwindsApiKey }],

  // Logins and roles.
  'GET /settings/roles': ['anything'],
  'GET /settings/logins': ['login.read'],
  'GET /settings/logins/new': ['login.edit'],
  'POST /settings/logins': ['login.edit', { sensitive: true }],
  'GET /settings/logins/:id': ['login.edit', { at: fabrikamsLogin, but: notOfThoseAbove }],
  'POST /settings/logins/:id': ['login.edit', { at: fabrikamsLogin, sensitive: true }],
  'POST /settings/logins/:id/removals': ['login.edit', { at: fabrikamsLogin, sensitive: true }],
  'POST /settings/invitations/:id/letters': ['login.edit', { at: fabrikamsInvitation }],
  'POST /settings/invitations/:id/withdrawals': ['login.edit', { at: fabrikamsInvitation }],
  'GET /api/v1/logins': ['login.read'],
  'GET /api/v1/email-changes': ['login.read'],
  'DELETE /api/v1/email-changes/:id': ['login.edit', { at: sergiosChange }],

  // The audit trail.
  'GET /events': ['event.read'],
  'GET /events.csv': ['event.read'],
  'GET /api/v1/events': ['event.read'],
}
