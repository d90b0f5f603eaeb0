import { Hono } from 'hono'
import { listJobRuns } from '#src/db/job-runs.ts'
import { findMailTrouble } from '#src/db/outbox-lists.ts'
import { allows } from '#src/domain/accounts/acts.ts'
import { ask } from '#src/http/ask.ts'
import { formBody } from '#src/http/bodies.ts'
import type { HttpContext, HttpEnv } from '#src/http/context.ts'
import { may } from '#src/http/guards.ts'
import { onceOfForm } from '#src/http/idempotency.ts'
import { leaveNotice } from '#src/http/notices.ts'
import type { Timetable } from '#src/use-cases/jobs/job.ts'
import { jobsWithRuns } from '#src/use-cases/jobs/jobs-with-runs.ts'
import { runJobAs } from '#src/use-cases/jobs/run-job-as.ts'
import { JobsPage } from '#views/pages/jobs/list.tsx'
import { paths } from '#views/paths.ts'
import { frameOf } from './frame.ts'

/** The vendor's page of the clock. The timetable is handed in: it is a door of its own. */
export const jobPages = (timetable: () => Promise<Timetable>): Hono<HttpEnv> =>
  new Hono<HttpEnv>()
    .get(paths.jobs, may('job.read'), async (c) => show(c, await timetable()))
    .post('/admin/jobs/:name/runs', may('job.run'), async (c) => run(c, await timetable()))

async function show(c: HttpContext, timetable: Timetable) {
  const { deps } = c.var
  const { actor, rows } = await ask(c, (reach) => [listJobRuns(reach), findMailTrouble(reach, deps.now())])
  return c.html(
    <JobsPage
      frame={frameOf(c, actor)}
      jobs={jobsWithRuns(timetable, rows[0])}
      runs={rows[0]}
      trouble={rows[1][0]}
      now={deps.now()}
      mayRun={allows(actor, 'job.run')}
      request={deps.newId('request')}
    />,
  )
}

async function run(c: HttpContext, timetable: Timetable) {
  const form = await formBody(c)
  const { deps, asking } = c.var
  const { error } = await runJobAs(deps, asking, timetable, c.req.param('name') ?? '', await onceOfForm(c, form))
  leaveNotice(c, error === null ? 'job-run' : 'job-failed')
  return c.redirect(paths.jobs, 303)
}
