import { expect, test } from 'vitest'
import { releaseBudget } from '#src/domain/computers/release-budget.ts'

const now = new Date('2026-08-21T09:30:00.000Z')
const day = 86_400_000
const ago = (days: number) => new Date(now.getTime() - days * day)
const rule = (releasesPerYear: number | null, releaseCooldownHours = 0) => ({ releasesPerYear, releaseCooldownHours })

test('releases of a year count, and leave it one by one (R305)', () => {
  const counted = [ago(1), ago(100), ago(364), ago(365), ago(700)]
  expect(releaseBudget(counted, rule(4), now)).toEqual({ used: 3, allowed: 4, refusedBy: null, nextAt: null })
  const spent = { used: 3, allowed: 3, refusedBy: 'release-budget', nextAt: new Date(ago(364).getTime() + 365 * day) }
  expect(releaseBudget(counted, rule(3), now)).toEqual(spent)
  const lowered = { used: 3, allowed: 1, refusedBy: 'release-budget', nextAt: new Date(ago(1).getTime() + 365 * day) }
  expect(releaseBudget(counted, rule(1), now)).toEqual(lowered)
  expect(releaseBudget([], rule(0), now)).toMatchObject({ refusedBy: 'release-budget', nextAt: null })
})

test('two releases are as far apart as the product says; without a limit they still are (R305)', () => {
  expect(releaseBudget([ago(1)], rule(null, 48), now)).toEqual({
    ...{ used: 1, allowed: null, refusedBy: 'release-cooldown', nextAt: new Date(ago(-1)) },
  })
  expect(releaseBudget([ago(2)], rule(null, 48), now).refusedBy).toBeNull()
})
