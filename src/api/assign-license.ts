import { Hono } from 'hono'
import * as z from 'zod'
import { longestEmail } from '#src/domain/accounts/identifier.ts'
import { dayOf } from '#src/domain/day.ts'
import { largestSize, mostSupportYears } from '#src/domain/licenses/assignment.ts'
import { longestComment } from '#src/domain/licenses/comment.ts'
import { Refused, refuse } from '#src/domain/refusal.ts'
import type { HttpContext, HttpEnv } from '#src/http/context.ts'
import { may } from '#src/http/guards.ts'
import { onceOf } from '#src/http/idempotency.ts'
import { bodyOf } from '#src/http/input.ts'
import { assignLicense } from '#src/use-cases/licenses/assign-license.ts'
import { licenseShape } from './shapes/license.ts'

const textError = 'This is a text, in quotes'
const sizeError = `Write a whole number from 1 to ${largestSize}, or "unlimited"`
const daysError = 'Write how many days the trial lasts: a whole number from 1'
const yearsError = `Write 0 to ${mostSupportYears} years`
const whole = (error: string, most: number) => z.int(error).min(1, error).max(most, error)
const choose = 'Choose permanent or trial'

const term = z.discriminatedUnion(
  'kind',
  [
    z.strictObject({ kind: z.literal('permanent') }),
    z.strictObject({ kind: z.literal('trial'), days: whole(daysError, 1_000_000) }),
  ],
  { error: choose },
)

/** The body of an assignment. With `trial`, a trial on the key becomes permanent; its e-mail and comment stay. */
export const assignmentBody = z.strictObject({
  product: z.string(textError).max(64, 'Not the code of a product'),
  edition: z.string(textError).max(64, 'Not the code of an edition'),
  size: z.union([z.literal('unlimited'), whole(sizeError, largestSize)], { error: sizeError }),
  term,
  supportYears: z.int(yearsError).min(0, yearsError).max(mostSupportYears, yearsError).optional(),
  email: z.string(textError).meta({ maxLength: longestEmail }).optional(),
  comment: z.string(textError).meta({ maxLength: longestComment }).optional(),
  trial: z.string(textError).max(64, 'Not the id of a license').optional(),
})

/** The call that assigns a license to an activation key. */
export const assignmentCalls = new Hono<HttpEnv>().post(
  '/api/v1/activation-keys/:id/licenses',
  may('license.assign'),
  assign,
)

/** Assigns a license and spends its credits: 201 with the license; 200 where a trial was made permanent. */
async function assign(c: HttpContext) {
  const body = await bodyOf(c, assignmentBody)
  const { product, edition, email = '', comment = '', trial = '' } = body
  const wanted = {
    ...{ keyId: c.req.param('id') ?? '', product, edition, email, comment, trial },
    size: String(body.size),
    kind: body.term.kind,
    days: body.term.kind === 'trial' ? String(body.term.days) : '',
    supportYears: String(body.supportYears ?? 0),
  }
  const { status, response } = await assigning(c, wanted)
  const license = { ...response, createdAt: new Date(response.createdAt) }
  return c.json(licenseShape(license, dayOf(c.var.deps.now())), status === 201 ? 201 : 200)
}

/** What a form calls `kind` and `days` stands under `term` in a body. */
async function assigning(c: HttpContext, wanted: Parameters<typeof assignLicense>[2]) {
  try {
    return await assignLicense(c.var.deps, c.var.asking, wanted, await onceOf(c))
  } catch (error) {
    if (!(error instanceof Refused && error.refusal.code === 'invalid-request')) throw error
    const inTerm = new Set(['kind', 'days'])
    const errors = error.refusal.errors.map((one) =>
      inTerm.has(one.pointer) ? { ...one, pointer: `term/${one.pointer}` } : one,
    )
    return refuse({ code: 'invalid-request', errors })
  }
}
