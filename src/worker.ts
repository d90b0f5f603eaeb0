import { createApp } from './app.tsx'
import { depsOf, type Lasting, Misconfigured } from './env.ts'
import { runDue } from './jobs/schedule.ts'

const app = createApp((c) => depsOf(c.env, c.executionCtx))

/** The only place that reads bindings: requests go to the doors, the clock to the timetable. */
export default {
  async fetch(request: Request, env: unknown, context: Lasting): Promise<Response> {
    try {
      depsOf(env, context)
    } catch (error) {
      return unconfigured(error)
    }
    return app.fetch(request, env as object, context as never)
  },

  async scheduled(controller: { cron: string }, env: unknown, context: Lasting): Promise<void> {
    try {
      await runDue(depsOf(env, context), controller.cron)
    } catch (error) {
      console.error(JSON.stringify({ level: 'error', message: String(error) }))
      throw error
    }
  },
}

/** The log names what is missing; a stranger learns nothing but that the portal is not ready. */
function unconfigured(error: unknown): Response {
  if (!(error instanceof Misconfigured)) throw error
  console.error(JSON.stringify({ level: 'error', message: error.message }))
  return new Response('This portal is not configured yet. Its log says what is missing.\n', { status: 500 })
}
