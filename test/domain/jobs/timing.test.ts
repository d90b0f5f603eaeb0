import { expect, test } from 'vitest'
import { faringOf, type JobRun, stateOfRun } from '#src/domain/jobs/run.ts'
import { timingOf } from '#src/domain/jobs/timing.ts'
import { timetable } from '#src/jobs/schedule.ts'

const now = new Date('2028-02-29T00:00:30Z')
const minutesAgo = (minutes: number) => new Date(now.getTime() - minutes * 60_000)
const run = (started: number, ended: number | null, error: string | null = null): JobRun => ({
  ...{ id: `run_${started}`, job: 'j', count: 0, error, by: '' },
  ...{ startedAt: minutesAgo(started), endedAt: ended === null ? null : minutesAgo(ended) },
})

test('every time of the timetable has words, and a time without words is no time', () => {
  expect(Object.keys(timetable).map((cron) => timingOf(cron).words)).toEqual([
    'Every minute',
    'Every 10 minutes',
    'Every hour, 17 minutes past',
    'Every hour, 7 minutes past',
    'Every day at 02:23 UTC',
  ])
  expect(() => timingOf('0 0 1 * *')).toThrow('No words')
})

test('a job has one name, so that its runs are known by it', () => {
  const names = Object.values(timetable)
    .flat()
    .map(({ name }) => name)
  expect(new Set(names).size).toBe(names.length)
})

test('a run that never ended is running for a quarter of an hour, then cut off', () => {
  expect(stateOfRun(run(14, null), now)).toBe('running')
  expect(stateOfRun(run(16, null), now)).toBe('cut-off')
  expect(stateOfRun(run(3, 2, 'no'), now)).toBe('failed')
  expect(stateOfRun(run(3, 2), now)).toBe('done')
})

test('a job fails by its last run that is over, whatever runs right now', () => {
  expect(faringOf([run(1, null), run(3, 2, 'no'), run(9, 8)], now)).toEqual({
    failing: true,
    lastSuccessAt: minutesAgo(8),
  })
  expect(faringOf([run(3, 2), run(9, 8, 'no')], now).failing).toBe(false)
  expect(faringOf([run(20, null)], now)).toEqual({ failing: true, lastSuccessAt: null })
  expect(faringOf([], now)).toEqual({ failing: false, lastSuccessAt: null })
})
