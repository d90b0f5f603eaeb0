import { createMiddleware } from 'hono/factory'
import type { HttpEnv } from './context.ts'

/**
 * The headers of every answer. The page's one constant `<style>` is allowed by its hash; there is no inline script at
 * all (`threats.md`, B2–B6). What is cached says so itself; everything else is not stored.
 */
export const securityHeaders = (styleHash: string) => {
  const policy = [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'sha256-${styleHash}'`,
    "img-src 'self' data:",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
  const headers: Record<string, string> = {
    'Content-Security-Policy': policy,
    'Strict-Transport-Security': 'max-age=31536000; includeSubDomains',
    'Referrer-Policy': 'same-origin',
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Permissions-Policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
  }
  return createMiddleware<HttpEnv>(async (c, next) => {
    await next()
    c.res.headers.set('X-Request-Id', c.var.requestId)
    if (!c.res.headers.has('Cache-Control')) c.res.headers.set('Cache-Control', 'no-store')
    // A script that polls gets a 304 of a few lines: the headers of the answer it holds still apply.
    if (c.res.status === 304) return
    for (const [name, value] of Object.entries(headers)) c.res.headers.set(name, value)
    c.res.headers.append('Vary', 'HX-Request, HX-Request-Type')
  })
}
