import { expect, test } from 'vitest'
import { checkInStanding, nextCheckIn } from '#src/domain/computers/check-in.ts'

const rule = { checkInHours: 24, checkInGraceDays: 14 }
const seen = new Date('2026-08-21T09:30:00Z')
const after = (hours: number) => new Date(seen.getTime() + hours * 3_600_000)

test('a check-in is expected after the hours of the product', () => {
  expect(nextCheckIn(seen, rule)).toEqual(new Date('2026-08-22T09:30:00Z'))
})

test.each([
  [0, 'current'],
  [24, 'current'],
  [24.001, 'grace'],
  [24 + 14 * 24, 'grace'],
  [24 + 14 * 24 + 0.001, 'lapsed'],
] as const)('%d hours after the last check-in it is %s (R306)', (hours, standing) => {
  expect(checkInStanding(seen, rule, after(hours))).toBe(standing)
})
