import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dueAfter, lastDue, type Schedule, scheduleWords, weekdays } from '#src/domain/reports/timing.ts'
import { dayIn } from '#src/domain/reports/zone.ts'
import { runs } from '../../support/runs.ts'

const schedule = (changes: Partial<Schedule> = {}): Schedule => ({
  ...{ frequency: 'daily', weekday: 1, monthDay: 1, hour: 8, timeZone: 'UTC' },
  ...changes,
})
const next = (of: Partial<Schedule>, after: string) => dueAfter(schedule(of), new Date(after)).toISOString()

test.each([
  ['each day', {}, '2026-08-21T08:00:00Z', '2026-08-22T08:00:00.000Z'],
  ['each day, later today', {}, '2026-08-21T07:59:59Z', '2026-08-21T08:00:00.000Z'],
  ['on Mondays', { frequency: 'weekly' }, '2026-08-21T09:30:00Z', '2026-08-24T08:00:00.000Z'],
  ['on Fridays, today', { frequency: 'weekly', weekday: 5 }, '2026-08-21T07:00:00Z', '2026-08-21T08:00:00.000Z'],
  ['monthly', { frequency: 'monthly', monthDay: 15 }, '2026-08-21T09:30:00Z', '2026-09-15T08:00:00.000Z'],
  [
    'on the 31st of a short month',
    { frequency: 'monthly', monthDay: 31 },
    '2027-02-01T00:00:00Z',
    '2027-02-28T08:00:00.000Z',
  ],
  ['on 29 February', { frequency: 'monthly', monthDay: 29 }, '2028-02-01T00:00:00Z', '2028-02-29T08:00:00.000Z'],
  [
    'where the clock skips the hour',
    { hour: 2, timeZone: 'Europe/Paris' },
    '2026-03-28T12:00:00Z',
    '2026-03-29T01:00:00.000Z',
  ],
  [
    'where the hour comes twice',
    { hour: 2, timeZone: 'Europe/Paris' },
    '2026-10-24T12:00:00Z',
    '2026-10-25T00:00:00.000Z',
  ],
  ['half an hour off', { hour: 8, timeZone: 'America/St_Johns' }, '2026-01-10T00:00:00Z', '2026-01-10T11:30:00.000Z'],
  ['a day ahead', { hour: 8, timeZone: 'Pacific/Kiritimati' }, '2026-01-10T12:00:00Z', '2026-01-10T18:00:00.000Z'],
] as const)('R271: is due %s', (_, of, after, due) => {
  expect(next(of, after)).toBe(due)
})

describe('in any zone, at any time', () => {
  const zones = ['UTC', 'Pacific/Kiritimati', 'America/St_Johns', 'Africa/Cairo', 'Europe/Paris', 'Australia/Lord_Howe']
  const any = fc.record({
    frequency: fc.constantFrom('daily', 'weekly', 'monthly'),
    weekday: fc.integer({ min: 1, max: 7 }),
    monthDay: fc.integer({ min: 1, max: 31 }),
    hour: fc.integer({ min: 0, max: 23 }),
    timeZone: fc.constantFrom(...zones),
  }) as fc.Arbitrary<Schedule>
  const instants = fc.date({ min: new Date('2024-01-01'), max: new Date('2032-12-31'), noInvalidDate: true })

  test('the next is later, at its day and hour but where a clock change leaves the hour out', () => {
    fc.assert(
      fc.property(any, instants, (of, after) => {
        const due = dueAfter(of, after)
        expect(due.getTime()).toBeGreaterThan(after.getTime())
        const days = { daily: 1, weekly: 7, monthly: 31 }[of.frequency]
        expect(due.getTime() - after.getTime()).toBeLessThanOrEqual((days + 1) * 86_400_000)
        const day = dayIn(due, of.timeZone)
        if (of.frequency === 'weekly') expect(new Date(day).getUTCDay() || 7).toBe(of.weekday)
        if (of.frequency === 'monthly') expect(Number(day.slice(8))).toBeLessThanOrEqual(of.monthDay)
      }),
      runs,
    )
  })

  test('nothing is due between one and the next, and what was missed comes to the last of them', () => {
    fc.assert(
      fc.property(any, instants, fc.integer({ min: 0, max: 40 * 86_400_000 }), (of, since, silent) => {
        const first = dueAfter(of, since)
        const now = new Date(first.getTime() + silent)
        const last = lastDue(of, first, now)
        expect(last.getTime()).toBeLessThanOrEqual(now.getTime())
        expect(dueAfter(of, last).getTime()).toBeGreaterThan(now.getTime())
      }),
      runs,
    )
  })
})

test('it is said in words', () => {
  const words = (of: Partial<Schedule>) => scheduleWords(schedule(of))
  expect(words({})).toBe('every day at 08:00, UTC')
  expect(
    weekdays.map((name, i) => words({ frequency: 'weekly', weekday: i + 1 }) === `every ${name} at 08:00, UTC`),
  ).not.toContain(false)
  expect(words({ frequency: 'monthly', monthDay: 22 })).toBe('on the 22nd of each month at 08:00, UTC')
  expect(words({ frequency: 'monthly', monthDay: 31, hour: 17 })).toBe(
    'on the 31st of each month, or its last day, at 17:00, UTC',
  )
})
