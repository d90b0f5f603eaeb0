import { createMiddleware } from 'hono/factory'
import type { HttpEnv } from './context.ts'

/**
 * The headers of every answer. The page's one constant `<style>` is allowed by its hash; there is no inline script at
 * all (`threats.md`, B2–B6). What is cached says so itself; everything else is not stored.
 */
export const securityHeaders = (styleHash: string) => {
  const headers: Record<string, string> = {
    'Content-Security-Policy': policyOf(styleHash),
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
    if (c.var.admits?.length) admit(c.res.headers, styleHash, c.var.admits)
    c.res.headers.append('Vary', 'HX-Request, HX-Request-Type')
  })
}

const policyOf = (styleHash: string, more: readonly string[] = []): string =>
  [
    "default-src 'none'",
    `script-src ${["'self'", ...more].join(' ')}`,
    `style-src ${["'self'", `'sha256-${styleHash}'`, ...more].join(' ')}`,
    `img-src ${["'self'", 'data:', ...more].join(' ')}`,
    `connect-src ${["'self'", ...more].join(' ')}`,
    `form-action ${["'self'", ...more].join(' ')}`,
    "base-uri 'none'",
    "frame-ancestors 'none'",
    // A popup is a frame; the provider's script brings a stylesheet of its own that lays it over the page.
    ...(more.length > 0 ? [`frame-src ${more.join(' ')}`] : []),
  ].join('; ')

/** Lets a payment provider's script, frame and forms into the one page that needs them. */
function admit(headers: Headers, styleHash: string, origins: readonly string[]): void {
  headers.set('Content-Security-Policy', policyOf(styleHash, origins))
  const payments = `payment=(self ${origins.map((origin) => `"${origin}"`).join(' ')})`
  headers.set('Permissions-Policy', `camera=(), geolocation=(), microphone=(), ${payments}, usb=()`)
}
