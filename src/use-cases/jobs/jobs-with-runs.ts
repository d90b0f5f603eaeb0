import type { JobRun } from '#src/domain/jobs/run.ts'
import type { Timetable } from './job.ts'

/** Each job of the timetable with its time and the runs of it among those given. */
export const jobsWithRuns = (timetable: Timetable, runs: readonly JobRun[]) =>
  Object.entries(timetable).flatMap(([cron, jobs]) =>
    jobs.map(({ name }) => ({ name, cron, runs: runs.filter(({ job }) => job === name) })),
  )
