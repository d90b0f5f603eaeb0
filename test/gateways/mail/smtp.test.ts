import { createServer, type Socket } from 'node:net'
import type { SMTPServerOptions } from 'smtp-server'
import { afterEach, describe, expect, it } from 'vitest'
import { smtpMailer } from '#src/gateways/mail/smtp.ts'
import { read, startSmtp } from '../../support/smtp.ts'
import { connect } from '../../support/sockets.ts'

const from = { name: 'Acme Software', email: 'portal@acme.example' }
const letter = {
  ...{ to: 'ada@example.com', subject: 'Grüße, Ada' },
  text: 'Dear Ada,\n.one line begins with a dot\nÄ very löng line: '.concat('word '.repeat(60)),
  html: '<p>Dear Ada</p>',
  headers: { 'List-Unsubscribe': '<https://portal.acme.example/links/x>' },
  attachments: [{ filename: 'supports.csv', type: 'text/csv', text: 'serial,name\nS-1,Jürgen\n' }],
}
const stops: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop()
})

async function serverThat(options: SMTPServerOptions = {}) {
  const server = await startSmtp(options)
  stops.push(server.stop)
  return server
}

const mailerTo = (
  port: number,
  more: { login?: string; secure?: boolean; plainAllowed?: boolean; name?: string } = {},
) =>
  smtpMailer(
    {
      url: `${more.secure ? 'smtps' : 'smtp'}://${more.login ? `${more.login}@` : ''}127.0.0.1:${port}`,
      from: { ...from, name: more.name ?? from.name },
      timeoutMs: 1500,
      plainAllowed: more.plainAllowed ?? false,
    },
    connect,
  )

describe('the SMTP mailer', () => {
  it('hands over text, HTML, headers and attachments as they are, under the id of the outbox', async () => {
    const { port, received } = await serverThat()
    expect(await mailerTo(port).send(letter, 'let_1')).toMatchObject({ outcome: 'sent' })
    expect(received).toMatchObject([{ from: from.email, to: [letter.to], isSecure: true }])
    const { headers, parts } = read(received[0]?.raw ?? '')
    expect(headers).toMatchObject({
      from: '"Acme Software" <portal@acme.example>',
      to: letter.to,
      subject: '=?UTF-8?Q?Gr=C3=BC=C3=9Fe,_Ada?=',
      'message-id': '<let_1@acme.example>',
      'list-unsubscribe': letter.headers['List-Unsubscribe'],
    })
    expect(parts['text/plain']?.replaceAll('\r\n', '\n').trimEnd()).toBe(letter.text.trimEnd())
    expect(parts['text/html']?.trim()).toBe(letter.html)
    expect(parts['text/csv']).toBe(letter.attachments[0]?.text)
    for (const line of (received[0]?.raw ?? '').split('\r\n')) expect(line.length).toBeLessThanOrEqual(998)
  })

  it('names a sender of any script so that it is read as that', async () => {
    const { port, received } = await serverThat()
    await mailerTo(port, { name: 'Müller' }).send(letter, 'let_1')
    expect(read(received[0]?.raw ?? '').headers.from).toBe('=?UTF-8?Q?M=C3=BCller?= <portal@acme.example>')
  })

  it.each([
    ['PLAIN', ['PLAIN', 'LOGIN']],
    ['LOGIN', ['LOGIN']],
  ])('logs in by %s, over TLS from the first byte', async (_, authMethods) => {
    const { port, received } = await serverThat({
      ...{ secure: true, authOptional: false, authMethods },
      onAuth: ({ username, password }, _session, done) =>
        password === 'pä@s:s' ? done(null, { user: username }) : done(new Error('wrong')),
    })
    const login = `portal:${encodeURIComponent('pä@s:s')}`
    expect(await mailerTo(port, { secure: true, login }).send(letter, 'let_1')).toMatchObject({ outcome: 'sent' })
    expect(received).toMatchObject([{ user: 'portal', isSecure: true }])
    const wrong = await mailerTo(port, { secure: true, login: 'portal:wrong' }).send(letter, 'let_2')
    expect(wrong).toMatchObject({ outcome: 'again', error: expect.stringMatching(/^AUTH: 535/) })
  })

  it('sends nothing without TLS, but in development', async () => {
    const { port, received } = await serverThat({ disabledCommands: ['STARTTLS'] })
    expect(await mailerTo(port).send(letter, 'let_1')).toMatchObject({
      outcome: 'again',
      error: expect.stringContaining('offers no STARTTLS'),
    })
    expect(received).toEqual([])
    expect(await mailerTo(port, { plainAllowed: true }).send(letter, 'let_1')).toMatchObject({ outcome: 'sent' })
  })

  it.each<[number, string, string?]>([
    [550, 'never'],
    [552, 'never'],
    [550, 'never', '5.1.1 no'],
    [553, 'never', '5.1.3 no'],
    [550, 'again', '5.7.1 relaying denied'],
    [553, 'again', '5.7.1 not from you'],
    [530, 'again', '5.7.0 log in first'],
    [554, 'again', 'you are on a list'],
    [421, 'again'],
    [450, 'again'],
  ])('a recipient refused with %i is tried %s: %s', async (responseCode, outcome, says = 'no') => {
    const { port } = await serverThat({
      onRcptTo: (_address, _session, done) => done(Object.assign(new Error(says), { responseCode })),
    })
    const posting = await mailerTo(port).send(letter, 'let_1')
    expect(posting).toEqual({ outcome, error: `RCPT TO: ${responseCode} ${says}` })
  })

  it.each([
    [552, 'never'],
    [550, 'again'],
    [554, 'again'],
  ] as const)('a message refused with %i is tried %s', async (responseCode, outcome) => {
    const { port } = await serverThat({
      onData: (stream, _session, done) => {
        stream.resume()
        stream.on('end', () => done(Object.assign(new Error('no'), { responseCode })))
      },
    })
    expect(await mailerTo(port).send(letter, 'let_1')).toEqual({ outcome, error: `Message: ${responseCode} no` })
  })

  it('a sender that is refused is a matter of settings, not of the letter', async () => {
    const { port } = await serverThat({
      onMailFrom: (_address, _session, done) => done(Object.assign(new Error('not yours'), { responseCode: 553 })),
    })
    expect(await mailerTo(port).send(letter, 'let_1')).toEqual({ outcome: 'again', error: 'MAIL FROM: 553 not yours' })
  })

  it('a letter cannot smuggle commands into the conversation', async () => {
    const { port, received } = await serverThat()
    await mailerTo(port).send({ ...letter, to: 'a@example.com>\r\nRCPT TO:<b@example.com' }, 'let_1')
    await mailerTo(port).send({ ...letter, text: 'end\r\n.\r\nMAIL FROM:<x@example.com>' }, 'let_2')
    expect(received.flatMap(({ to }) => to).filter((to) => to === 'b@example.com')).toEqual([])
    expect(received.filter(({ from: sender }) => sender !== from.email)).toEqual([])
  })

  it.each<[string, (socket: Socket) => void]>([
    ['hangs up at once', (socket) => socket.end()],
    ['breaks off', (socket) => socket.destroy()],
    ['greets and hangs up', (socket) => socket.end('220 hello\r\n')],
    ['says nothing', () => {}],
    ['is no mail server', (socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')],
    ['never ends its line', (socket) => socket.write('220-'.repeat(30_000))],
    ['is busy', (socket) => socket.end('421 too many\r\n')],
  ])('tries again where the server %s', async (_, on) => {
    const server = createServer((socket) => {
      socket.on('error', () => {})
      on(socket)
    })
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
    stops.push(async () => void server.close())
    const { port } = server.address() as { port: number }
    expect(await mailerTo(port, { plainAllowed: true }).send(letter, 'let_1')).toMatchObject({ outcome: 'again' })
  })

  it('tries again where nobody listens', async () => {
    expect(await mailerTo(9).send(letter, 'let_1')).toMatchObject({ outcome: 'again' })
  })
})
