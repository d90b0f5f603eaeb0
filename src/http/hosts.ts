import { createMiddleware } from 'hono/factory'
import { refuse } from '#src/domain/refusal.ts'
import type { Settings } from '#src/use-cases/deps.ts'
import type { HttpContext, HttpEnv } from './context.ts'
import { readCookie } from './cookies.ts'

const loopback = new Set(['localhost', '127.0.0.1', '[::1]'])

/** Whether an origin is the portal's own; development knows this machine's names beside the configured one. */
export function isOwnOrigin(settings: Settings, origin: string): boolean {
  if (origin === settings.origin) return true
  return settings.development && URL.canParse(origin) && loopback.has(new URL(origin).hostname)
}

/** Refuses a host that is not the portal's own, so that no link and no cache can be made for it (`threats.md`, A16). */
export const ownHostOnly = createMiddleware<HttpEnv>(async (c, next) => {
  const { settings } = c.var.deps
  const { protocol, host } = new URL(c.req.url)
  const own = host === new URL(settings.origin).host || isOwnOrigin(settings, `${protocol}//${host}`)
  if (!own) refuse({ code: 'unknown-host' })
  await next()
})

const safe = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Refuses what another site makes a browser send. `Origin` or `Sec-Fetch-Site` must say that the request is the
 * portal's own; a request with a session cookie and neither of them is refused too (`threats.md`, B1).
 */
export const sameOriginOnly = createMiddleware<HttpEnv>(async (c, next) => {
  if (!safe.has(c.req.method) && !isSameOrigin(c)) refuse({ code: 'cross-site' })
  await next()
})

function isSameOrigin(c: HttpContext): boolean {
  const origin = c.req.header('origin')
  const site = c.req.header('sec-fetch-site')
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return false
  if (origin !== undefined) return isOwnOrigin(c.var.deps.settings, origin)
  return site !== undefined || readCookie(c, 'session') === undefined
}
