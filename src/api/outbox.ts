import { Hono } from 'hono'
import * as z from 'zod'
import { findLetterAs } from '#src/db/outbox-lists.ts'
import { refuse } from '#src/domain/refusal.ts'
import { ask } from '#src/http/ask.ts'
import type { HttpContext, HttpEnv } from '#src/http/context.ts'
import { letterFilterSchema } from '#src/http/filters.ts'
import { may } from '#src/http/guards.ts'
import { onceOf } from '#src/http/idempotency.ts'
import { bodyOf } from '#src/http/input.ts'
import { letterList } from '#src/http/lists/letters.ts'
import { resendLetter } from '#src/use-cases/letters/resend-letter.ts'
import { answerList, listQuery, pageFields } from './lists.ts'
import { letterColumns, letterShape } from './shapes/letter.ts'

/** The query of the list of letters. */
export const letterQuery = z.strictObject({ ...letterFilterSchema.shape, ...pageFields })

/** The body of a resend: there is nothing to say. */
export const resendBody = z.strictObject({})

/** Calls about letters on their way; the vendor's alone. */
export const outboxCalls = new Hono<HttpEnv>()
  .get('/api/v1/outbox', may('letter.read'), list)
  .get('/api/v1/outbox/:id', may('letter.read'), show)
  .post('/api/v1/outbox/:id/resends', may('letter.resend'), resend)

const idIn = (c: HttpContext): string => c.req.param('id') ?? ''

/** Letters, the newest first. */
function list(c: HttpContext) {
  const { limit, cursor, format, ...filter } = listQuery(c, letterQuery)
  const page = { limit, cursor: cursor ?? null }
  return answerList(c, letterList(filter), {
    ...{ name: 'outbox', page, format, shape: letterShape, columns: letterColumns },
  })
}

/** One letter: how it fares, never what it says. */
async function show(c: HttpContext) {
  const [[row]] = (await ask(c, (reach) => [findLetterAs(reach, idIn(c))])).rows
  return row ? c.json(letterShape(row)) : refuse({ code: 'not-found' })
}

/** Sends a letter that is stuck again; 201 with how it stands then. */
async function resend(c: HttpContext) {
  await bodyOf(c, resendBody)
  return c.json(letterShape(await resendLetter(c.var.deps, c.var.asking, idIn(c), await onceOf(c))), 201)
}
