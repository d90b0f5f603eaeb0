import { Hono } from 'hono'
import { expect, test } from 'vitest'
import type { Refused } from '#src/domain/refusal.ts'
import type { HttpEnv } from '#src/http/context.ts'
import { onceOf } from '#src/http/idempotency.ts'

const app = new Hono<HttpEnv>()
  .post('/*', async (c) => c.json(await onceOf(c)))
  .onError((error, c) => c.json({ code: (error as Refused).refusal.code }, 400))

async function once(key: string | null, body = '{"a":1}', path = '/things') {
  const headers: Record<string, string> = key === null ? {} : { 'idempotency-key': key }
  return (await (await app.request(path, { method: 'POST', body, headers })).json()) as {
    key: string
    hash: string
    code: string
  }
}

test('a key stands for method, path and body; quotes around it do not matter', async () => {
  const sent = await once('8e03978e-40d5')
  expect(sent).toEqual({ key: '8e03978e-40d5', hash: expect.stringMatching(/^[0-9a-f]{64}$/) })
  expect(await once('"8e03978e-40d5"')).toEqual(sent)
  expect((await once('8e03978e-40d5', '{"a":2}')).hash).not.toBe(sent.hash)
  expect((await once('8e03978e-40d5', '{"a":1}', '/others')).hash).not.toBe(sent.hash)
  expect(await once(null)).toBeNull()
})

test('a key that is empty, too long or not visible ASCII is refused', async () => {
  for (const key of ['', '""', 'x'.repeat(256), 'a b', 'clé']) {
    expect((await once(key)).code).toBe('idempotency-key-invalid')
  }
  expect((await once('x'.repeat(255))).key).toHaveLength(255)
})
