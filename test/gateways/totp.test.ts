import { expect, test } from 'vitest'
import { codeAt, secretInWords, stepOfCode, totpUri } from '#src/gateways/totp.ts'

const secret = new TextEncoder().encode('12345678901234567890')

test.each([
  [59, '94287082'],
  [1111111109, '07081804'],
  [1111111111, '14050471'],
  [1234567890, '89005924'],
  [2000000000, '69279037'],
  [20000000000, '65353130'],
])('the code of second %i is the one of RFC 6238, its last six digits', async (second, code) => {
  const step = Math.floor(second / 30)
  expect(await codeAt(secret, step)).toBe(code.slice(2))
  expect(await stepOfCode(secret, code.slice(2), new Date(second * 1000))).toBe(step)
})

test('a code counts in its step and the next one, and neither before nor later (A12)', async () => {
  const step = Math.floor(1234567890 / 30)
  const within = async (steps: number) =>
    stepOfCode(secret, await codeAt(secret, step), new Date((step + steps) * 30_000))
  expect([await within(-1), await within(0), await within(1), await within(2)]).toEqual([null, step, step, null])
})

test('the secret is told to apps as a key to type and as an address of a QR code', async () => {
  expect(await secretInWords(secret)).toBe('GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ')
  const uri = new URL(await totpUri(secret, 'Acme Software', 'northwind'))
  expect([uri.protocol, uri.host, decodeURIComponent(uri.pathname)]).toEqual([
    'otpauth:',
    'totp',
    '/Acme Software:northwind',
  ])
  expect(uri.searchParams.get('secret')).toBe('GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ')
})
