import { Hono } from 'hono'
import { listDoers } from '#src/db/doers.ts'
import { listEvents } from '#src/db/events.ts'
import type { Actor } from '#src/domain/accounts/actor.ts'
import { allows } from '#src/domain/accounts/acts.ts'
import { selfMoving } from '#src/domain/events/actions.ts'
import { ask } from '#src/http/ask.ts'
import type { HttpContext, HttpEnv } from '#src/http/context.ts'
import { besideIn } from '#src/http/cursors.ts'
import { eventFilterSchema, queryOf } from '#src/http/filters.ts'
import { may } from '#src/http/guards.ts'
import { pageOf, pageSize } from '#src/http/pages.ts'
import { type Doer, EventList, EventsPage } from '#views/pages/events/list.tsx'
import { paths } from '#views/paths.ts'
import { frameOf, wantsPart } from './frame.ts'

/** The audit trail. */
export const eventPages = new Hono<HttpEnv>().get(paths.events, may('event.read'), showEvents)

async function showEvents(c: HttpContext) {
  const query = c.req.query()
  const filter = queryOf(eventFilterSchema, query)
  const limit = pageSize(c)
  const { side, beside } = besideIn(query.cursor, { value: 'number', n: 'number' })
  const { actor, rows } = await ask(c, (reach) => [
    listEvents(reach, filter, { limit: limit + 1, ...beside }),
    listDoers(reach),
  ])
  const { rows: shown, pages } = pageOf(rows[0], limit, side, Number(query.page) || 1, (row) => ({
    value: row.at.getTime(),
    n: row.n,
  }))
  const list = { filter, rows: shown, pages }
  if (wantsPart(c)) return c.html(<EventList {...list} />)
  return c.html(
    <EventsPage frame={frameOf(c, actor)} list={list} doers={[...doersFor(actor, rows[1]), ...selfMoving]} />,
  )
}

/** Whoever may not see the logins and keys of the account knows of themselves; of others their lines tell. */
const doersFor = (actor: Actor, doers: readonly Doer[]): readonly Doer[] =>
  allows(actor, 'login.read') ? doers : [{ id: actor.loginId ?? actor.account.id, name: actor.name }]
