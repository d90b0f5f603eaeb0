import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dueAfter, lastDue, type Schedule, scheduleWords, weekdays } from '#src/domain/reports/timing.ts'
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

  /** The wall clock of a zone at an instant, as Intl has it: what the portal's own reckoning is compared with. */
  const clocks = new Map(
    zones.map((timeZone) => [
      timeZone,
      new Intl.DateTimeFormat('en-GB', {
        ...({
          timeZone,
          hourCycle: 'h23',
          weekday: 'short',
          year: 'numeric',
          month: 'numeric',
          day: 'numeric',
        } as const),
        ...({ hour: 'numeric', minute: 'numeric' } as const),
      }),
    ]),
  )
  const wall = (at: number, timeZone: string) => {
    const parts = Object.fromEntries(
      clocks
        .get(timeZone)
        ?.formatToParts(at)
        .map(({ type, value }) => [type, value]) ?? [],
    )
    const [year, month, day] = [Number(parts.year), Number(parts.month), Number(parts.day)]
    const weekday = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'].indexOf(String(parts.weekday)) + 1
    const last = new Date(Date.UTC(year, month, 0)).getUTCDate()
    return {
      date: `${year}-${month}-${day}`,
      day,
      last,
      weekday,
      minutes: Number(parts.hour) * 60 + Number(parts.minute),
    }
  }
  const half = 30 * 60_000

  /**
   * Walks half an hour at a time until the clock on the wall of a wanted day shows the hour, or has jumped over it: by a model
   * that reckons with no offsets and no dates.
   */
  function walked({ frequency, weekday, monthDay, hour, timeZone }: Schedule, after: Date): number {
    const isDay = (at: ReturnType<typeof wall>) =>
      frequency === 'daily' ||
      (frequency === 'weekly' ? at.weekday === weekday : at.day === Math.min(monthDay, at.last))
    // Two days before, so that a day is seen from its beginning.
    let at = Math.floor(after.getTime() / half) * half - 96 * half
    let [done, before] = ['', wall(at - half, timeZone)]
    for (; ; at += half) {
      const now = wall(at, timeZone)
      const begins = now.date === before.date ? before.minutes : -1
      const isHour = now.minutes >= hour * 60 && begins < hour * 60
      if (isDay(now) && isHour && done !== now.date) {
        done = now.date
        if (at > after.getTime()) return at
      }
      before = now
    }
  }

  test('it is due when the clock on the wall first shows its hour on its day, or has jumped over it', () => {
    fc.assert(
      fc.property(any, instants, (of, after) => {
        expect(dueAfter(of, after).getTime() - walked(of, after)).toBe(0)
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
