import { createHmac } from 'node:crypto'
import fc from 'fast-check'
import { Secret, TOTP } from 'otpauth'
import { expect, test } from 'vitest'
import { codeAt, secretInWords, stepOfCode, totpUri } from '#src/gateways/totp.ts'

const secret = new TextEncoder().encode('12345678901234567890')

/** RFC 6238, appendix B: the codes of eight digits by SHA-1, SHA-256 and SHA-512. */
const vectors = [
  [59, '94287082', '46119246', '90693936'],
  [1111111109, '07081804', '68084774', '25091201'],
  [1111111111, '14050471', '67062674', '99943326'],
  [1234567890, '89005924', '91819424', '93441116'],
  [2000000000, '69279037', '90698825', '38618901'],
  [20000000000, '65353130', '77737706', '47863826'],
] as const

test.each(vectors)('the code of second %i is the one of RFC 6238, its last six digits (A12)', async (second, code) => {
  const step = Math.floor(second / 30)
  expect(await codeAt(secret, step)).toBe(code.slice(2))
  expect(await stepOfCode(secret, code.slice(2), new Date(second * 1000))).toBe(step)
})

test('the library agrees with all 18 vectors of RFC 6238 (A12)', () => {
  const text = '1234567890'.repeat(7)
  for (const [second, ...codes] of vectors) {
    const of = (algorithm: string, bytes: number) => {
      const key = new Secret({ buffer: new TextEncoder().encode(text.slice(0, bytes)).buffer })
      return new TOTP({ secret: key, algorithm, digits: 8 }).generate({ timestamp: second * 1000 })
    }
    expect([of('SHA1', 20), of('SHA256', 32), of('SHA512', 64)]).toEqual(codes)
  }
})

test('codes agree with those worked out by hand from RFC 4226, for any secret and time (A12)', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uint8Array({ minLength: 20, maxLength: 20 }),
      fc.nat(2 ** 31 - 1),
      async (secretBytes, step) => {
        const counter = Buffer.alloc(8)
        counter.writeBigUInt64BE(BigInt(step))
        const mac = createHmac('sha1', secretBytes).update(counter).digest()
        const at = (mac[19] ?? 0) & 15
        const code = String((mac.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0')
        expect(await codeAt(secretBytes, step)).toBe(code)
      },
    ),
    { numRuns: 1000 },
  )
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
