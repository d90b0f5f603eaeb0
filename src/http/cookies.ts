import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import type { CookieOptions } from 'hono/utils/cookie'
import type { HttpContext } from './context.ts'

/** The cookies there are, all `__Host-`: secure, of this host alone, out of reach for scripts (`threats.md`, A9). */
export const cookieNames = {
  session: '__Host-portico',
  step: '__Host-portico-step',
  code: '__Host-portico-code',
  codes: '__Host-portico-codes',
  device: '__Host-portico-device',
  notice: '__Host-portico-notice',
  made: '__Host-portico-made',
} as const
type Name = keyof typeof cookieNames

const attributes: CookieOptions = { path: '/', secure: true, httpOnly: true, sameSite: 'Lax' }

export const readCookie = (c: HttpContext, name: Name): string | undefined => getCookie(c, cookieNames[name])

/** Sets a cookie; without `seconds` it ends with the browser's session. */
export const writeCookie = (c: HttpContext, name: Name, value: string, seconds?: number): void =>
  setCookie(c, cookieNames[name], value, { ...attributes, ...(seconds ? { maxAge: seconds } : {}) })

export const dropCookie = (c: HttpContext, name: Name): void => {
  deleteCookie(c, cookieNames[name], attributes)
}
