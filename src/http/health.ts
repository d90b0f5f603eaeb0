import { Hono } from 'hono'
import { read } from '#src/db/query.ts'
import { findSchemaState, newestInSchema } from '#src/db/schema-state.ts'
import type { HttpContext, HttpEnv } from './context.ts'
import { anyone } from './guards.ts'

/** For whoever watches the portal: is the Worker there, and can it do its work? */
export const health = new Hono<HttpEnv>()
  .get('/healthz', anyone(), (c) => c.text('ok\n'))
  .get('/readyz', anyone(), ready)

/** 200 when the database answers and its schema is the one this build was made for; else 503. */
async function ready(c: HttpContext) {
  const [[state]] = await read(c.var.deps.db, [findSchemaState()])
  const behind = state?.found !== 1
  return c.text(
    behind ? `The schema is behind: ${newestInSchema} is missing. Run npm run db:migrate\n` : 'ready\n',
    behind ? 503 : 200,
  )
}
