import { expect, test } from 'vitest'
import { licenseStanding } from '#src/domain/licenses/standing.ts'

test.each([
  [null, 7, 'active'],
  ['2026-08-21', 7, 'active'],
  ['2026-08-20', 7, 'grace'],
  ['2026-08-14', 7, 'grace'],
  ['2026-08-13', 7, 'expired'],
  ['2026-08-20', 0, 'expired'],
] as const)('a license that ends on %s with %d days of grace is %s (R306)', (endsOn, grace, standing) => {
  expect(licenseStanding(endsOn, grace, '2026-08-21')).toBe(standing)
})
