import { Hono } from 'hono'
import * as z from 'zod'
import { listJobRuns } from '#src/db/job-runs.ts'
import { ask } from '#src/http/ask.ts'
import type { HttpContext, HttpEnv } from '#src/http/context.ts'
import { may } from '#src/http/guards.ts'
import { onceOf } from '#src/http/idempotency.ts'
import { bodyOf } from '#src/http/input.ts'
import type { Timetable } from '#src/use-cases/jobs/job.ts'
import { jobsWithRuns } from '#src/use-cases/jobs/jobs-with-runs.ts'
import { runJobAs } from '#src/use-cases/jobs/run-job-as.ts'
import { jobShape } from './shapes/job.ts'

/** The body of a run: there is nothing to say. */
export const runBody = z.strictObject({})

/** Calls about the jobs of the timetable, which is handed in: it is a door of its own. */
export const jobCalls = (timetable: () => Promise<Timetable>): Hono<HttpEnv> =>
  new Hono<HttpEnv>()
    .get('/api/v1/jobs', may('job.read'), async (c) => list(c, await timetable()))
    .post('/api/v1/jobs/:name/runs', may('job.run'), async (c) => run(c, await timetable()))

/** Every job with its time and its last runs. */
async function list(c: HttpContext, timetable: Timetable) {
  const [runs] = (await ask(c, (reach) => [listJobRuns(reach)])).rows
  const now = c.var.deps.now()
  return c.json({ data: jobsWithRuns(timetable, runs).map((job) => jobShape(job, now)), nextCursor: null })
}

/** Runs a job now; 201 with how it went, also where it failed. */
async function run(c: HttpContext, timetable: Timetable) {
  await bodyOf(c, runBody)
  const { deps, asking } = c.var
  return c.json(await runJobAs(deps, asking, timetable, c.req.param('name') ?? '', await onceOf(c)), 201)
}
