import { Hono } from 'hono'
import { listEvents } from '#src/db/events.ts'
import { ask } from '#src/http/ask.ts'
import type { HttpContext, HttpEnv } from '#src/http/context.ts'
import { besideIn } from '#src/http/cursors.ts'
import { eventFilterSchema, queryOf } from '#src/http/filters.ts'
import { may } from '#src/http/guards.ts'
import { pageOf, pageSize } from '#src/http/pages.ts'
import { EventList, EventsPage } from '#views/pages/events/list.tsx'
import { paths } from '#views/paths.ts'
import { frameOf, wantsPart } from './frame.ts'

/** The audit trail. */
export const eventPages = new Hono<HttpEnv>().get(paths.events, may('event.read'), showEvents)

async function showEvents(c: HttpContext) {
  const query = c.req.query()
  const filter = queryOf(eventFilterSchema, query)
  const limit = pageSize(c)
  const { side, beside } = besideIn(query.cursor, { value: 'number', n: 'number' })
  const { actor, rows } = await ask(c, (reach) => [listEvents(reach, filter, { limit: limit + 1, ...beside })])
  const { rows: shown, pages } = pageOf(rows[0], limit, side, Number(query.page) || 1, (row) => ({
    value: row.at.getTime(),
    n: row.n,
  }))
  const list = { filter, rows: shown, pages }
  return c.html(wantsPart(c) ? <EventList {...list} /> : <EventsPage frame={frameOf(c, actor)} list={list} />)
}
