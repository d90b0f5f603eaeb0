import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { acme, ada } from '#dev/world/people.ts'
import { bodyLimits } from '#src/http/bodies.ts'
import { doorsOf, everythingIn, identify } from '../support/doors.ts'
import { type Browser, openPortal, type Portal, signInAsAda } from '../support/portal.ts'

const own = 'https://portal.acme.example'
const form = 'application/x-www-form-urlencoded'
const license = `/api/v1/licenses/${ada.licenses.lab}`

let portal: Portal
let browser: Browser
let before: string
beforeAll(async () => {
  portal = await openPortal()
  browser = portal.browser()
  await signInAsAda(browser)
  await identify(browser, ada.email)
  // The hourly mark that the key is in use stands before anything is compared.
  await portal.call('GET', '/api/v1/licenses', { key: acme.apiKey })
  await portal.deps.settled()
  before = await everythingIn(portal.db)
})

/** Sends a body with its length told, or in pieces without. */
function send(method: string, path: string, type: string, body: string, told: boolean): Promise<Response> {
  const bytes = new TextEncoder().encode(body)
  const pieces = new ReadableStream({
    start(controller) {
      for (let i = 0; i < bytes.length; i += 10_000) controller.enqueue(bytes.slice(i, i + 10_000))
      controller.close()
    },
  })
  return Promise.resolve(
    portal.app.request(own + path, {
      method,
      headers: {
        cookie: [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        authorization: `Bearer ${acme.apiKey}`,
        'content-type': type,
        origin: own,
        'if-match': '*',
        ...(told ? { 'content-length': String(bytes.length) } : { 'transfer-encoding': 'chunked' }),
      },
      body: told ? bytes : pieces,
      duplex: 'half',
    } as RequestInit),
  )
}

const writes = () => doorsOf(portal).filter(({ method }) => method === 'POST' || method === 'PATCH')
const kindOf = (path: string) =>
  path.startsWith('/api/') ? 'json' : path.startsWith('/webhooks/') ? 'webhook' : 'form'

describe.each([
  ['told', true],
  ['not told', false],
])('a body whose length is %s', (_, told) => {
  test('over the limit is 413 on every route that takes one, before anything is done (I3)', async () => {
    expect(writes().length).toBeGreaterThanOrEqual(8)
    for (const { method, sample } of writes()) {
      const kind = kindOf(sample)
      const type = kind === 'form' ? form : 'application/json'
      const answer = await send(method, sample, type, 'x'.repeat(bodyLimits[kind] + 1), told)
      expect([sample, answer.status]).toEqual([sample, 413])
      const expected = kind === 'form' ? 'text/html; charset=UTF-8' : 'application/problem+json'
      expect([sample, answer.headers.get('content-type')]).toEqual([sample, expected])
    }
    expect(await everythingIn(portal.db)).toBe(before)
  })

  test('of 2 MB and of 100,000 levels is refused, not worked on (I3)', async () => {
    const deep = '['.repeat(100_000)
    for (const { method, sample } of writes()) {
      if (kindOf(sample) === 'webhook') continue
      const type = kindOf(sample) === 'form' ? form : 'application/json'
      expect((await send(method, sample, type, 'x'.repeat(2_000_000), told)).status).toBe(413)
      const answer = await send(method, sample, type, deep, told)
      expect(answer.status).toBeGreaterThanOrEqual(400)
      expect(answer.status).toBeLessThan(500)
    }
    expect(await everythingIn(portal.db)).toBe(before)
  })
})

test('a body of exactly the limit is read', async () => {
  const text = `identifier=${'a'.repeat(bodyLimits.form - 11)}`
  expect((await send('POST', '/sign-in', form, text, true)).status).toBe(422)
  const json = `{"comment":"${'a'.repeat(bodyLimits.json - 14)}"}`
  expect((await send('PATCH', license, 'application/json', json, false)).status).toBe(422)
})

test.each([
  'multipart/form-data; boundary=x',
  'text/plain',
  'application/json',
  'text/html',
  'application/x-www-form-urlencodedx',
])('a form sent as %s is 415 on every route that takes one', async (type) => {
  const before = await everythingIn(portal.db)
  for (const { method, sample } of writes()) {
    if (kindOf(sample) !== 'form') continue
    expect([sample, (await send(method, sample, type, 'identifier=x&proof=x', true)).status]).toEqual([sample, 415])
  }
  expect(await everythingIn(portal.db)).toBe(before)
})

test.each([form, 'text/plain', 'multipart/form-data; boundary=x', 'application/jsonp'])(
  'a call sent as %s is 415, as a problem',
  async (type) => {
    const answer = await send('PATCH', license, type, '{"comment":"x"}', true)
    expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([415, 'unsupported-media-type'])
  },
)

describe('JSON that is none', () => {
  beforeEach(() => portal.db.forget())

  test.each([
    ['33 levels', `${'['.repeat(33)}${']'.repeat(33)}`],
    ['33 levels of objects', `${'{"a":'.repeat(33)}1${'}'.repeat(33)}`],
    ['half of it', '{"comment":'],
    ['a text of brackets that is not closed', `"${'['.repeat(100)}`],
    ['two values', '{} {}'],
    ['a comment', '{} // x'],
    ['half of a surrogate pair', '{"comment":"\\ud83d"}'],
    ['a NUL', '{"comment":"a\\u0000b"}'],
  ])('%s is 422, as a problem with a sentence (I3)', async (_, body) => {
    const answer = await send('PATCH', license, 'application/json', body, true)
    const problem = (await answer.json()) as { code: string; errors: unknown[] }
    expect([answer.status, problem.code, problem.errors.length]).toEqual([422, 'invalid-request', 1])
  })

  test('33 levels are told apart from 32: those are parsed, these are not (I3)', async () => {
    const detailOf = async (depth: number) => {
      const body = `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`
      const answer = await send('PATCH', license, 'application/json', body, true)
      return ((await answer.json()) as { errors: { detail: string }[] }).errors[0]?.detail
    }
    expect(await detailOf(33)).toBe('The body nests deeper than 32 levels')
    expect(await detailOf(32)).not.toBe('The body nests deeper than 32 levels')
  })

  test('brackets in texts do not count as levels', async () => {
    const answer = await send('PATCH', license, 'application/json', JSON.stringify({ comment: '[{'.repeat(100) }), true)
    expect(answer.status).toBe(200)
  })
})
