import type { JobRun } from '#src/domain/jobs/run.ts'
import { refuse } from '#src/domain/refusal.ts'
import { type Asking, readAs } from '../admit.ts'
import type { Deps } from '../deps.ts'
import { commitOnce, earlier, type Once, replayOf } from '../once.ts'
import { byActor, record } from '../record.ts'
import type { Timetable } from './job.ts'
import { runJob } from './run-job.ts'

/** A run as it is told: days and times as text, so that it can be told again. */
export type RunTold = Omit<JobRun, 'startedAt' | 'endedAt'> & { readonly startedAt: string; readonly endedAt: string }

/**
 * Runs a job of the timetable now, whatever the time. Answers how the run went, also where it failed. Refuses
 * `not-found`, `idempotency-key-reused`.
 */
export async function runJobAs(
  deps: Deps,
  asking: Asking,
  timetable: Timetable,
  name: string,
  once: Once | null,
): Promise<RunTold> {
  const { actor, rows } = await readAs(deps, asking, () => [earlier(asking, once)])
  const replay = replayOf<RunTold>(once, rows[0])
  if (replay) return replay.response
  const job = Object.values(timetable)
    .flat()
    .find((one) => one.name === name)
  if (!job) return refuse({ code: 'not-found' })
  const { startedAt, endedAt, ...run } = await runJob(deps, job, actor.name)
  const told = { ...run, startedAt: startedAt.toISOString(), endedAt: endedAt.toISOString() }
  const happening = {
    action: 'job.run',
    accountId: actor.account.id,
    subject: { kind: 'job', id: job.name, name: job.name },
    after: { count: run.count, error: run.error },
  } as const
  const answer = { status: 201, response: told }
  return (await commitOnce(deps, asking, once, [record(deps, byActor(actor, asking), happening)], answer)).response
}
