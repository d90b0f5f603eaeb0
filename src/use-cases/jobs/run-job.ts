import { commit } from '#src/db/commit.ts'
import { deleteOldJobRuns, endJobRun, insertJobRun } from '#src/db/job-runs.ts'
import type { Write } from '#src/db/query.ts'
import type { JobRun } from '#src/domain/jobs/run.ts'
import type { Deps } from '../deps.ts'
import type { Job } from './job.ts'

/**
 * Runs a job and notes the run, so that the vendor sees it. A note that cannot be written stops no job; a job that fails
 * throws nothing: its run says why.
 */
export async function runJob(deps: Deps, job: Job, by = ''): Promise<JobRun & { endedAt: Date }> {
  const run = { id: deps.newId('jobRun'), job: job.name, startedAt: deps.now(), by }
  await note(deps, [insertJobRun(run)])
  const { count, error } = await outcomeOf(deps, job)
  const endedAt = deps.now()
  await note(deps, [endJobRun(run.id, { at: endedAt, count, error }), deleteOldJobRuns(job.name)])
  return { ...run, endedAt, count, error }
}

async function outcomeOf(deps: Deps, job: Job): Promise<{ count: number; error: string | null }> {
  try {
    const count = await job.run(deps)
    if (count > 0) deps.log({ level: 'info', message: 'job', job: job.name, count })
    return { count, error: null }
  } catch (error) {
    deps.log({ level: 'error', message: 'job failed', job: job.name, error: String(error) })
    return { count: 0, error: String(error).slice(0, 500) }
  }
}

const note = (deps: Deps, writes: readonly Write[]) =>
  commit(deps.db, writes).catch((error: unknown) => {
    deps.log({ level: 'warn', message: 'run of a job not noted', error: String(error) })
  })
