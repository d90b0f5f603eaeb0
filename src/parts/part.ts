import { Hono } from 'hono'
import { beforeCalls } from '#src/api/door.ts'
import { refuse } from '#src/domain/refusal.ts'
import type { HttpContext, HttpEnv } from '#src/http/context.ts'
import { anyone } from '#src/http/guards.ts'
import { methodsAt, routeTable } from '#src/http/route-table.ts'
import { problemFor } from '../api-or-page.ts'
import { pagesDoor } from '../pages-door.ts'
import { type DepsFor, shellAround } from '../shell.ts'

type Doors = readonly Hono<HttpEnv>[]

/** A part of the portal with its doors: the calls of scripts, which stand before `/api/*` as a whole, and the pages. */
export type Part = { readonly calls: Doors; readonly pages: Hono<HttpEnv> }

/** A part of what people and their scripts use. `hooks` are called by others, who have no key. */
export const partOf = ({ hooks = [], calls, pages }: { hooks?: Doors; calls: Doors; pages: Doors }): Part => ({
  calls: [...hooks, callsDoor(calls)],
  pages: pagesDoor(pages),
})

/** The part as an app of its own, for a Worker that was asked for nothing else yet. */
export const createPart = ({ calls, pages }: Part, depsFor: DepsFor): Hono<HttpEnv> =>
  shellAround([...calls, pages], depsFor, problemFor)

function callsDoor(calls: Doors): Hono<HttpEnv> {
  const door = new Hono<HttpEnv>()
  const nouns = new Set(
    calls.flatMap((one) => routeTable(one).map(({ path }) => path.split('/').slice(0, 4).join('/'))),
  )
  for (const noun of nouns) door.use(`${noun}/*`, ...beforeCalls)
  for (const one of calls) door.route('/', one)
  for (const noun of nouns) door.all(`${noun}/*`, anyone(), nothingAmong(calls))
  return door
}

/** A known path says which methods it takes; any other is not there. */
const nothingAmong =
  (calls: Doors) =>
  (c: HttpContext): never => {
    const allow = calls.flatMap((one) => methodsAt(routeTable(one), c.req.path))
    return refuse(allow.length > 0 ? { code: 'method-not-allowed', allow } : { code: 'not-found' })
  }
