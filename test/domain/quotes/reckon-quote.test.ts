import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, type Day } from '#src/domain/day.ts'
import { currencyFor, offersIn } from '#src/domain/quotes/currency.ts'
import type { LicenseItem } from '#src/domain/quotes/item.ts'
import type { Offered } from '#src/domain/quotes/offered.ts'
import type { PriceList, Quotable } from '#src/domain/quotes/quotable.ts'
import { reckonQuote } from '#src/domain/quotes/reckon-quote.ts'
import { Refused } from '#src/domain/refusal.ts'
import { runs } from '../../support/runs.ts'

const today: Day = '2026-08-21'

const offer = (code: string, changes: Partial<Offered>): Offered => ({
  ...{ code, kind: 'license', productCode: 'remote-access', productName: 'Remote Access', unit: 'user' },
  ...{ editionCode: 'pro', editionName: 'Pro', rank: 2, size: null, perUnit: false, sold: true, tiers: [] },
  ...changes,
})
const costs = (...tiers: [minQuantity: number, unitMinor: number][]) => ({
  tiers: tiers.map(([minQuantity, unitMinor]) => ({ minQuantity, unitMinor })),
})

const sizes: [number | null, number][] = [
  [5, 16_900],
  [10, 26_900],
  [25, 46_900],
  [null, 69_900],
]
const remoteAccess = sizes.flatMap(([size, minor]) => {
  const code = `remote-access/pro/${size ?? 'unlimited'}`
  return [
    offer(code, { size, ...costs([1, minor]) }),
    offer(`${code}/support`, { kind: 'support', size, ...costs([1, minor / 5]) }),
    offer(code.replace('pro', 'enterprise'), {
      ...{ editionCode: 'enterprise', editionName: 'Enterprise', rank: 3, size, ...costs([1, minor + 7000]) },
    }),
    offer(`${code.replace('pro', 'enterprise')}/support`, {
      ...{ kind: 'support', editionCode: 'enterprise', rank: 3, size, ...costs([1, minor / 5 + 1400]) },
    }),
  ]
})
const byUnit = { productCode: 'remote-work', productName: 'Remote Work', unit: 'workstation', perUnit: true } as const
const standard = { editionCode: 'standard', editionName: 'Standard', rank: 1 }
const remoteWork = (minor: number, tiers: [number, number][] = []) => [
  offer('remote-work/standard/workstation', { ...byUnit, ...standard, ...costs([1, minor], ...tiers) }),
  offer('remote-work/standard/workstation/support', { ...byUnit, ...standard, kind: 'support', ...costs([1, minor]) }),
]

const list = (offers: readonly Offered[], on = today): PriceList => ({ offers, currency: 'EUR', today: on })

const license = (changes: Partial<Quotable>): Quotable => ({
  ...{ id: 'lic_1', accountId: 'acc_1', kind: 'permanent', serial: 'S-1', endsOn: null, supportEndsOn: null },
  ...{ productCode: 'remote-access', productName: 'Remote Access', pricingRule: 'perpetual', unit: 'user' },
  ...{ editionCode: 'pro', editionName: 'Pro', editionRank: 2, size: 5, subscription: null },
  ...changes,
})
const workstations = (size: number, supportEndsOn: Day | null): Quotable =>
  license({
    ...{ productCode: 'remote-work', productName: 'Remote Work', pricingRule: 'time-based', unit: 'workstation' },
    ...{ editionCode: 'standard', editionName: 'Standard', editionRank: 1, size, supportEndsOn },
  })

const quote = (of: Quotable, item: Omit<LicenseItem, 'license'>, prices: PriceList) =>
  reckonQuote([{ license: of.id, ...item }], [of], prices)

function refusedWith(act: () => unknown) {
  try {
    act()
  } catch (error) {
    if (error instanceof Refused) return error.refusal
    throw error
  }
  return expect.fail('nothing was refused')
}

describe('the examples that are to be held', () => {
  test('R74 R76: five users more for a perpetual license cost what ten cost above five, whatever the day (rule A)', () => {
    const { lines, totalMinor } = quote(license({}), { size: 10 }, list(remoteAccess))
    expect(totalMinor).toBe(26_900 - 16_900)
    expect(lines).toMatchObject([{ listMinor: 26_900, creditMinor: 16_900, dueMinor: 10_000 }])
    expect(quote(license({}), { size: 10 }, list(remoteAccess, '2031-02-28')).totalMinor).toBe(totalMinor)
  })

  test('R75 R77: from 5 to 8 workstations at 100.00 a year with 146 of 365 days left are 120.00 (rule B)', () => {
    const until = addDays(today, 145)
    const { lines, totalMinor } = quote(workstations(5, until), { size: 8 }, list(remoteWork(10_000)))
    expect(totalMinor).toBe(12_000)
    expect(lines[0]?.reckoning).toBe('3 more workstations × EUR 100.00 a year × 146 of 365 days left')
    expect(lines).toMatchObject([{ listMinor: 32_000, creditMinor: 20_000, startsOn: today, endsOn: until }])
  })

  test('R302: a second upgrade in one period goes from the full value: 998.00 to 1497.00 a year, 337 of 365 days, is 460.72', () => {
    const { totalMinor } = quote(workstations(2, addDays(today, 336)), { size: 3 }, list(remoteWork(49_900)))
    expect(totalMinor).toBe(46_072)
  })

  test('R72: a higher edition costs the difference of the full prices', () => {
    const { totalMinor } = quote(license({}), { edition: 'enterprise' }, list(remoteAccess))
    expect(totalMinor).toBe(7000)
  })

  test('R124: support that is paid is raised with the license, for the days that are left', () => {
    const until = addDays(today, 72)
    const { lines } = quote(license({ supportEndsOn: until }), { size: 10 }, list(remoteAccess))
    expect(lines.map(({ dueMinor }) => dueMinor)).toEqual([10_000, Math.round((2000 * 73) / 365)])
  })

  test('R82 R83: support is bought from today, renewed from today where it ended, and extended from its end', () => {
    const days = (supportEndsOn: Day | null) =>
      quote(license({ supportEndsOn }), { supportYears: 1 }, list(remoteAccess)).lines.map((line) => line.change)
    expect(days(null)).toMatchObject([{ act: 'bought', startsOn: today, endsOn: '2027-08-20' }])
    expect(days('2026-08-20')).toMatchObject([{ act: 'renewed', startsOn: today, endsOn: '2027-08-20' }])
    expect(days(today)).toMatchObject([{ act: 'extended', startsOn: '2026-08-22', endsOn: '2027-08-21' }])
  })

  test('R308: several supports are brought to one day, each by its own days', () => {
    const until: Day = '2027-12-31'
    const all = [license({ id: 'lic_1', supportEndsOn: '2027-06-30' }), license({ id: 'lic_2' })]
    const items = all.map(({ id }) => ({ license: id, supportUntil: until }))
    const { lines } = reckonQuote(items, all, list(remoteAccess))
    expect(lines.map(({ endsOn }) => endsOn)).toEqual([until, until])
    expect(lines[0]?.dueMinor).toBe(Math.round((3380 * 184) / 366))
    expect(lines[1]?.dueMinor).toBe(Math.round((3380 * 498) / 365))
  })

  test('what is paid by the year and has ended is renewed from today before anything is added (Decision 9)', () => {
    const { lines } = quote(workstations(5, '2026-08-01'), { size: 8 }, list(remoteWork(10_000)))
    expect(lines.map(({ change }) => change.kind)).toEqual(['support', 'license-upgrade'])
    expect(lines.map(({ dueMinor }) => dueMinor)).toEqual([50_000, 30_000])
  })

  test('29 February: a year that ends there has its real length', () => {
    const [line] = quote(workstations(1, '2028-02-29'), { size: 2 }, list(remoteWork(36_600), '2028-02-29')).lines
    expect(line?.reckoning).toContain('1 of 366 days left')
    expect(line?.dueMinor).toBe(100)
  })
})

describe('what is refused', () => {
  test.each([
    ['fewer than there are', license({ size: 10 }), { size: 5 }, 'items/0/size'],
    ['nothing more', license({}), { size: 5 }, 'items/0/size'],
    ['a size that nobody sells', license({}), { size: 7 }, 'items/0/size'],
    ['a lower edition', license({ editionCode: 'enterprise', editionRank: 3 }), { edition: 'pro' }, 'items/0/edition'],
    ['an edition that is not there', license({}), { edition: 'platinum' }, 'items/0/edition'],
    ['more of a trial', license({ kind: 'trial' }), { size: 10 }, 'items/0/license'],
    [
      'a day that adds nothing',
      license({ supportEndsOn: '2027-01-31' }),
      { supportUntil: '2027-01-31' },
      'items/0/supportUntil',
    ],
  ] as const)('%s, at the field and with how to mend it', (_, of, item, pointer) => {
    const refusal = refusedWith(() => quote(of, item, list(remoteAccess)))
    expect(refusal).toMatchObject({ code: 'invalid-request', errors: [{ pointer }] })
  })

  test('a price in a currency that nobody asks for: nothing is converted', () => {
    const without = remoteAccess.map((one) => ({ ...one, tiers: [] }))
    expect(refusedWith(() => quote(license({}), { size: 10 }, list(without))).code).toBe('not-sold-for-money')
  })

  test('one license in two items, and one that is not there', () => {
    const twice = [1, 2].map(() => ({ license: 'lic_1', size: 10 }))
    expect(refusedWith(() => reckonQuote(twice, [license({})], list(remoteAccess)))).toMatchObject({
      errors: [{ pointer: 'items/1/license' }],
    })
    expect(refusedWith(() => reckonQuote([{ license: 'lic_9', size: 10 }], [], list(remoteAccess))).code).toBe(
      'not-found',
    )
  })
})

describe('for any prices, sizes and days', () => {
  const minor = fc.integer({ min: 1, max: 10_000_000 })
  const days = fc.integer({ min: 1, max: 1100 })
  const step = fc.integer({ min: 1, max: 500 })
  const steps = fc.tuple(step, step, step)
  const due = (size: number, to: number, left: number, prices: Offered[]) =>
    quote(workstations(size, addDays(today, left - 1)), { size: to }, list(prices)).totalMinor

  test('nothing is ever negative, and each line is its price less what is paid', () => {
    fc.assert(
      fc.property(minor, steps, days, (price, [size, more], left) => {
        const { lines } = quote(
          workstations(size, addDays(today, left - 1)),
          { size: size + more },
          list(remoteWork(price)),
        )
        for (const line of lines) {
          expect(Math.min(line.dueMinor, line.creditMinor, line.listMinor)).toBeGreaterThanOrEqual(0)
          expect(line.listMinor - line.creditMinor).toBe(line.dueMinor)
        }
      }),
      runs,
    )
  })

  test('two steps are never cheaper than one, but for a rounding, with volume tiers too', () => {
    fc.assert(
      fc.property(minor, fc.integer({ min: 2, max: 900 }), steps, days, (price, from, [size, some, more], left) => {
        const prices = remoteWork(price, [[from, Math.ceil(price / 2)]])
        const once = due(size, size + some + more, left, prices)
        const twice = due(size, size + some, left, prices) + due(size + some, size + some + more, left, prices)
        expect(twice).toBeGreaterThanOrEqual(once - 1)
      }),
      runs,
    )
  })

  test('sizes and editions that are sold as a whole: two steps are never cheaper than one, whatever they cost', () => {
    const amounts = fc.array(minor, { minLength: 8, maxLength: 8 })
    fc.assert(
      fc.property(amounts, fc.integer({ min: 0, max: 400 }), (some, left) => {
        const prices = remoteAccess
          .filter(({ kind }) => kind === 'license')
          .flatMap((one, i) => {
            const year = { kind: 'support' as const, code: `${one.code}/support` }
            return [
              { ...one, ...costs([1, some[i] as number]) },
              { ...one, ...year, ...costs([1, some[7 - i] as number]) },
            ]
          })
        const supportEndsOn = addDays(today, left - 1)
        const step = (from: Partial<Quotable>, item: Omit<LicenseItem, 'license'>) =>
          quote(license({ supportEndsOn, ...from }), item, list(prices)).totalMinor
        const enterprise = { editionCode: 'enterprise', editionName: 'Enterprise', editionRank: 3 }
        const once = step({}, { size: 'unlimited', edition: 'enterprise' })
        const bySize = step({}, { size: 25 }) + step({ size: 25 }, { size: 'unlimited', edition: 'enterprise' })
        const byEdition = step({}, { edition: 'enterprise' }) + step(enterprise, { size: 'unlimited' })
        // Of each line's rounding there is one more in two steps.
        expect(Math.min(bySize, byEdition)).toBeGreaterThanOrEqual(once - 2)
      }),
      runs,
    )
  })

  test('currencies are never mixed: a quote is reckoned as if there were no other, and refused where a price is missing', () => {
    const paidIn = fc.constantFrom('EUR', 'USD', 'JPY', null)
    const until = addDays(today, 145)
    fc.assert(
      fc.property(minor, minor, paidIn, (eur, usd, paid) => {
        const priced = (offers: readonly Offered[]) =>
          offers.map((one) => ({
            ...one,
            prices: [
              { currency: 'EUR', minQuantity: 1, unitMinor: eur },
              { currency: 'USD', minQuantity: 1, unitMinor: usd },
            ],
          }))
        const offers = priced(remoteWork(1))
        const currency = currencyFor(paid, offers)
        expect(currency).toBe(paid === 'USD' ? 'USD' : 'EUR')
        const only = currency === 'USD' ? usd : eur
        const { totalMinor, lines } = quote(
          workstations(5, until),
          { size: 8 },
          { offers: offersIn(offers, currency), currency, today },
        )
        expect(totalMinor).toBe(due(5, 8, 146, remoteWork(only)))
        expect(lines[0]?.reckoning).toContain(`× ${currency} `)
        const [first, ...others] = offers
        const half = [{ ...first, prices: [] }, ...others] as typeof offers
        const missing = { offers: offersIn(half, currency), currency, today }
        expect(refusedWith(() => quote(workstations(5, until), { size: 8 }, missing)).code).toBe('not-sold-for-money')
      }),
      runs,
    )
  })

  test('more days never cost less, nor does more of the same tier', () => {
    fc.assert(
      fc.property(minor, steps, days, (price, [size, more], left) => {
        const prices = remoteWork(price)
        const [a, b, c] = [
          due(size, size + more, left, prices),
          due(size, size + more, left + 1, prices),
          due(size, size + more + 1, left, prices),
        ]
        // The year that is divided by may be a day longer: then a day more of it is worth that much less.
        expect(b).toBeGreaterThanOrEqual(Math.floor((a * 365) / 366) - 1)
        expect(c).toBeGreaterThanOrEqual(a)
      }),
      runs,
    )
  })
})
