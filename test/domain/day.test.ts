import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, addMonths, type Day, dayOf, daysBetween, daysLeft, isDay, lastDayOfYears } from '#src/domain/day.ts'
import { runs } from '../support/runs.ts'

const day = fc
  .integer({ min: Date.UTC(1971, 0) / 86_400_000, max: Date.UTC(2200, 0) / 86_400_000 })
  .map((n) => new Date(n * 86_400_000).toISOString().slice(0, 10) as Day)

describe('a day', () => {
  test.each(['2026-08-21', '2024-02-29', '2000-02-29', '1999-12-31'])('%s is one', (text) => {
    expect(isDay(text)).toBe(true)
  })

  test.each([
    '2026-02-29',
    '2100-02-29',
    '2026-13-01',
    '2026-00-10',
    '2026-04-31',
    '2026-8-21',
    '26-08-21',
    '2026-08-21T00:00',
    ' 2026-08-21',
    '',
    'today',
    '٢٠٢٦-٠٨-٢١',
    '2026-08-21\n',
  ])('%j is none', (text) => {
    expect(isDay(text)).toBe(false)
  })

  test('is the UTC day of an instant, to its last millisecond (I9)', () => {
    expect(dayOf(new Date('2026-08-21T00:00:00.000Z'))).toBe('2026-08-21')
    expect(dayOf(new Date('2026-08-21T23:59:59.999Z'))).toBe('2026-08-21')
    expect(dayOf(new Date('2026-08-21T23:30:00-02:00'))).toBe('2026-08-22')
  })

  test('counts forth and back the same way (I9)', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: -20_000, max: 20_000 }), (from, n) => {
        const to = addDays(from, n)
        expect(isDay(to)).toBe(true)
        expect(daysBetween(from, to)).toBe(n)
        expect(addDays(to, -n)).toBe(from)
        expect(n > 0).toBe(to > from)
      }),
      runs,
    )
  })
})

describe('months', () => {
  test.each([
    ['2026-01-31', 1, '2026-02-28'],
    ['2024-01-31', 1, '2024-02-29'],
    ['2024-02-29', 12, '2025-02-28'],
    ['2024-02-29', 48, '2028-02-29'],
    ['2026-12-31', 2, '2027-02-28'],
    ['2026-03-31', -1, '2026-02-28'],
    ['2026-08-21', 0, '2026-08-21'],
    ['2026-11-30', 3, '2027-02-28'],
  ] as const)('%s and %i months are %s (I9)', (from, months, to) => {
    expect(addMonths(from, months)).toBe(to)
  })

  test('keep the day of the month or clamp to the last, never spill over (I9)', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: -600, max: 600 }), (from, months) => {
        const to = addMonths(from, months)
        expect(isDay(to)).toBe(true)
        const at = (text: string) => text.split('-').map(Number) as [number, number, number]
        const [year, month, date] = at(from)
        const [toYear, toMonth, toDate] = at(to)
        expect(toYear * 12 + toMonth).toBe(year * 12 + month + months)
        expect(toDate).toBeLessThanOrEqual(date)
        if (toDate < date) expect(addDays(to, 1).slice(8)).toBe('01')
      }),
      runs,
    )
  })
})

describe('a period of years', () => {
  test('bought on 2026-11-22 for a year ends 2027-11-21 (R28, Decision 7)', () => {
    expect(lastDayOfYears('2026-11-22', 1)).toBe('2027-11-21')
    expect(lastDayOfYears('2024-02-29', 1)).toBe('2025-02-27')
    expect(lastDayOfYears('2026-01-01', 3)).toBe('2028-12-31')
  })

  test('has 365 or 366 days a year, and the next begins the day after (Decision 7)', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: 1, max: 10 }), (from, years) => {
        const last = lastDayOfYears(from, years)
        const days = daysBetween(from, last) + 1
        expect(days).toBeGreaterThanOrEqual(365 * years)
        expect(days).toBeLessThanOrEqual(366 * years)
        expect(daysLeft(last, from)).toBe(days)
      }),
      runs,
    )
  })
})

test('days left are end − today + 1, the last day counts, none are owed (Decision 7)', () => {
  expect(daysLeft('2026-08-21', '2026-08-21')).toBe(1)
  expect(daysLeft('2026-08-22', '2026-08-21')).toBe(2)
  expect(daysLeft('2026-08-20', '2026-08-21')).toBe(0)
  fc.assert(
    fc.property(day, day, (end, today) => {
      expect(daysLeft(end, today)).toBe(end < today ? 0 : daysBetween(today, end) + 1)
    }),
    runs,
  )
})
