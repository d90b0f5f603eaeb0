import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { idOf } from '#dev/world/ids.ts'
import { isId } from '#src/domain/ids.ts'
import { newId, sortable } from '#src/gateways/ids.ts'

describe('ids', () => {
  it('are a prefix and 22 letters and digits, never the same twice', () => {
    const ids = Array.from({ length: 2000 }, () => newId('license'))
    expect(new Set(ids).size).toBe(ids.length)
    for (const id of ids) expect(id).toMatch(/^lic_[0-9A-Za-z]{22}$/)
    expect(isId('license', ids[0] as string)).toBe(true)
  })

  it('sort by age, also within a millisecond, and after those of the demo world', () => {
    const ids = Array.from({ length: 2000 }, () => newId('event'))
    expect([idOf('event', 'zzz'), ...ids]).toEqual([...ids, idOf('event', 'zzz')].sort())
  })

  it('sort as the bytes they were made of', () => {
    const bytes = fc.uint8Array({ minLength: 16, maxLength: 16 })
    fc.assert(
      fc.property(bytes, bytes, (a, b) => {
        expect(Math.sign(compare(sortable(a), sortable(b)))).toBe(Math.sign(Buffer.compare(a, b)))
      }),
    )
    expect(sortable(new Uint8Array(16).fill(255))).toHaveLength(22)
  })
})

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
