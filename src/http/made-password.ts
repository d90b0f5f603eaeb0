import { randomPassword } from '#src/domain/accounts/password.ts'
import type { HttpContext } from './context.ts'
import { dropCookie, readCookie, writeCookie } from './cookies.ts'

/**
 * The password that "Random" makes for one form of one session. It is computed again to be shown once more after the
 * account was made, and is kept nowhere (Decision 15).
 */
export async function madePassword(c: HttpContext, request: string): Promise<string> {
  const token = await c.var.deps.secrets.tokenFor('made password', `${c.var.asking.credential.id} ${request}`)
  const mac = token
    .slice(token.lastIndexOf('.') + 1)
    .replaceAll('-', '+')
    .replaceAll('_', '/')
  return randomPassword(Uint8Array.from(atob(mac), (char) => char.charCodeAt(0)))
}

/** Leaves a made password for the next page to show; the cookie holds the form's id, which is worth nothing alone. */
export const leaveMade = (c: HttpContext, request: string): void => writeCookie(c, 'made', request, 300)

/** Takes the made password that was left, if any: it shows once. */
export async function takeMade(c: HttpContext): Promise<string | null> {
  const request = readCookie(c, 'made')
  if (request === undefined) return null
  dropCookie(c, 'made')
  return madePassword(c, request)
}
