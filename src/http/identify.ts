import { createMiddleware } from 'hono/factory'
import type { Credential } from '#src/domain/accounts/actor.ts'
import { fingerprintOf } from '#src/gateways/secrets.ts'
import type { HttpContext, HttpEnv } from './context.ts'
import { readCookie } from './cookies.ts'

/** Opens the cookie of a page's request. Its claims are provisional: the database says what the session is worth. */
export const identifyByCookie = createMiddleware<HttpEnv>(async (c, next) => {
  const { secrets, now } = c.var.deps
  const cookie = readCookie(c, 'session')
  const claims = cookie ? await secrets.open('session', cookie, now()) : null
  c.set('credential', claims ? { kind: 'session', id: claims.id } : null)
  await next()
})

/** Takes the bearer key of a script's request. */
export const identifyByKey = createMiddleware<HttpEnv>(async (c, next) => {
  c.set('credential', await bearerOf(c))
  await next()
})

/** Takes the token of an activation, or else the bearer key of a script: a token has dots, a key has none. */
export const identifyByToken = createMiddleware<HttpEnv>(async (c, next) => {
  const [, token] =
    /^Bearer +(act_[\w-]{1,60}\.\d{1,10}\.[\w-]{20,100})$/i.exec(c.req.header('authorization') ?? '') ?? []
  c.set('token', token ?? null)
  c.set('credential', token ? null : await bearerOf(c))
  await next()
})

async function bearerOf(c: HttpContext): Promise<Credential | null> {
  const [, key] = /^Bearer +([\w-]{8,200})$/i.exec(c.req.header('authorization') ?? '') ?? []
  return key ? { kind: 'api-key', id: await fingerprintOf(key) } : null
}
