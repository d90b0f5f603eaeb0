import fc from 'fast-check'
import { expect, test } from 'vitest'
import { longestReference, referenceKey } from '#src/domain/orders/reference.ts'
import { anyText, runs } from '../../support/runs.ts'

test.each([
  'JWT190724-1001-10001',
  'JWT 190724-1001-10001',
  'jwt190724 1001 10001',
  'JWT190724100110001',
  ' jwt-190724–1001—10001. ',
  'ＪＷＴ190724-1001-10001',
])('"%s" is found by the same key (R6)', (typed) => {
  expect(referenceKey(typed)).toBe('JWT190724100110001')
})

test('blanks, dashes and case never matter, and every letter and digit does (R6)', () => {
  const letters = fc.string({ unit: fc.constantFrom(...'ABCXYZ0189'), minLength: 1, maxLength: 40 })
  const filler = fc.string({ unit: fc.constantFrom(' ', '-', '–', '.', '\u00a0', '\t', '/') })
  fc.assert(
    fc.property(letters, filler, fc.boolean(), (reference, between, small) => {
      const typed = [...reference].join(between)
      expect(referenceKey(small ? typed.toLowerCase() : typed)).toBe(reference)
      expect(referenceKey(`${typed}7`)).not.toBe(reference)
    }),
    runs,
  )
})

test('whatever is typed has a key of at most 64 letters and digits, its own key', () => {
  fc.assert(
    fc.property(anyText, (typed) => {
      const key = referenceKey(typed)
      expect(key.length).toBeLessThanOrEqual(longestReference)
      expect(key).toMatch(/^[\p{L}\p{N}]*[\ud800-\udbff]?$/u)
    }),
    runs,
  )
  expect(referenceKey('- – —')).toBe('')
})
