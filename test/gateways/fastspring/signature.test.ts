import { expect, test } from 'vitest'
import { signatureHolds } from '#src/gateways/fastspring/signature.ts'
import { bodyOf, eventOf, orderOf, shopSecret, signatureOf } from '../../support/shop.ts'

const vector = {
  secret: 's3cr3t',
  body: Buffer.from('{"events":[]}'),
  signature: 'h4LtbscV2rUVoFvFlo+R8kGvF3ms0+NpkvDb3sT2ZxI=',
}

test('the test vector holds', () => {
  expect(signatureHolds(vector.body, vector.signature, [vector.secret])).toBe(true)
})

test('any secret of the list holds, so that one can be replaced without a gap', () => {
  expect(signatureHolds(vector.body, vector.signature, ['next', vector.secret])).toBe(true)
  expect(signatureHolds(vector.body, vector.signature, [vector.secret, 'next'])).toBe(true)
  expect(signatureHolds(vector.body, vector.signature, ['next'])).toBe(false)
})

test('nothing holds without a secret or without a signature', () => {
  expect(signatureHolds(vector.body, vector.signature, [])).toBe(false)
  expect(signatureHolds(vector.body, signatureOf(vector.body, ''), [''])).toBe(false)
  expect(signatureHolds(vector.body, undefined, [vector.secret])).toBe(false)
  expect(signatureHolds(vector.body, '', [vector.secret])).toBe(false)
})

test('another spelling of the same signature does not hold', () => {
  const { signature } = vector
  const spellings = [
    signature.replace('=', ''),
    `${signature}=`,
    ` ${signature}`,
    signature.toLowerCase(),
    signature.replaceAll('+', '-').replaceAll('/', '_'),
    signature.replace('I=', 'J='),
    Buffer.from(signature, 'base64').toString('hex'),
    `${signature}\u{1F600}`,
  ]
  for (const spelling of spellings) expect(signatureHolds(vector.body, spelling, [vector.secret])).toBe(false)
})

test('no flipped bit of the body or of the header holds (W1)', () => {
  const body = bodyOf(eventOf('evt-1', orderOf(1)))
  const signature = signatureOf(body)
  for (let bit = 0; bit < body.length * 8; bit += 7) {
    expect(signatureHolds(flipped(body, bit), signature, [shopSecret])).toBe(false)
  }
  const header = Buffer.from(signature, 'latin1')
  for (let bit = 0; bit < header.length * 8; bit++) {
    expect(signatureHolds(body, flipped(header, bit).toString('latin1'), [shopSecret])).toBe(false)
  }
})

function flipped(bytes: Uint8Array, bit: number): Buffer {
  const copy = Buffer.from(bytes)
  copy[bit >> 3] = (copy[bit >> 3] ?? 0) ^ (1 << (bit & 7))
  return copy
}
