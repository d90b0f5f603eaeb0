import fc from 'fast-check'
import { expect, test } from 'vitest'
import { sharesOf } from '#src/domain/payments/payment.ts'

const paid = (totalMinor: number, taxMinor = 0) => ({ currency: 'EUR', totalMinor, taxMinor, orderedAt: new Date(0) })

test('lines of a quote share what was paid for them, to the last minor unit (R301)', () => {
  expect(sharesOf([6000, 6000], paid(6000))).toEqual([3000, 3000])
  expect(sharesOf([1, 1, 1], paid(100))).toEqual([33, 34, 33])
  expect(sharesOf([5000, 0], paid(2500, 500))).toEqual([2000, 0])
  const amount = fc.nat(10_000_000)
  fc.assert(
    fc.property(fc.array(amount, { minLength: 1, maxLength: 100 }), amount, (lines, minor) => {
      fc.pre(lines.some((one) => one > 0))
      const shares = sharesOf(lines, paid(minor))
      expect(shares.reduce((sum, one) => sum + one, 0)).toBe(minor)
      expect(Math.min(...shares)).toBeGreaterThanOrEqual(0)
    }),
  )
})

test('what was quoted, with tax in it or beside it, leaves the lines as they are', () => {
  expect(sharesOf([100, 200], paid(300, 50))).toEqual([100, 200])
  expect(sharesOf([100, 200], paid(350, 50))).toEqual([100, 200])
})
