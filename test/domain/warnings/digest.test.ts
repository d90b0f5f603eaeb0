import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addDays, type Day, daysBetween } from '#src/domain/day.ts'
import {
  digestDueAt,
  digestOf,
  mondayOf,
  mostEndings,
  mostTold,
  shortened,
  tasksIn,
} from '#src/domain/warnings/digest.ts'
import { type Ending, proposalsOf, usageOf, wholeGroups } from '#src/domain/warnings/rightsizing.ts'
import { runs } from '../../support/runs.ts'

const today: Day = '2026-08-21'
const ago = (days: number) => new Date(`${addDays(today, -days)}T12:00:00Z`)
const ending = (more: Partial<Ending> = {}): Ending => ({
  ...{ productName: 'Remote Access', editionName: 'Pro', email: 'it@zuid.example', ownerName: 'Northwind' },
  ...{ endsOn: '2026-09-20', firstActivatedAt: ago(400), lastUsedAt: ago(1) },
  ...more,
})

test('R309: never used, not used for 90 days, in use', () => {
  expect(usageOf({ firstActivatedAt: null, lastUsedAt: null }, today)).toBe('never')
  expect(usageOf({ firstActivatedAt: ago(91), lastUsedAt: null }, today)).toBe('idle')
  expect(usageOf({ firstActivatedAt: ago(400), lastUsedAt: ago(91) }, today)).toBe('idle')
  expect(usageOf({ firstActivatedAt: ago(400), lastUsedAt: ago(90) }, today)).toBe('used')
})

test('R309: what is proposed is what is in use, by end customer and edition; what is all in use is not doubted', () => {
  const found = [
    ending({ endsOn: '2026-10-01' }),
    ending({ lastUsedAt: ago(200) }),
    ending({ firstActivatedAt: null, lastUsedAt: null }),
    ending({ editionName: 'Enterprise' }),
    ending({ email: 'other@zuid.example', firstActivatedAt: null, lastUsedAt: null }),
  ]
  expect(proposalsOf(found, today)).toEqual([
    expect.objectContaining({
      ...{ email: 'it@zuid.example', endsOn: '2026-09-20', quantity: 3, never: 1, idle: 1, proposed: 1 },
      lastUsedOn: '2026-08-20',
    }),
    expect.objectContaining({ email: 'other@zuid.example', quantity: 1, never: 1, proposed: 0, lastUsedOn: null }),
  ])
})

test('a digest counts up to a hundred of each and says that there is more; a letter shows the first of them', () => {
  const license = { licenseId: 'lic_1', serial: 'S', productName: 'P', editionName: 'E', email: 'a@b.example' }
  const many = Array.from({ length: mostTold + 1 }, () => ({ ...license, ownerName: 'N', day: today }))
  const digest = digestOf([many, [], [], [], []], today)
  expect([digest.expired.count, digest.expired.isCut, tasksIn(digest)]).toEqual([mostTold, true, mostTold])
  expect(shortened(digest, 5).expired).toMatchObject({ count: mostTold, isCut: true, rows: many.slice(0, 5) })
})

test('a renewal is proposed only of a customer and an edition of which all ends were read', () => {
  const idle = { lastUsedAt: ago(200) }
  const others = Array.from({ length: mostEndings - 1 }, (_, i) => ending({ ...idle, email: `n${i}@zuid.example` }))
  const last = { ...idle, email: 'cut@zuid.example' }
  const emailsOf = (endings: Ending[]) =>
    proposalsOf(wholeGroups(endings, mostEndings), today).map(({ email }) => email)
  expect(emailsOf([...others, ending(last)])).toContain('cut@zuid.example')
  const cut = emailsOf([...others, ending(last), ending(last)])
  expect([cut.includes('cut@zuid.example'), cut.length]).toEqual([false, mostEndings - 1])
})

test('a week begins on its Monday, and its digest leaves at six of that day', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 20_000 }), (days) => {
      const day = addDays('2000-01-01', days)
      const monday = mondayOf(day)
      expect(new Date(`${monday}T00:00:00Z`).getUTCDay()).toBe(1)
      expect(daysBetween(monday, day)).toBeGreaterThanOrEqual(0)
      expect(daysBetween(monday, day)).toBeLessThan(7)
      expect(digestDueAt(monday).toISOString()).toBe(`${monday}T06:00:00.000Z`)
    }),
    runs,
  )
})
