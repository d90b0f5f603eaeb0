import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type CatalogOffer, creditsOf } from '#src/domain/catalog/catalog-offer.ts'
import type { Day } from '#src/domain/day.ts'
import { addDays } from '#src/domain/day.ts'
import { type Upgradable, upgradeOf, upgradeSizeFrom } from '#src/domain/licenses/upgrade.ts'
import { Refused } from '#src/domain/refusal.ts'
import { startedYearsLeft } from '#src/domain/support/extension.ts'

const today: Day = '2026-08-21'
const ranks = { essentials: 1, pro: 2, enterprise: 3 } as const
const editions = ['essentials', 'pro', 'enterprise'] as const
const sizes = [3, 5, 10, 25, null] as const

const offer = (edition: (typeof editions)[number], size: number | null, kind: 'license' | 'support'): CatalogOffer => ({
  code: `remote-access/${edition}/${size ?? 'unlimited'}${kind === 'support' ? '/support' : ''}`,
  kind,
  productCode: 'remote-access',
  productName: 'Remote Access',
  unit: 'user',
  editionCode: edition,
  editionName: edition,
  rank: ranks[edition],
  size,
  perUnit: false,
  sold: true,
})
const offers = editions.flatMap((edition) =>
  sizes.flatMap((size) => [offer(edition, size, 'license'), offer(edition, size, 'support')]),
)
const byUnit: CatalogOffer[] = (['license', 'support'] as const).map((kind) => ({
  ...offer('essentials', null, kind),
  code: `remote-work/standard/workstation${kind === 'support' ? '/support' : ''}`,
  perUnit: true,
}))

const licenseOf = (edition: (typeof editions)[number], size: number | null, ends: number | null): Upgradable => ({
  productCode: 'remote-access',
  editionCode: edition,
  editionRank: ranks[edition],
  size,
  kind: 'permanent',
  orderReference: null,
  supportEndsOn: ends === null ? null : addDays(today, ends),
  given: true,
})

const edition = fc.constantFrom(...editions)
const size = fc.constantFrom(...sizes)
const ends = fc.option(fc.integer({ min: -800, max: 1200 }))
const paidCredits = fc.integer({ min: 0, max: 4 })
const more = (n: number | null) => n ?? Number.POSITIVE_INFINITY

function attempt(license: Upgradable, wanted: { edition: string; size: number | null }, paid: Record<string, number>) {
  try {
    return upgradeOf(license, wanted, { offers, paid, today })
  } catch (error) {
    if (error instanceof Refused) return error.refusal.code
    throw error
  }
}

test('R113 an upgrade never lowers edition or size, and everything higher that is sold can be had', () => {
  fc.assert(
    fc.property(edition, size, edition, size, ends, (from, fromSize, to, toSize, left) => {
      const result = attempt(licenseOf(from, fromSize, left), { edition: to, size: toSize }, {})
      const higher =
        ranks[to] >= ranks[from] && more(toSize) >= more(fromSize) && (to !== from || more(toSize) > more(fromSize))
      expect(typeof result === 'string' ? result : 'done').toBe(higher ? 'done' : 'not-an-upgrade')
    }),
  )
})

test('R113 R124 one of the new offer is spent and at most one of the old returned, its support for each started year; never more than was paid', () => {
  fc.assert(
    fc.property(
      edition,
      size,
      edition,
      size,
      ends,
      paidCredits,
      paidCredits,
      (from, s1, to, s2, left, own, support) => {
        const old = offer(from, s1, 'license').code
        const oldSupport = offer(from, s1, 'support').code
        const license = licenseOf(from, s1, left)
        const result = attempt(license, { edition: to, size: s2 }, { [old]: own, [oldSupport]: support })
        if (typeof result === 'string') return
        const years = startedYearsLeft(license.supportEndsOn, today)
        const of = (code: string) => result.exchanges.find((one) => one.offerCode === code) ?? { spent: 0, returned: 0 }
        expect(of(offer(to, s2, 'license').code).spent).toBe(1)
        expect(of(offer(to, s2, 'support').code).spent).toBe(years)
        expect(of(old).returned).toBe(Math.min(1, own))
        expect(of(oldSupport).returned).toBe(Math.min(years, support))
        expect(result.exchanges.every((one) => one.spent >= 0 && one.returned >= 0)).toBe(true)
      },
    ),
  )
})

test('R113 by the unit a license counts as many credits as it has units, and one offer is spent and returned', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1000 }), fc.integer({ min: 1, max: 1000 }), (from, added) => {
      const license = { ...licenseOf('essentials', from, null) }
      const [one] = byUnit as [CatalogOffer]
      const wanted = { edition: 'essentials', size: from + added }
      const { exchanges } = upgradeOf(license, wanted, { offers: byUnit, paid: { [one.code]: from }, today })
      expect(exchanges).toEqual([{ offerCode: one.code, spent: creditsOf(one, from + added), returned: from }])
    }),
  )
})

test('R113 a withdrawn size is not upgraded to, but upgraded from', () => {
  const withdrawn = offers.map((one) => (one.size === 10 ? { ...one, sold: false } : one))
  const context = { offers: withdrawn, paid: { 'remote-access/pro/10': 1 }, today }
  expect(() => upgradeOf(licenseOf('pro', 5, null), { edition: 'pro', size: 10 }, context)).toThrow('offer-withdrawn')
  const { exchanges } = upgradeOf(licenseOf('pro', 10, null), { edition: 'pro', size: 25 }, context)
  expect(exchanges).toContainEqual({ offerCode: 'remote-access/pro/10', spent: 0, returned: 1 })
})

test.each(['', ' ', '0', '-1', '1.5', '1e3', 'ten', '1000001', '1000000000', 'Infinity'])(
  'R113 the size %j is refused with what can be chosen',
  (typed) => {
    expect(() => upgradeSizeFrom(typed, offers)).toThrow('invalid-request')
  },
)
