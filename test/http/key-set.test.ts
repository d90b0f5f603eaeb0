import { expect, test } from 'vitest'
import { openPortal } from '../support/portal.ts'

test('R313: the public keys are for everybody, cacheable, and hold nothing that signs', async () => {
  const portal = await openPortal()
  const answer = await portal.call('GET', '/.well-known/jwks.json')
  expect(answer.status).toBe(200)
  expect(answer.headers.get('content-type')).toBe('application/jwk-set+json')
  expect(answer.headers.get('cache-control')).toBe('public, max-age=3600')
  expect(await answer.json()).toEqual({
    keys: [
      { kty: 'OKP', crv: 'Ed25519', alg: 'EdDSA', use: 'sig', kid: 'test', x: expect.stringMatching(/^[\w-]{43}$/) },
    ],
  })
})
