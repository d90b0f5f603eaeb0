import { Hono } from 'hono'
import * as z from 'zod'
import type { LoginRow } from '#src/db/sub-logins.ts'
import type { HttpContext, HttpEnv } from '#src/http/context.ts'
import { may } from '#src/http/guards.ts'
import { loginList } from '#src/http/lists/logins.ts'
import { answerList, listQuery, pageFields } from './lists.ts'
import { loginColumns, loginShape } from './shapes/login.ts'

/** The query of the list of logins. */
export const loginQuery = z.strictObject(pageFields)

/** Calls about logins, for a key that acts as the master login. They are invited by a person alone, in the portal. */
export const loginCalls = new Hono<HttpEnv>().get('/api/v1/logins', may('login.read'), list)

function list(c: HttpContext) {
  const { limit, cursor, format } = listQuery(c, loginQuery)
  const now = c.var.deps.now()
  const shape = (row: LoginRow) => loginShape(row, now)
  const answer = { name: 'logins', format, shape, columns: loginColumns(now) }
  return answerList(c, loginList(), { ...answer, page: { limit, cursor: cursor ?? null } })
}
