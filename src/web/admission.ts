import { deviceName } from '#src/domain/sign-in/device.ts'
import { codeSeconds } from '#src/domain/sign-in/session.ts'
import { fingerprintOf } from '#src/gateways/secrets.ts'
import type { HttpContext } from '#src/http/context.ts'
import { dropCookie, readCookie, writeCookie } from '#src/http/cookies.ts'
import { sendLetters } from '#src/use-cases/letters/send-letters.ts'
import type { OpenedSession } from '#src/use-cases/sign-in/open-session.ts'
import type { Admission } from '#src/use-cases/sign-in/prove-sign-in.ts'
import { paths } from '#views/paths.ts'

/** Goes where a right proof leads: on, or to the page that asks the code of a second factor. */
export async function goOn(c: HttpContext, admission: Admission, next: string) {
  if ('opened' in admission) {
    await admit(c, admission.opened)
    return c.redirect(next, 303)
  }
  writeCookie(c, 'code', admission.code, codeSeconds)
  dropCookie(c, 'step')
  return c.redirect(paths.signInCode, 303)
}

/** Hands out the cookies of a new session; the step's is spent. */
export async function admit(c: HttpContext, opened: OpenedSession): Promise<void> {
  const { deps } = c.var
  writeCookie(c, 'session', opened.cookie, opened.remember ? opened.seconds : undefined)
  dropCookie(c, 'step')
  if (readCookie(c, 'code')) dropCookie(c, 'code')
  if (opened.letterId) deps.afterwards(sendLetters(deps, [opened.letterId]))
  const year = 365 * 86_400
  const device = { id: deps.newId('request'), subject: (await Promise.all(opened.keys.map(fingerprintOf))).join(' ') }
  writeCookie(c, 'device', await deps.secrets.sign('device', device, deps.now(), year), year)
}

/** The id of this browser's device token where it signed in whoever has this key before: it holds fingerprints of their keys. */
export async function deviceFor(c: HttpContext, key: string): Promise<string | null> {
  const token = readCookie(c, 'device')
  const device = token ? await c.var.deps.secrets.open('device', token, c.var.deps.now()) : null
  return device?.subject.split(' ').includes(await fingerprintOf(key)) ? device.id : null
}

/** Where a sign-in comes from. */
export const originOf = (c: HttpContext) => ({
  address: c.var.address,
  place: placeOf(c.req.raw),
  device: deviceName(c.req.header('user-agent') ?? ''),
  requestId: c.var.requestId,
  replaces: c.var.credential?.id ?? null,
})

/** `Lyon, FR`: what the edge knows of where a request comes from. */
function placeOf(request: Request & { cf?: { city?: unknown; country?: unknown } }): string {
  const { city, country } = request.cf ?? {}
  return [city, country].filter((one) => typeof one === 'string').join(', ')
}
