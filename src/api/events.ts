import { Hono } from 'hono'
import * as z from 'zod'
import type { HttpContext, HttpEnv } from '#src/http/context.ts'
import { eventFilterSchema } from '#src/http/filters.ts'
import { may } from '#src/http/guards.ts'
import { eventList } from '#src/http/lists/events.ts'
import { answerList, listQuery, pageFields } from './lists.ts'
import { eventColumns, eventShape } from './shapes/event.ts'

/** The query of the audit trail. */
export const eventQuery = z.strictObject({ ...eventFilterSchema.shape, ...pageFields })

/** Calls about the audit trail. */
export const eventCalls = new Hono<HttpEnv>().get('/api/v1/events', may('event.read'), list)

/** What happened in the account and below, newest first, of the kinds of thing that the key's role may see. */
function list(c: HttpContext) {
  const { limit, cursor, format, ...filter } = listQuery(c, eventQuery)
  const page = { limit, cursor: cursor ?? null }
  return answerList(c, eventList(filter), { name: 'events', page, format, shape: eventShape, columns: eventColumns })
}
