import { Hono } from 'hono'
import { findLetterAs, findMailTrouble, listLetters } from '#src/db/outbox-lists.ts'
import { allows } from '#src/domain/accounts/acts.ts'
import { type FieldError, Refused, refuse } from '#src/domain/refusal.ts'
import { ask } from '#src/http/ask.ts'
import { formBody } from '#src/http/bodies.ts'
import type { HttpContext, HttpEnv } from '#src/http/context.ts'
import { besideIn } from '#src/http/cursors.ts'
import { letterFilterSchema, queryOf } from '#src/http/filters.ts'
import { may } from '#src/http/guards.ts'
import { onceOfForm } from '#src/http/idempotency.ts'
import { leaveNotice } from '#src/http/notices.ts'
import { pageOf, pageSize } from '#src/http/pages.ts'
import { resendLetter } from '#src/use-cases/letters/resend-letter.ts'
import { OutboxLetterPage } from '#views/pages/outbox/details.tsx'
import { OutboxList, OutboxPage } from '#views/pages/outbox/list.tsx'
import { paths } from '#views/paths.ts'
import { errorsOf } from '#views/refusal-words.ts'
import { frameOf, wantsPart } from './frame.ts'

/** The vendor's pages of letters on their way. */
export const outboxPages = new Hono<HttpEnv>()
  .get(paths.outbox, may('letter.read'), showList)
  .get('/admin/outbox/:id', may('letter.read'), (c) => showOne(c))
  .post('/admin/outbox/:id/resends', may('letter.resend'), resend)

async function showList(c: HttpContext) {
  const query = c.req.query()
  const filter = queryOf(letterFilterSchema, query)
  const limit = pageSize(c)
  const { side, beside } = besideIn(query.cursor, { id: 'string' })
  const { actor, rows } = await ask(c, (reach) => [
    listLetters(reach, filter, { limit: limit + 1, ...beside }),
    findMailTrouble(reach, c.var.deps.now()),
  ])
  const { rows: shown, pages } = pageOf(rows[0], limit, side, Number(query.page) || 1, ({ id }) => ({ id }))
  const list = { filter, rows: shown, pages }
  if (wantsPart(c)) return c.html(<OutboxList {...list} />)
  return c.html(<OutboxPage frame={frameOf(c, actor)} list={list} trouble={rows[1][0]} />)
}

async function showOne(c: HttpContext, errors: readonly FieldError[] = [], status: 200 | 409 = 200) {
  const { actor, rows } = await ask(c, (reach) => [findLetterAs(reach, c.req.param('id') ?? '')])
  const [[letter]] = rows
  if (!letter) return refuse({ code: 'not-found' })
  return c.html(
    <OutboxLetterPage
      frame={frameOf(c, actor)}
      letter={letter}
      mayResend={allows(actor, 'letter.resend')}
      request={c.var.deps.newId('request')}
      errors={errors}
    />,
    status,
  )
}

async function resend(c: HttpContext) {
  const form = await formBody(c)
  const id = c.req.param('id') ?? ''
  try {
    await resendLetter(c.var.deps, c.var.asking, id, await onceOfForm(c, form))
  } catch (error) {
    const errors = error instanceof Refused ? errorsOf(error.refusal) : null
    if (!errors) throw error
    return showOne(c, errors, 409)
  }
  leaveNotice(c, 'letter-resent')
  return c.redirect(paths.outboxLetter(id), 303)
}
