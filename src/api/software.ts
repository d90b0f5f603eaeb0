import { Hono } from 'hono'
import { createMiddleware } from 'hono/factory'
import { base64Of } from '#src/domain/license-files/certificate.ts'
import { refuse } from '#src/domain/refusal.ts'
import { atMost, bodyLimits, onlyType } from '#src/http/bodies.ts'
import type { HttpContext, HttpEnv } from '#src/http/context.ts'
import { anyone } from '#src/http/guards.ts'
import { identifyByToken } from '#src/http/identify.ts'
import { linesOf, wantsText } from '#src/http/plain-text.ts'
import { methodsAt, routeTable } from '#src/http/route-table.ts'

/** A door for software: JSON or plain text, an activation key in the body or a token, no cookie. */
export function softwareDoor(calls: readonly Hono<HttpEnv>[]): Hono<HttpEnv> {
  const door = new Hono<HttpEnv>()
  const around = [
    refusalsAsText,
    perCaller,
    atMost(bodyLimits.json),
    onlyType('application/json'),
    identifyByToken,
  ] as const
  const paths = ['/api/v1/validations', '/api/v1/activations/*']
  for (const path of paths) door.use(path, ...around)
  for (const one of calls) door.route('/', one)
  /** A known path says which methods it takes; any other is not there. */
  const nothingHere = (c: HttpContext): never => {
    const allow = methodsAt(routeTable(door), c.req.path)
    return refuse(allow.length > 0 ? { code: 'method-not-allowed', allow } : { code: 'not-found' })
  }
  for (const path of paths) door.all(path, anyone(), nothingHere)
  return door
}

async function pass(c: HttpContext, key: string): Promise<void> {
  if (!(await c.var.deps.fences.software(key))) refuse({ code: 'too-many-requests', retryAfter: 60 })
}

const perCaller = createMiddleware<HttpEnv>(async (c, next) => {
  await pass(c, `address ${c.var.address}`)
  await next()
})

/** Lets each activation key through so many times a minute, whoever asks. */
export const perActivationKey = (c: HttpContext, code: string): Promise<void> => pass(c, `key ${shortOf(code)}`)

/** A key as the fence knows it: 64 bits that tell keys apart and do not tell the key. */
function shortOf(code: string): string {
  let [a, b] = [0xdeadbeef, 0x41c6ce57]
  for (let i = 0; i < code.length; i++) {
    a = Math.imul(a ^ code.charCodeAt(i), 0x9e3779b1)
    b = Math.imul(b ^ code.charCodeAt(i), 0x5f356495)
  }
  return `${(a ^ (b >>> 13)) >>> 0}${(b ^ (a >>> 16)) >>> 0}`
}

const encoder = new TextEncoder()

/**
 * JSON, or a fact a line for shell scripts; signed as it is sent, byte for byte, by the key that signs license files, so
 * that software can tell it from an answer that somebody made up.
 */
export async function answer(
  c: HttpContext,
  body: Record<string, unknown>,
  status: 200 | 201,
  success = true,
): Promise<Response> {
  const asText = wantsText(c)
  const said = asText ? linesOf(success, body) : JSON.stringify(body)
  const { kid, signature } = await c.var.deps.licenseKeys.sign(encoder.encode(said))
  return c.body(said, status, {
    'Content-Type': asText ? 'text/plain; charset=UTF-8' : 'application/json',
    'Portico-Signature': `keyid="${kid}", alg="ed25519", sig="${base64Of(signature)}"`,
    Vary: 'Accept',
  })
}

/** A refusal in the same way. */
const refusalsAsText = createMiddleware<HttpEnv>(async (c, next) => {
  await next()
  if (c.res.ok || c.res.status === 304 || !wantsText(c)) return
  const { type: _, ...facts } = (await c.res.json()) as Record<string, unknown>
  c.res = new Response(linesOf(false, facts), c.res)
  c.res.headers.set('Content-Type', 'text/plain; charset=UTF-8')
})
