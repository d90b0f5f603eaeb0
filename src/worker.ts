import type { Hono } from 'hono'
import { depsOf, depsOfClock, type Lasting, Misconfigured } from './env.ts'
import type { createFront } from './front.ts'
import type { HttpEnv } from './http/context.ts'
import type { QueueMessage } from './jobs/letter-queue.ts'
import type { Part } from './parts/part.ts'
import { type PartName, partAt } from './parts/path.ts'
import type { DepsFor } from './shell.ts'

const depsFor: DepsFor = (c) => depsOf(c.env, c.executionCtx)
let front: ReturnType<typeof createFront> | undefined
let rest: Hono<HttpEnv> | undefined
const parts: { [P in PartName]?: Hono<HttpEnv> } = {}

/** The only place that reads bindings: requests go to the doors, the clock to the timetable. */
export default {
  async fetch(request: Request, env: unknown, context: Lasting): Promise<Response> {
    try {
      depsOf(env, context)
    } catch (error) {
      return unconfigured(error)
    }
    const app = await appFor(request)
    return app.fetch(request, env as object, context as never)
  },

  async scheduled(controller: { cron: string }, env: unknown, context: Lasting): Promise<void> {
    try {
      const { runDue } = await import('./jobs/schedule.ts')
      await runDue(depsOfClock(env, context), controller.cron)
    } catch (error) {
      console.error(JSON.stringify({ level: 'error', message: String(error) }))
      throw error
    }
  },

  /** Letters that were just written, where a queue is bound for them. */
  async queue(batch: { readonly messages: readonly QueueMessage[] }, env: unknown, context: Lasting): Promise<void> {
    const { takeMessages } = await import('./jobs/letter-queue.ts')
    await takeMessages(depsOfClock(env, context), batch.messages)
  },
}

/** Each part of its own, evaluated when the first of its paths is asked for. */
const createOf: Record<PartName, () => Promise<Hono<HttpEnv>>> = {
  machines: async () => (await import('./parts/machines.ts')).createMachines(depsFor),
  shop: async () => part((await import('./parts/shop.ts')).shop),
  billing: async () => part((await import('./parts/billing.ts')).billing),
  people: async () => part((await import('./parts/people.ts')).people),
  reports: async () => part((await import('./parts/reports.ts')).reports),
}

const part = async (one: Part): Promise<Hono<HttpEnv>> => (await import('./parts/part.ts')).createPart(one, depsFor)

/**
 * Parts of their own by path, the front for the pages that it takes, all the rest for everything else, 404 and 405
 * included. The app is kept and never the promise of it: in workerd a request must not wait for another's.
 */
async function appFor({ method, url }: Request): Promise<Hono<HttpEnv>> {
  const { pathname } = new URL(url)
  const name = partAt(pathname)
  if (name) {
    const app = parts[name] ?? (await createOf[name]())
    parts[name] ??= app
    return app
  }
  const { createFront } = await import('./front.ts')
  front ??= createFront(depsFor)
  if (front.takes(method, pathname)) return front.app
  const { createRest } = await import('./app.tsx')
  rest ??= createRest(depsFor)
  return rest
}

/** The log names what is missing; a stranger learns nothing but that the portal is not ready. */
function unconfigured(error: unknown): Response {
  if (!(error instanceof Misconfigured)) throw error
  console.error(JSON.stringify({ level: 'error', message: error.message }))
  return new Response('This portal is not configured yet. Its log says what is missing.\n', { status: 500 })
}
