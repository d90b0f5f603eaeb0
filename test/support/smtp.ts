import type { AddressInfo } from 'node:net'
import { text as textOf } from 'node:stream/consumers'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'

/** A message as the server got it. */
export type Received = {
  readonly from: string
  readonly to: readonly string[]
  readonly user: string | undefined
  readonly isSecure: boolean
  readonly raw: string
}

/** A mail server on a free port of this machine; `options` make it refuse, ask for a login, offer no TLS. */
export async function startSmtp(options: SMTPServerOptions = {}) {
  const received: Received[] = []
  const server = new SMTPServer({
    ...{ authOptional: true, disableReverseLookup: true, logger: false, closeTimeout: 100 },
    async onData(stream, { envelope, user, secure }, done) {
      const raw = await textOf(stream)
      const { mailFrom, rcptTo } = envelope
      received.push({
        ...{ from: mailFrom ? mailFrom.address : '', to: rcptTo.map(({ address }) => address) },
        ...{ user, isSecure: secure, raw },
      })
      done()
    },
    ...options,
  })
  server.on('error', () => {})
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const { port } = server.server.address() as AddressInfo
  return { received, port, stop: () => new Promise<void>((done) => server.close(done)) }
}

/** Headers by name in small letters, and the parts of a message, decoded, by their type. */
export function read(raw: string): { headers: Record<string, string>; parts: Record<string, string> } {
  const [head = '', ...rest] = raw.split('\r\n\r\n')
  const body = rest.join('\r\n\r\n')
  const headers = headersIn(head)
  const type = headers['content-type'] ?? ''
  const boundary = /boundary="([^"]+)"/.exec(type)?.[1]
  if (!boundary) return { headers, parts: { [type.split(';')[0] ?? '']: decoded(body, headers) } }
  const inside = body
    .split(`--${boundary}`)
    .slice(1, -1)
    .map((part) => read(part.replace(/^\r\n/, '')))
  return { headers, parts: Object.assign({}, ...inside.map(({ parts }) => parts)) }
}

const headersIn = (head: string): Record<string, string> =>
  Object.fromEntries(
    head
      .replaceAll(/\r?\n[ \t]+/g, ' ')
      .split(/\r?\n/)
      .map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]),
  )

function decoded(body: string, headers: Record<string, string>): string {
  if (headers['content-transfer-encoding'] === 'base64') return Buffer.from(body, 'base64').toString('utf8')
  const bytes = body
    .replaceAll(/=\r?\n/g, '')
    .replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  return Buffer.from(bytes, 'latin1').toString('utf8')
}
