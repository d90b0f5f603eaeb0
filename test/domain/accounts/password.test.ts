import fc from 'fast-check'
import { expect, test } from 'vitest'
import { passwordProblem, randomPassword, randomPasswordBytes } from '#src/domain/accounts/password.ts'

const context = { login: 'tailspin', email: 'sales@tailspin.example', vendorName: 'Acme Software' }
const problem = (password: string) => passwordProblem(password, context)

test.each([
  ['', /at least 8/],
  ['sev3n!!', /at least 8/],
  ['x'.repeat(257), /at most 256/],
  ['Password', /first that are guessed/],
  ['password2026!', /first that are guessed/],
  ['12345678', /first that are guessed/],
  ['aaaaaaaaaaaa', /first that are guessed/],
  ['tailspin', /made of your login/],
  ['Tailspin2026!', /made of your login/],
  ['AcmeSoftware1', /made of your login/],
])('a password that is guessed first is refused with what to do: %s (A13)', (password, words) => {
  expect(problem(password)).toMatch(words)
})

test.each([
  'portico-demo',
  'correct horse battery',
  '密码密码密码是八字',
  'tailspin and a great deal more',
  ' \u0007 øæå ß é ',
])('any characters of a good length will do: %s (A13)', (password) => {
  expect(problem(password)).toBeNull()
})

test('a made password holds a hundred bits, passes the rules and looks like no other (R95 R143 A13)', () => {
  expect(randomPassword(new Uint8Array(randomPasswordBytes))).toBe('aaaaa-aaaaa-aaaaa-aaaaa')
  const bytes = fc.uint8Array({ minLength: randomPasswordBytes, maxLength: randomPasswordBytes })
  const seen = new Map<string, string>()
  fc.assert(
    fc.property(bytes, (random) => {
      const password = randomPassword(random)
      const bits = random.map((byte) => byte & 31).join()
      expect(password).toMatch(/^([a-z0-9]{5}-){3}[a-z0-9]{5}$/)
      expect(seen.get(password) ?? bits).toBe(bits)
      seen.set(password, bits)
      if (new Set(password).size > 4) expect(problem(password)).toBeNull()
    }),
    { numRuns: 200 },
  )
})
