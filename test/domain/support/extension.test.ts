import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addDays, type Day, daysBetween, lastDayOfYears } from '#src/domain/day.ts'
import { nextPeriod, startedYearsLeft, yearsFrom } from '#src/domain/support/extension.ts'

const today: Day = '2026-08-21'

test('R126 R127 valid support goes on the day after its end, expired support and none start today (Decision 12)', () => {
  expect(nextPeriod('2026-11-21', 1, today)).toEqual({ startsOn: '2026-11-22', endsOn: '2027-11-21' })
  expect(nextPeriod(today, 1, today)).toEqual({ startsOn: '2026-08-22', endsOn: '2027-08-21' })
  expect(nextPeriod('2026-08-20', 2, today)).toEqual({ startsOn: today, endsOn: '2028-08-20' })
  expect(nextPeriod(null, 3, today)).toEqual({ startsOn: today, endsOn: '2029-08-20' })
})

test('an extension neither overlaps what was paid nor leaves a day of it unpaid', () => {
  fc.assert(
    fc.property(fc.integer({ min: -2000, max: 2000 }), fc.constantFrom(1, 2, 3), (ends, years) => {
      const endsOn = addDays(today, ends)
      const { startsOn, endsOn: to } = nextPeriod(endsOn, years, today)
      expect(startsOn > endsOn && startsOn >= today).toBe(true)
      if (endsOn >= today) expect(daysBetween(endsOn, startsOn)).toBe(1)
      expect(to).toBe(lastDayOfYears(startsOn, years))
    }),
  )
})

test('years left count a started one as a whole, and none once it has ended', () => {
  expect(startedYearsLeft(null, today)).toBe(0)
  expect(startedYearsLeft('2026-08-20', today)).toBe(0)
  expect(startedYearsLeft(today, today)).toBe(1)
  expect(startedYearsLeft('2027-08-20', today)).toBe(1)
  expect(startedYearsLeft('2027-08-21', today)).toBe(2)
})

test.each(['', '0', '4', '-1', '1.0', '1e0', 'two', '1000000000'])(
  'R125 %j years are refused with a sentence',
  (typed) => {
    expect(() => yearsFrom(typed)).toThrow('invalid-request')
  },
)
