import { Hono } from 'hono'
import * as z from 'zod'
import { longestGraceDays, usualGraceDays } from '#src/domain/activation-keys/rotation.ts'
import { mostAtOnce } from '#src/domain/licenses/bulk.ts'
import type { HttpContext, HttpEnv } from '#src/http/context.ts'
import { versionToMatch } from '#src/http/etags.ts'
import { may } from '#src/http/guards.ts'
import { onceOf } from '#src/http/idempotency.ts'
import { bodyOf } from '#src/http/input.ts'
import { removeActivationKeys } from '#src/use-cases/activation-keys/remove-activation-keys.ts'
import { rotateActivationKey } from '#src/use-cases/activation-keys/rotate-activation-key.ts'

const textError = 'This is a text, in quotes'
const graceError = `A whole number from 0 to ${longestGraceDays}`

/** The body of a rotation; without `code` a random one is made. */
export const rotationBody = z.strictObject({
  code: z.string(textError).min(1, 'Leave it out to have a random one made').optional(),
  graceDays: z.int(graceError).min(0, graceError).max(longestGraceDays, graceError).default(usualGraceDays),
})

/** The body of a removal of many. */
export const keyRemovalsBody = z.strictObject({
  activationKeys: z
    .array(z.string(textError).max(64, 'Not the id of a key'))
    .min(1, 'Name at least one key')
    .max(mostAtOnce, `Name at most ${mostAtOnce} keys`),
})

/** Acts on activation keys beside making, changing and removing one. */
export const activationKeyActCalls = new Hono<HttpEnv>()
  .post('/api/v1/activation-keys/:id/rotations', may('activation-key.create'), rotate)
  .post('/api/v1/activation-key-removals', may('activation-key.remove'), removeMany)

/** Gives a key another code; 201 with both and until when the old one works. */
async function rotate(c: HttpContext) {
  const { code = '', graceDays } = await bodyOf(c, rotationBody)
  const wanted = { id: c.req.param('id') ?? '', version: versionToMatch(c), code, graceDays }
  const { response } = await rotateActivationKey(c.var.deps, c.var.asking, wanted, await onceOf(c))
  return c.json({ ...response, validUntil: new Date(response.validUntil).toISOString() }, 201)
}

/** Removes keys and the computers on them, all or none; 201 with what went. */
async function removeMany(c: HttpContext) {
  const { activationKeys } = await bodyOf(c, keyRemovalsBody)
  const { response } = await removeActivationKeys(c.var.deps, c.var.asking, activationKeys, await onceOf(c))
  return c.json({ activationKeys: response.keys, computers: response.computers }, 201)
}
