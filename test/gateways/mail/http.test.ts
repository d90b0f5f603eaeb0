import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { httpMailer } from '#src/gateways/mail/http.ts'

const letter = { to: 'ada@example.com', subject: 'Your order', text: 'Hello', html: '<p>Hello</p>' }
const from = { name: 'Acme "Soft"', email: 'portal@acme.example' }
let server: Server | undefined

afterEach(() => {
  server?.closeAllConnections()
  server?.close()
})

/** A provider that answers as told, and a mailer that posts to it. */
async function providerThat(answers: RequestListener, timeoutMs = 2000) {
  server = createServer(answers)
  await new Promise<void>((listening) => server?.listen(0, '127.0.0.1', listening))
  const { port } = server.address() as AddressInfo
  return httpMailer({ url: `http://127.0.0.1:${port}/emails`, token: 'secret-token', from, timeoutMs })
}

const answering = (status: number, body = '', headers = {}): RequestListener => {
  return (_request, response) => response.writeHead(status, headers).end(body)
}

async function bodyOf(request: IncomingMessage) {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  return JSON.parse(Buffer.concat(chunks).toString())
}

describe('the HTTP mailer', () => {
  it('posts the letter with its token, and the id of the outbox row against doubles', async () => {
    const seen: { headers: IncomingMessage['headers']; body: unknown }[] = []
    const mailer = await providerThat(async (request, response) => {
      seen.push({ headers: request.headers, body: await bodyOf(request) })
      response.end('{"id":"provider-1"}')
    })
    expect(await mailer.send(letter, 'let_1')).toEqual({ outcome: 'sent', providerId: 'provider-1' })
    expect(seen[0]?.headers).toMatchObject({
      authorization: 'Bearer secret-token',
      'idempotency-key': 'let_1',
      'content-type': 'application/json',
    })
    expect(seen[0]?.body).toEqual({
      from: '"Acme \\"Soft\\"" <portal@acme.example>',
      to: ['ada@example.com'],
      subject: 'Your order',
      text: 'Hello',
      html: '<p>Hello</p>',
    })
  })

  it.each(['', 'thanks', '[]', 'null', '{"id":', '{"id":null}'])('counts a 2xx that says %j as sent', async (body) => {
    const mailer = await providerThat(answering(202, body))
    expect(await mailer.send(letter, 'let_1')).toEqual({ outcome: 'sent', providerId: '' })
  })

  it.each([400, 410, 413, 415, 422])('never repeats a letter refused with %i', async (status) => {
    const mailer = await providerThat(answering(status, 'no such mailbox'))
    expect(await mailer.send(letter, 'let_1')).toEqual({ outcome: 'never', error: `${status} no such mailbox` })
  })

  it('tries again where a 422 is not about the recipient but about a setting', async () => {
    const mailer = await providerThat(answering(422, '{"message":"Invalid `from` field"}'))
    expect(await mailer.send(letter, 'let_1')).toMatchObject({ outcome: 'again' })
    const other = await providerThat(answering(422, '{"message":"Invalid `to` field"}'))
    expect(await other.send(letter, 'let_1')).toMatchObject({ outcome: 'never' })
  })

  it('posts headers as they are and attachments in base64', async () => {
    const seen: unknown[] = []
    const mailer = await providerThat(async (request, response) => {
      seen.push(await bodyOf(request))
      response.end('{}')
    })
    const headers = { 'List-Unsubscribe': '<https://portal.acme.example/links/x>' }
    const attachments = [{ filename: 'ends.csv', type: 'text/csv', text: 'Übersicht' }]
    await mailer.send({ ...letter, headers, attachments }, 'let_1')
    const content = Buffer.from('Übersicht').toString('base64')
    expect(seen).toMatchObject([
      { headers, attachments: [{ filename: 'ends.csv', content_type: 'text/csv', content }] },
    ])
  })

  it('asks for a pause where all letters are too many: 429, or 503 with a time, and for no other answer', async () => {
    const busy = async (status: number, more = {}) =>
      'isBusy' in (await (await providerThat(answering(status, '', more))).send(letter, 'let_1'))
    expect([await busy(429), await busy(503, { 'retry-after': '9' })]).toEqual([true, true])
    expect([await busy(503), await busy(500), await busy(401)]).toEqual([false, false, false])
  })

  it.each([301, 302, 401, 402, 403, 404, 408, 409, 429, 500, 502, 503])('tries again after %i', async (status) => {
    const mailer = await providerThat(answering(status, 'later', { location: '/elsewhere' }))
    expect(await mailer.send(letter, 'let_1')).toMatchObject({ outcome: 'again', error: `${status} later` })
  })

  it.each([
    ['120', { waitMs: 120_000 }],
    ['-5', {}],
    ['Fri, 27 Nov 2026 10:00:00 GMT', {}],
  ])('waits as long as the provider says in seconds: %s', async (wish, heard) => {
    const mailer = await providerThat(answering(429, 'slower', { 'retry-after': wish }))
    expect(await mailer.send(letter, 'let_1')).toEqual({
      outcome: 'again',
      error: '429 slower',
      isBusy: true,
      ...heard,
    })
  })

  it('tries again when no answer comes in time', async () => {
    const mailer = await providerThat(() => {}, 100)
    expect(await mailer.send(letter, 'let_1')).toMatchObject({
      outcome: 'again',
      error: expect.stringMatching(/timeout/i),
    })
  })

  it('tries again when the connection breaks', async () => {
    const mailer = await providerThat((request) => request.socket.destroy())
    expect(await mailer.send(letter, 'let_1')).toMatchObject({ outcome: 'again' })
  })

  it('tries again when nobody listens', async () => {
    const mailer = httpMailer({ url: 'http://127.0.0.1:9/', token: '', from })
    expect(await mailer.send(letter, 'let_1')).toMatchObject({ outcome: 'again' })
  })

  it('believes the status when the body breaks off or never ends', async () => {
    const breaking = await providerThat((_request, response) => {
      response.writeHead(200, { 'content-length': '100' }).write('{"id":')
      setTimeout(() => response.destroy(), 20)
    })
    expect(await breaking.send(letter, 'let_1')).toEqual({ outcome: 'sent', providerId: '' })
    const hanging = await providerThat((_request, response) => {
      response.writeHead(410).write('no')
    }, 100)
    expect(await hanging.send(letter, 'let_1')).toEqual({ outcome: 'never', error: '410 no' })
  })

  it('reads no more than the beginning of a long answer', async () => {
    const mailer = await providerThat(answering(500, 'x'.repeat(5_000_000)))
    const posting = await mailer.send(letter, 'let_1')
    expect(posting).toEqual({ outcome: 'again', error: `500 ${'x'.repeat(300)}` })
  })
})
