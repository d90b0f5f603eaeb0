import { Hono } from 'hono'
import * as z from 'zod'
import type { HttpContext, HttpEnv } from '#src/http/context.ts'
import { may } from '#src/http/guards.ts'
import { emailChangeList } from '#src/http/lists/email-changes.ts'
import { stopChange } from '#src/use-cases/email-changes/stop-change.ts'
import { answerList, listQuery, pageFields } from './lists.ts'
import { emailChangeColumns, emailChangeShape } from './shapes/email-change.ts'

/** The query of the list of changes. */
export const emailChangeQuery = z.strictObject(pageFields)

/** Calls about changes of e-mails, for a key that acts as the master login. A person alone asks for one, in the portal. */
export const emailChangeCalls = new Hono<HttpEnv>()
  .get('/api/v1/email-changes', may('login.read'), list)
  .delete('/api/v1/email-changes/:id', may('login.edit'), stop)

function list(c: HttpContext) {
  const { limit, cursor, format } = listQuery(c, emailChangeQuery)
  const answer = { name: 'email-changes', format, shape: emailChangeShape, columns: emailChangeColumns }
  return answerList(c, emailChangeList(c.var.deps.now()), { ...answer, page: { limit, cursor: cursor ?? null } })
}

async function stop(c: HttpContext) {
  await stopChange(c.var.deps, c.var.asking, c.req.param('id') ?? '')
  return c.body(null, 204)
}
