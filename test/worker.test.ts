import { expect, it, vi } from 'vitest'
import worker from '#src/worker.ts'

const secret = (seed: number) => Buffer.from(Array.from({ length: 32 }, (_, i) => (i * 73 + seed * 41) % 256))
const origin = 'http://localhost:8787'
const bindings = {
  ENVIRONMENT: 'development',
  PUBLIC_ORIGIN: origin,
  VENDOR_NAME: 'Acme Software',
  SUPPORT_EMAIL: 'support@acme.example',
  SESSION_KEYS: `k1:${secret(1).toString('base64url')}`,
  LICENSE_KEYS: `l1:${secret(4).toString('base64url')}`,
  LINK_KEY: secret(2).toString('base64url'),
  PASSWORD_PEPPER: secret(3).toString('base64url'),
  DATABASE_URL: 'http://127.0.0.1:9',
  MAIL_ADAPTER: 'development',
  ASSETS: {},
}
vi.spyOn(console, 'log').mockReturnValue(undefined)

const ask = async (method: string, path: string) => {
  const answer = await worker.fetch(new Request(origin + path, { method }), bindings, { waitUntil: () => {} })
  return [answer.status, answer.headers.get('allow') ?? answer.headers.get('location')]
}

it('answers for the front, for what lies behind it, and for what is nowhere', async () => {
  expect(await ask('GET', '/healthz')).toEqual([200, null])
  expect(await ask('HEAD', '/sign-in')).toEqual([200, null])
  expect(await ask('GET', '/licenses')).toEqual([303, '/sign-in?next=%2Flicenses'])
  expect(await ask('GET', '/events')).toEqual([303, '/sign-in?next=%2Fevents'])
  expect(await ask('GET', '/api/v1/licenses')).toEqual([401, null])
  expect(await ask('GET', '/licenses/')).toEqual([404, null])
  expect(await ask('GET', '/nowhere')).toEqual([404, null])
  expect(await ask('GET', '/api/v1/nowhere')).toEqual([404, null])
})

it('says which methods a path takes, in front and behind', async () => {
  expect(await ask('DELETE', '/licenses')).toEqual([405, 'GET'])
  expect(await ask('PUT', '/sign-in')).toEqual([405, 'GET, POST'])
  expect(await ask('DELETE', '/events')).toEqual([405, 'GET'])
  expect(await ask('DELETE', '/api/v1/licenses')).toEqual([405, 'GET'])
  expect(await ask('GET', '/api/v1/validations')).toEqual([405, 'POST'])
  expect(await ask('PUT', '/api/v1/activations/act_1')).toEqual([405, 'DELETE'])
  expect(await ask('GET', '/api/v1/activations/act_1/nothing')).toEqual([404, null])
})

it('is not ready without its settings, and tells its log alone what is missing', async () => {
  const error = vi.spyOn(console, 'error').mockReturnValue(undefined)
  const answer = await worker.fetch(new Request(`${origin}/healthz`), {}, { waitUntil: () => {} })
  expect([answer.status, await answer.text()]).toEqual([500, expect.not.stringContaining('LINK_KEY')])
  expect(error.mock.lastCall?.[0]).toContain('LINK_KEY')
})
