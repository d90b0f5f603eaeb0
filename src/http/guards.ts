import type { MiddlewareHandler } from 'hono'
import { refuse } from '#src/domain/refusal.ts'
import type { Asking } from '#src/use-cases/admit.ts'
import type { HttpContext, HttpEnv } from './context.ts'

/** What a guard lets pass; `test/guards.test.ts` reads it off the route table. */
export type Guard = {
  readonly lets: Asking['may'] | 'anyone' | 'holder'
  /** Whether it takes a fresh proof of who is there: it, or the act in some cases, asks for one. */
  readonly sensitive: boolean
}

/** Takes a fresh proof, where the request brings one. */
type Proving = (c: HttpContext, asking: Asking) => Promise<void>

const guards = new WeakMap<object, Guard>()

/** The guard that a handler is, if it is one. */
export const guardOf = (handler: object): Guard | undefined => guards.get(handler)

/**
 * Stands on a route line: only who may do the act passes. It is decided on the row that the request's one batch reads
 * first (`readAs`); a route that answers without having asked is a defect and says so.
 */
export function may(act: Asking['may'], prove?: Proving, always = prove !== undefined): MiddlewareHandler<HttpEnv> {
  const guard: MiddlewareHandler<HttpEnv> = async (c, next) => {
    const asking = askingOf(c, act, always)
    await prove?.(c, asking)
    await next()
    if (!c.error && c.res.ok && asking.admitted === null) throw new Error(`${c.req.path} answered without asking who`)
  }
  guards.set(guard, { lets: act, sensitive: prove !== undefined })
  return guard
}

/** Whoever is signed in, whatever their role. */
export const signedIn = (): MiddlewareHandler<HttpEnv> => may('anything')

/** Whoever is signed in, even before they changed a password that somebody else made: their password, their session. */
export const oneself = (): MiddlewareHandler<HttpEnv> => may('oneself')

/** Stands on the route line of what the public may see. */
export function anyone(): MiddlewareHandler<HttpEnv> {
  const guard: MiddlewareHandler<HttpEnv> = async (_c, next) => next()
  guards.set(guard, { lets: 'anyone', sensitive: false })
  return guard
}

/** Stands on the route line of what software asks for with the token of its activation. */
export function holder(): MiddlewareHandler<HttpEnv> {
  const guard: MiddlewareHandler<HttpEnv> = async (c, next) => {
    if (c.var.token === null) refuse({ code: 'activation-token-invalid' })
    await next()
  }
  guards.set(guard, { lets: 'holder', sensitive: false })
  return guard
}

/** What the software may do with its token, and whoever may do the act. */
export function holderOr(act: Asking['may']): MiddlewareHandler<HttpEnv> {
  const others = may(act)
  const guard: MiddlewareHandler<HttpEnv> = (c, next) => (c.var.token === null ? others(c, next) : next())
  guards.set(guard, { lets: act, sensitive: false })
  return guard
}

function askingOf(c: HttpContext, act: Asking['may'], sensitive: boolean): Asking {
  const { credential, address, requestId } = c.var
  if (!credential) refuse({ code: 'signed-out' })
  const asking: Asking = {
    credential,
    may: act,
    address,
    requestId,
    ...(sensitive ? { sensitive } : {}),
    admitted: null,
  }
  c.set('asking', asking)
  return asking
}
