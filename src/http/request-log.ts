import { createMiddleware } from 'hono/factory'
import { matchedRoutes } from 'hono/route'
import type { HttpEnv } from './context.ts'

/**
 * One line of JSON for each request, without query, body, cookie or key: those hold secrets and names. The path is the
 * route's pattern, so that a token in it stays out as well.
 */
export const requestLog = createMiddleware<HttpEnv>(async (c, next) => {
  const { deps, requestId } = c.var
  const startedAt = Date.now()
  await next()
  const route = matchedRoutes(c).findLast((one) => one.method !== 'ALL')
  deps.log({
    level: c.res.status >= 500 ? 'error' : 'info',
    message: 'request',
    requestId,
    method: c.req.method,
    route: route?.path ?? 'none',
    status: c.res.status,
    ms: Date.now() - startedAt,
    account: c.var.asking?.admitted?.account.id,
    error: c.error && c.res.status >= 500 ? describe(c.error) : undefined,
  })
})

/** An error in one line, its causes with it; messages of the database name columns, never values. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const cause = error.cause === undefined ? '' : ` ← ${describe(error.cause)}`
  return `${error.name}: ${error.message}${cause}`
}
