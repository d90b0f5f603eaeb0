import { Hono } from 'hono'
import * as z from 'zod'
import { normalOf } from '#src/domain/activation-keys/code.ts'
import { licensedBy } from '#src/domain/activations/licensed.ts'
import { longestFingerprint } from '#src/domain/activations/told.ts'
import { dayOf } from '#src/domain/day.ts'
import type { HttpContext, HttpEnv } from '#src/http/context.ts'
import { anyone } from '#src/http/guards.ts'
import { bodyOf } from '#src/http/input.ts'
import { validate } from '#src/use-cases/activations/validate.ts'
import { answer, perActivationKey } from './software.ts'

const textError = 'This is a text, in quotes'
/** An activation key as somebody typed it. */
export const activationKey = z.string(textError).max(256, 'An activation key has sixteen letters and digits')
export const productCode = z.string(textError).max(64, 'Not the code of a product')
const nonceError = 'Send a text of at most 256 characters, or an integer'

/** The body of a validation. */
export const validationBody = z.strictObject({
  activationKey,
  product: productCode.optional(),
  fingerprint: z.string(textError).max(longestFingerprint, `At most ${longestFingerprint} characters`).optional(),
  nonce: z.union([z.string(nonceError).max(256, nonceError), z.int(nonceError)]).optional(),
})

/** Whether a key is good. */
export const validationCalls = new Hono<HttpEnv>().post('/api/v1/validations', anyone(), create)

/** Always 200: what is wrong with the key is the answer, not an error. */
async function create(c: HttpContext) {
  const { activationKey: key, product = null, fingerprint = null, nonce = null } = await bodyOf(c, validationBody)
  const { deps } = c.var
  await perActivationKey(c, normalOf(key))
  const { facts, goodUntil, ...said } = await validate(deps, { activationKey: key, product, fingerprint })
  const { valid, code } = said
  const until = goodUntil !== null && code !== 'ROTATED' ? new Date(goodUntil).toISOString() : null
  const replaced = until && ` The key was replaced and is good until ${until}: use its new code.`
  const license = facts && licensedBy(facts, dayOf(deps.now()))
  const body = { valid, code, detail: said.detail + (replaced ?? ''), license, ts: deps.now().toISOString(), nonce }
  return answer(c, body, 200, valid)
}
