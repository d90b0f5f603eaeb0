import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { exponentOf, formatMoney, isCurrency, minorOf } from '#src/domain/money.ts'
import { runs } from '../support/runs.ts'

const currency = fc.constantFrom('EUR', 'USD', 'JPY', 'BHD', 'KWD', 'CLP', 'GBP')

describe('an amount of a provider', () => {
  test.each([
    [152.24, 'EUR', 15224],
    [0.1 + 0.2, 'EUR', 30],
    [1.005, 'EUR', 101],
    [8.575, 'USD', 858],
    [1.115, 'EUR', 112],
    [-1.005, 'EUR', -101],
    [0, 'EUR', 0],
    [1500, 'JPY', 1500],
    [1500.5, 'JPY', 1501],
    [1.234, 'BHD', 1234],
    [1.2345, 'BHD', 1235],
    [19.99, 'XXX', 1999],
    [1e9, 'EUR', 100_000_000_000],
  ])('of %d %s is %i minor units, half up', (amount, code, minor) => {
    expect(minorOf(amount, code)).toBe(minor)
  })

  test('with as many decimals as the currency has loses nothing', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1_000_000_000, max: 1_000_000_000 }), currency, (minor, code) => {
        const amount = Number((minor / 10 ** exponentOf(code)).toFixed(exponentOf(code)))
        expect(minorOf(amount, code) + 0).toBe(minor + 0)
      }),
      runs,
    )
  })
})

describe('money', () => {
  test.each([
    [15224, 'EUR', 'EUR 152.24'],
    [5, 'EUR', 'EUR 0.05'],
    [0, 'EUR', 'EUR 0.00'],
    [-15224, 'EUR', 'EUR −152.24'],
    [1500, 'JPY', 'JPY 1500'],
    [0, 'JPY', 'JPY 0'],
    [1234, 'BHD', 'BHD 1.234'],
    [7, 'BHD', 'BHD 0.007'],
    [100, 'ABC', 'ABC 1.00'],
  ])('%i %s is written "%s" (R62)', (minor, code, text) => {
    expect(formatMoney({ minor, currency: code })).toBe(text)
  })

  test('is written so that it can be read back', () => {
    fc.assert(
      fc.property(fc.integer({ min: -(10 ** 12), max: 10 ** 12 }), currency, (minor, code) => {
        const text = formatMoney({ minor, currency: code })
        const [written = '', amount = ''] = text.split(' ')
        expect(written).toBe(code)
        expect(Number(amount.replace('−', '-').replace('.', ''))).toBe(minor)
        expect(amount.split('.')[1]?.length ?? 0).toBe(exponentOf(code))
      }),
      runs,
    )
  })

  test.each(['eur', 'EURO', '', 'E1R', 'EUR '])('%j is no code of a currency', (code) => {
    expect(isCurrency(code)).toBe(false)
    expect(exponentOf(code)).toBe(2)
  })
})
