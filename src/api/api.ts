import { Hono } from 'hono'
import { refuse } from '#src/domain/refusal.ts'
import type { HttpContext, HttpEnv } from '#src/http/context.ts'
import { anyone } from '#src/http/guards.ts'
import { methodsAt, routeTable } from '#src/http/route-table.ts'
import { activationKeyActCalls } from './activation-key-acts.ts'
import { activationKeyCalls } from './activation-keys.ts'
import { assignmentCalls } from './assign-license.ts'
import { computerActCalls } from './computer-acts.ts'
import { computerGroupCalls } from './computer-groups.ts'
import { computerCalls } from './computers.ts'
import { creditCalls } from './credits.ts'
import { beforeCalls } from './door.ts'
import { eventCalls } from './events.ts'
import { licenseFileCalls } from './license-files.ts'
import { licenseCalls } from './licenses.ts'
import { orderCalls } from './orders.ts'
import { productCalls } from './products.ts'
import { releaseCalls } from './releases.ts'
import { resellerCalls } from './resellers.ts'
import { subscriptionCalls } from './subscriptions.ts'
import { supportCalls } from './support.ts'

const links = {
  validations: '/api/v1/validations',
  activations: '/api/v1/activations',
  licenses: '/api/v1/licenses',
  products: '/api/v1/products',
  activationKeys: '/api/v1/activation-keys',
  computers: '/api/v1/computers',
  computerGroups: '/api/v1/computer-groups',
  licenseFiles: '/api/v1/license-files',
  releaseLinks: '/api/v1/release-links',
  support: '/api/v1/support',
  orders: '/api/v1/orders',
  offers: '/api/v1/offers',
  quotes: '/api/v1/quotes',
  payments: '/api/v1/payments',
  billing: '/api/v1/billing',
  balanceEntries: '/api/v1/billing/entries',
  costs: '/api/v1/billing/costs',
  paymentMethods: '/api/v1/billing/payment-methods',
  autopayment: '/api/v1/billing/autopayment',
  invoices: '/api/v1/invoices',
  subscriptions: '/api/v1/subscriptions',
  resellers: '/api/v1/resellers',
  account: '/api/v1/account',
  apiKeys: '/api/v1/api-keys',
  logins: '/api/v1/logins',
  credits: '/api/v1/credits',
  creditEntries: '/api/v1/credit-entries',
  reports: '/api/v1/reports',
  jobs: '/api/v1/jobs',
  outbox: '/api/v1/outbox',
  events: '/api/v1/events',
  openapi: '/api/v1/openapi.json',
  documentation: '/documentation/api',
}

/** The JSON door: bearer keys, JSON in and out, problems for everything that is refused. No cookie is looked at. */
export const api = new Hono<HttpEnv>()
api.use('/api/*', ...beforeCalls)
/** What there is to ask for. Answers `{ links }`, paths of this server. */
api.get('/api/v1', anyone(), (c) => c.json({ links }))
for (const calls of [
  licenseCalls,
  activationKeyCalls,
  assignmentCalls,
  computerCalls,
  computerActCalls,
  computerGroupCalls,
  licenseFileCalls,
  releaseCalls,
  orderCalls,
  resellerCalls,
  creditCalls,
  eventCalls,
])
  api.route('/', calls)
api.route('/', activationKeyActCalls)
api.route('/', productCalls)
api.route('/', supportCalls)
api.route('/', subscriptionCalls)
api.all('/api/*', anyone(), nothingHere)

/** A known path says which methods it takes; any other is not there. */
function nothingHere(c: HttpContext): never {
  const allow = methodsAt(routeTable(api), c.req.path)
  refuse(allow.length > 0 ? { code: 'method-not-allowed', allow } : { code: 'not-found' })
}
