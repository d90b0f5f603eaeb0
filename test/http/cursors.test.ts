import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Refused } from '#src/domain/refusal.ts'
import { besideIn, cursorOf, positionIn } from '#src/http/cursors.ts'
import { anyText, runs } from '../support/runs.ts'

const shape = { way: 'number', value: 'string', n: 'number' } as const

/** What the reading of a cursor comes to: a position, or the one refusal there is. */
function outcome(read: () => unknown): unknown {
  try {
    return read()
  } catch (error) {
    if (error instanceof Refused && error.refusal.code === 'invalid-cursor') return 'refused'
    throw error
  }
}

describe('a cursor', () => {
  test('comes back as it was made, whatever text is in it', () => {
    fc.assert(
      fc.property(fc.nat(9), fc.string({ unit: 'grapheme' }), fc.maxSafeNat(), (way, value, n) => {
        const cursor = cursorOf({ way, value, n })
        expect(cursor).toMatch(/^[\w-]+$/)
        expect(positionIn(cursor, shape)).toEqual({ way, value, n })
      }),
      runs,
    )
  })

  test('has a side', () => {
    const after = cursorOf({ side: 'after', way: 1, value: 'x', n: 7 })
    expect(besideIn(after, shape)).toEqual({ side: 'after', beside: { after: { way: 1, value: 'x', n: 7 } } })
    expect(besideIn(undefined, shape)).toEqual({ side: '', beside: {} })
    expect(besideIn('', shape)).toEqual({ side: '', beside: {} })
    expect(outcome(() => besideIn(cursorOf({ side: 'beside', way: 1, value: 'x', n: 7 }), shape))).toBe('refused')
    expect(outcome(() => besideIn(cursorOf({ side: 'toString', way: 1, value: 'x', n: 7 }), shape))).toBe('refused')
  })

  test('of another list is refused, not misread', () => {
    expect(outcome(() => positionIn(cursorOf({ value: 1, n: 2 }), shape))).toBe('refused')
    expect(outcome(() => positionIn(cursorOf({ way: 'a', value: 'b', n: 1 }), shape))).toBe('refused')
    expect(outcome(() => positionIn(cursorOf({ way: 0, value: 'b', n: 1.5 }), shape))).toBe('refused')
    expect(outcome(() => positionIn(cursorOf({ way: 0, value: 'b', n: 2 ** 60 }), shape))).toBe('refused')
    expect(outcome(() => positionIn(cursorOf({ way: 0, value: 'b', n: 1, more: 1 }), shape))).toBe('refused')
  })

  test('that is nonsense is refused and never anything else', () => {
    const base64 = (text: string) => Buffer.from(text).toString('base64url')
    const nonsense = fc.oneof(
      fc.string({ minLength: 1 }),
      anyText.filter((text) => text !== ''),
      fc.base64String({ minLength: 1 }),
      fc.json().map(base64),
      fc.constantFrom(
        '%',
        '====',
        'null',
        base64('null'),
        base64('[]'),
        base64('{"length":3}'),
        base64('[1,"a"'),
        base64('[[],{},[]]'),
        'a'.repeat(1000),
      ),
    )
    fc.assert(
      fc.property(nonsense, (cursor) => {
        const read = outcome(() => besideIn(cursor, shape))
        if (read !== 'refused') expect(read).toMatchObject({ side: expect.stringMatching(/^(after|before)$/) })
      }),
      runs,
    )
  })
})
