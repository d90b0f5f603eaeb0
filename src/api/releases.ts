import { Hono } from 'hono'
import * as z from 'zod'
import { afterAnswer } from '#src/http/after-answer.ts'
import type { HttpContext, HttpEnv } from '#src/http/context.ts'
import { anyone, may } from '#src/http/guards.ts'
import { bodyOf } from '#src/http/input.ts'
import { askForRelease, longestReason } from '#src/use-cases/releases/ask-for-release.ts'
import { mailReleaseLinks } from '#src/use-cases/releases/mail-release-links.ts'

const keyError = 'Write the activation key, sixteen letters and digits'

/** The activation key of a computer that was lost. */
export const releaseLinkBody = z.strictObject({
  activationKey: z.string(keyError).trim().min(1, keyError).max(64, keyError),
})

/** Why the seller is asked. */
export const releaseRequestBody = z.strictObject({
  reason: z.string('This is a text, in quotes').meta({ maxLength: longestReason }).optional(),
})

/** Calls about releases that somebody else has to do, or that a mailed link does. */
export const releaseCalls = new Hono<HttpEnv>()
  .post('/api/v1/release-links', anyone(), mailLinks)
  .post('/api/v1/licenses/:id/release-requests', may('computer.release'), askSeller)

/**
 * Mails a link that releases a lost computer; 202 with nothing, before anything is looked up: known and unknown keys get
 * the same answer in the same time (`threats.md`, A1, A2).
 */
async function mailLinks(c: HttpContext) {
  const { activationKey } = await bodyOf(c, releaseLinkBody)
  const { deps, address, requestId } = c.var
  afterAnswer(c, () => mailReleaseLinks(deps, activationKey, { address, requestId }))
  return c.body(null, 202)
}

/** Asks whoever sold the license to release its computer; 201 with `{ license }`. */
async function askSeller(c: HttpContext) {
  const { reason = '' } = await bodyOf(c, releaseRequestBody)
  const license = c.req.param('id') ?? ''
  await askForRelease(c.var.deps, c.var.asking, license, reason)
  return c.json({ license }, 201)
}
