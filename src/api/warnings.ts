import { Hono } from 'hono'
import * as z from 'zod'
import { findWarningChoice, type WarningChoiceRow } from '#src/db/warnings.ts'
import { refuse } from '#src/domain/refusal.ts'
import { ask } from '#src/http/ask.ts'
import type { HttpContext, HttpEnv } from '#src/http/context.ts'
import { etagOf, isHeld, versionToMatch } from '#src/http/etags.ts'
import { may } from '#src/http/guards.ts'
import { bodyOf } from '#src/http/input.ts'
import { chooseWarnings } from '#src/use-cases/warnings/choose-warnings.ts'

/** The body of a change of when the account is warned; what is left out stays. */
export const warningsBody = z.strictObject({
  leads: z.array(z.int('Write whole numbers of days')).max(50).optional(),
  weeklyDigest: z.boolean('Write true or false').optional(),
})

/** Calls about when the account is warned of ends (R307). */
export const warningCalls = new Hono<HttpEnv>()
  .get('/api/v1/warnings', may('account.follow'), show)
  .patch('/api/v1/warnings', may('account.edit'), change)

const shapeOf = ({ email, kind, leads, weeklyDigest }: WarningChoiceRow) => ({
  ...{ email, leads },
  weeklyDigest: kind !== 'customer' && weeklyDigest,
})

/** When the account is warned, with its `ETag`. */
async function show(c: HttpContext) {
  const [[row]] = (await ask(c, (reach) => [findWarningChoice(reach)])).rows
  if (!row) return refuse({ code: 'not-found' })
  const etag = etagOf(row.version)
  c.header('ETag', etag)
  return isHeld(c, etag) ? c.body(null, 304) : c.json(shapeOf(row))
}

/** Changes it, of the version named in `If-Match`; answers the new version. */
async function change(c: HttpContext) {
  const { leads, weeklyDigest } = await bodyOf(c, warningsBody)
  const version = await chooseWarnings(
    c.var.deps,
    c.var.asking,
    { version: versionToMatch(c), leads, weeklyDigest },
    null,
  )
  c.header('ETag', etagOf(version))
  return c.json({ version })
}
