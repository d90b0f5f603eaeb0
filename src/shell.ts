import { Hono } from 'hono'
import { styleHash } from '#views/style.generated.ts'
import { type Refusal, Refused } from './domain/refusal.ts'
import type { HttpContext, HttpEnv } from './http/context.ts'
import { ownHostOnly } from './http/hosts.ts'
import { requestLog } from './http/request-log.ts'
import { methodsAt, type RouteLine, routeTable } from './http/route-table.ts'
import { securityHeaders } from './http/security-headers.ts'
import type { Deps } from './use-cases/deps.ts'

/** How the app gets what it needs for one request; the Worker makes it of bindings, tests of what they like. */
export type DepsFor = (c: HttpContext) => Deps

type Door = Hono<HttpEnv>

/** What is answered to an error: a page, or a problem as JSON. */
export type Translator = (c: HttpContext, error: unknown) => Response | Promise<Response>

/** What stands around doors: request id, log, headers, and the answer to what has no door or fails behind one. */
export function shellAround(doors: readonly Door[], depsFor: DepsFor, problemFor: Translator): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>()
  app.use(async (c, next) => {
    const deps = depsFor(c)
    c.set('deps', deps)
    c.set('requestId', deps.newId('request'))
    c.set('address', c.req.header('cf-connecting-ip') ?? '127.0.0.1')
    await next()
  })
  app.use(requestLog, securityHeaders(styleHash), ownHostOnly)
  for (const door of doors) app.route('/', door)
  const table = routeTable(app)
  app.notFound((c) => problemFor(c, new Refused(nothingAt(table, c))))
  app.onError((error, c) => problemFor(c, error))
  return app
}

/** A path that takes other methods is 405 and says which; any other is 404. */
function nothingAt(table: readonly RouteLine[], c: HttpContext): Refusal {
  const allow = methodsAt(table, c.req.path)
  return allow.length > 0 ? { code: 'method-not-allowed', allow } : { code: 'not-found' }
}
