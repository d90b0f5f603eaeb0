import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ownPath } from '#src/web/own-path.ts'
import { paths, withQuery } from '#views/paths.ts'
import { anyText, runs } from '../support/runs.ts'

const origin = 'https://portal.acme.example'

test('whatever is asked for, the way leads to this portal, as a browser reads it (A17)', () => {
  const nasty = fc.string({
    unit: fc.constantFrom(
      '/',
      '\\',
      '.',
      ':',
      '@',
      '%',
      '2f',
      '5c',
      '\t',
      '\n',
      'a',
      '?',
      '#',
      '//',
      'evil.example',
      'https:',
    ),
  })
  fc.assert(
    fc.property(fc.oneof(nasty, fc.string(), anyText), (wanted) => {
      const path = ownPath(wanted)
      expect(path).toMatch(/^\/(?![/\\])/)
      expect(new URL(path, origin).origin).toBe(origin)
      expect(path).not.toMatch(/[\s"<>\\#]/)
    }),
    runs,
  )
})

test('every page with a query as a browser writes it is come back to', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(
        paths.home,
        paths.orders,
        paths.licenses,
        paths.events,
        paths.license('lic_1'),
        paths.order('JWT 1/2'),
      ),
      fc.string({ unit: 'grapheme', maxLength: 8 }),
      (path, q) => {
        const { pathname, search } = new URL(withQuery(path, { q, sort: '-bought' }), origin)
        expect(ownPath(pathname + search)).toBe(pathname + search)
      },
    ),
    runs,
  )
})

test('sign-in, sign-out and mailed links are no place to come back to', () => {
  for (const path of ['/sign-in', '/sign-out', '/sign-in/proof', '/links/abc', undefined, '', '//', '/\\']) {
    expect(ownPath(path)).toBe('/')
  }
})
