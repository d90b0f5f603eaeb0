/** A run of a job of the timetable. `endedAt` null: it has not ended, or was cut off; `error` null: it went well. */
export type JobRun = {
  readonly id: string
  readonly job: string
  readonly startedAt: Date
  readonly endedAt: Date | null
  readonly count: number
  readonly error: string | null
  /** Who asked for it; `''` is the clock. */
  readonly by: string
}

export const runStates = ['done', 'running', 'failed', 'cut-off'] as const
export type RunState = (typeof runStates)[number]

/** No run takes longer: the Worker would have been ended. */
const longestMs = 15 * 60_000

export function stateOfRun({ startedAt, endedAt, error }: JobRun, now: Date): RunState {
  if (endedAt) return error === null ? 'done' : 'failed'
  return now.getTime() - startedAt.getTime() > longestMs ? 'cut-off' : 'running'
}

/** How a job fares, by its runs, the newest first. */
export function faringOf(runs: readonly JobRun[], now: Date) {
  const ended = runs.filter((run) => stateOfRun(run, now) !== 'running')
  const well = ended.find((run) => stateOfRun(run, now) === 'done')
  return { failing: ended[0] !== undefined && ended[0] !== well, lastSuccessAt: well?.endedAt ?? null }
}

const missedMs = 5 * 60_000

/** When the clock last ran anything, and whether it stands still: it should come by every minute. */
export function clockBy(runs: readonly JobRun[], now: Date) {
  const times = runs.filter(({ by }) => by === '').map(({ startedAt }) => startedAt.getTime())
  if (times.length === 0) return { lastRanAt: null, stands: true }
  const last = Math.max(...times)
  return { lastRanAt: new Date(last), stands: now.getTime() - last > missedMs }
}
