import { faringOf, type JobRun, stateOfRun } from '#src/domain/jobs/run.ts'
import { timingOf } from '#src/domain/jobs/timing.ts'

const runShape = (run: JobRun, now: Date) => ({
  id: run.id,
  state: stateOfRun(run, now),
  startedAt: run.startedAt.toISOString(),
  endedAt: run.endedAt?.toISOString() ?? null,
  count: run.count,
  error: run.error,
  by: run.by === '' ? null : run.by,
})

/** A job of the timetable as the API shows it, with its last runs, the newest first. */
export function jobShape({ name, cron, runs }: { name: string; cron: string; runs: readonly JobRun[] }, now: Date) {
  const { failing, lastSuccessAt } = faringOf(runs, now)
  return {
    ...{ name, cron, schedule: timingOf(cron).words, failing },
    lastSuccessAt: lastSuccessAt?.toISOString() ?? null,
    runs: runs.slice(0, 10).map((run) => runShape(run, now)),
  }
}
