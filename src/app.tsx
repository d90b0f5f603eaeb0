import { Hono } from 'hono'
import { styleHash } from '#views/style.generated.ts'
import { api } from './api/api.ts'
import { problemOf } from './api/problems.ts'
import { webhooks } from './api/webhooks.ts'
import { type Refusal, Refused } from './domain/refusal.ts'
import { atMost, bodyLimits, onlyType } from './http/bodies.ts'
import type { HttpContext, HttpEnv } from './http/context.ts'
import { health } from './http/health.ts'
import { ownHostOnly, sameOriginOnly } from './http/hosts.ts'
import { identifyByCookie } from './http/identify.ts'
import { requestLog } from './http/request-log.ts'
import { methodsAt, type RouteLine, routeTable } from './http/route-table.ts'
import { securityHeaders } from './http/security-headers.ts'
import type { Deps } from './use-cases/deps.ts'
import { activationKeyPages } from './web/activation-keys.tsx'
import { assignLicensePages } from './web/assign-license.tsx'
import { bulkLicensePages } from './web/bulk-licenses.tsx'
import { creditPages } from './web/credits.tsx'
import { devMailPages } from './web/dev-mail.tsx'
import { documentationPages } from './web/documentation.tsx'
import { eventPages } from './web/events.tsx'
import { exportPages } from './web/exports.ts'
import { licenseDeletionPages } from './web/license-deletions.tsx'
import { licenseUpgradePages } from './web/license-upgrades.tsx'
import { licensePages } from './web/licenses.tsx'
import { newActivationKeyPages } from './web/new-activation-keys.tsx'
import { orderPages } from './web/orders.tsx'
import { passwordPages } from './web/passwords.tsx'
import { pageProblem } from './web/problems.tsx'
import { removeActivationKeyPages } from './web/remove-activation-key.tsx'
import { oneResellerPages } from './web/reseller.tsx'
import { resellerCreditPages } from './web/reseller-credits.tsx'
import { resellerPages } from './web/resellers.tsx'
import { signInPages } from './web/sign-in.tsx'
import { supportPages } from './web/support.tsx'
import { supportExtensionPages } from './web/support-extensions.tsx'

/** How the app gets what it needs for one request; the Worker makes it of bindings, tests of what they like. */
export type DepsFor = (c: HttpContext) => Deps

/** The whole portal as a function of its dependencies: request id, log, headers, then the doors. */
export function createApp(depsFor: DepsFor) {
  const app = new Hono<HttpEnv>()
  app.use(async (c, next) => {
    const deps = depsFor(c)
    c.set('deps', deps)
    c.set('requestId', deps.newId('request'))
    c.set('address', c.req.header('cf-connecting-ip') ?? '127.0.0.1')
    await next()
  })
  app.use(requestLog, securityHeaders(styleHash), ownHostOnly)
  app.route('/', health)
  app.route('/', webhooks)
  app.route('/', api)
  app.route('/', pages())
  const table = routeTable(app)
  app.notFound((c) => problemFor(c, new Refused(nothingAt(table, c))))
  app.onError((error, c) => problemFor(c, error))
  return app
}

/** The pages' door: own forms only, small bodies, a cookie that is looked at. */
function pages() {
  const door = new Hono<HttpEnv>()
  door.use(sameOriginOnly, atMost(bodyLimits.form), onlyType('application/x-www-form-urlencoded'), identifyByCookie)
  for (const one of [
    signInPages,
    bulkLicensePages,
    licensePages,
    licenseUpgradePages,
    licenseDeletionPages,
    supportPages,
    supportExtensionPages,
    newActivationKeyPages,
    activationKeyPages,
    removeActivationKeyPages,
    assignLicensePages,
    orderPages,
    resellerPages,
    oneResellerPages,
    resellerCreditPages,
    creditPages,
    eventPages,
    exportPages,
    documentationPages,
    passwordPages,
    devMailPages,
  ]) {
    door.route('/', one)
  }
  return door
}

/** A path that takes other methods is 405 and says which; any other is 404. */
function nothingAt(table: readonly RouteLine[], c: HttpContext): Refusal {
  const allow = methodsAt(table, c.req.path)
  return allow.length > 0 ? { code: 'method-not-allowed', allow } : { code: 'not-found' }
}

const isApi = (c: HttpContext): boolean => c.req.path.startsWith('/api/') || c.req.path.startsWith('/webhooks/')

const problemFor = (c: HttpContext, error: unknown) => (isApi(c) ? problemOf(c, error) : pageProblem(c, error))
