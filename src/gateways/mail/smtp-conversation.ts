import { inTime } from './in-time.ts'

/** A TCP connection as Cloudflare's `connect` makes it, as far as SMTP needs it. */
export type Socket = {
  readonly readable: ReadableStream<Uint8Array>
  readonly writable: WritableStream<Uint8Array>
  startTls(): Socket
  close(): Promise<void>
}

/** `connect` of `cloudflare:sockets`. */
export type Connect = (
  address: { hostname: string; port: number },
  options: { secureTransport: 'on' | 'off' | 'starttls'; allowHalfOpen: false },
) => Socket

type Server = {
  readonly hostname: string
  readonly port: number
  /** TLS from the first byte; else by STARTTLS. */
  readonly isSecure: boolean
  readonly timeoutMs: number
}

/**
 * The server said no. `isFinal` where it will say the same of this letter whenever it is asked: there is no such mailbox, or
 * it is too large. Any other 5xx may be a setting, which somebody mends.
 */
export class NotTaken extends Error {
  readonly isFinal: boolean
  constructor(step: string, reply: string, isFinal: boolean) {
    super(`${step}: ${reply.replaceAll(/\s+/g, ' ').trim()}`.slice(0, 300))
    this.isFinal = isFinal
  }
}

const longestReply = 64 * 1024

/** Status 552; and of a recipient, 550, 551 and 553 that are about the address (5.1.x of RFC 3463) or do not say about what. */
const tooLarge = /^552/
const noSuchMailbox = /^(?:552|55[013][ -](?!5\.(?!1\.)\d))/

/**
 * One conversation with a mail server (RFC 5321, 3207, 4954). worker-mailer, which writes the messages, is not asked to
 * hold it: it reads on for ever, without a pause for anything else, where the server hangs up.
 */
export function openConversation(connect: Connect, { hostname, port, isSecure, timeoutMs }: Server) {
  let socket = connect({ hostname, port }, { secureTransport: isSecure ? 'on' : 'starttls', allowHalfOpen: false })
  let reader = socket.readable.getReader()
  let writer = socket.writable.getWriter()
  let offers = ''
  const until = Date.now() + timeoutMs

  async function read(): Promise<string> {
    const decoder = new TextDecoder()
    let reply = ''
    while (!/^\d{3}(?: [^\n]*)?\r?\n$/m.test(reply.slice(reply.lastIndexOf('\n', reply.length - 2) + 1))) {
      const { done, value } = await inTime(reader.read(), until)
      if (done) throw new Error('The mail server hung up')
      reply += decoder.decode(value, { stream: true })
      if (reply.length > longestReply) throw new Error('The mail server talks without end')
    }
    return reply
  }

  /** Says something and takes the answer, which must begin as expected; a no is final where `final` fits it. */
  async function say(step: string, line: string, expected: '2' | '3', final?: RegExp): Promise<string> {
    await inTime(writer.write(new TextEncoder().encode(line)), until)
    return heard(step, expected, final)
  }

  async function heard(step: string, expected: '2' | '3', final?: RegExp): Promise<string> {
    const reply = await read()
    if (!reply.startsWith(expected)) throw new NotTaken(step, reply, Boolean(final?.test(reply)))
    return reply
  }

  const greet = async () => {
    offers = await say('EHLO', 'EHLO [127.0.0.1]\r\n', '2')
  }
  const isOffered = (extension: string) => new RegExp(`^250[- ]${extension}\\b`, 'im').test(offers)

  async function turnToTls(): Promise<void> {
    await say('STARTTLS', 'STARTTLS\r\n', '2')
    reader.releaseLock()
    writer.releaseLock()
    socket = socket.startTls()
    reader = socket.readable.getReader()
    writer = socket.writable.getWriter()
    await greet()
  }

  return {
    /** Takes the greeting and turns to TLS. Without TLS it goes on only where that is allowed. */
    async begin(plainAllowed: boolean): Promise<void> {
      await heard('Greeting', '2')
      await greet()
      if (isSecure) return
      if (isOffered('STARTTLS')) await turnToTls()
      else if (!plainAllowed) throw new Error('The mail server offers no STARTTLS: use smtps:// or another port')
    },

    async logIn(username: string, password: string): Promise<void> {
      const base64 = (text: string) => btoa(String.fromCharCode(...new TextEncoder().encode(text)))
      if (/^250[- ]AUTH\b.*\bPLAIN\b/im.test(offers)) {
        await say('AUTH', `AUTH PLAIN ${base64(`\0${username}\0${password}`)}\r\n`, '2')
        return
      }
      await say('AUTH', 'AUTH LOGIN\r\n', '3')
      await say('AUTH', `${base64(username)}\r\n`, '3')
      await say('AUTH', `${base64(password)}\r\n`, '2')
    },

    /** Hands a message over; answers what the server says of it. */
    async handOver(from: string, to: string, message: string): Promise<string> {
      const isWide = !/^[\x21-\x7e]+$/.test(to)
      if (isWide && !isOffered('SMTPUTF8')) throw new NotTaken('RCPT TO', '553 the server takes no such address', true)
      await say('MAIL FROM', `MAIL FROM:<${from}>${isWide ? ' SMTPUTF8' : ''}\r\n`, '2')
      await say('RCPT TO', `RCPT TO:<${to.replaceAll(/[\s<>]/g, '')}>\r\n`, '2', noSuchMailbox)
      await say('DATA', 'DATA\r\n', '3', tooLarge)
      return say('Message', message, '2', tooLarge)
    },

    /** Says good-bye without waiting for an answer. */
    async end(): Promise<void> {
      try {
        await inTime(writer.write(new TextEncoder().encode('QUIT\r\n')), Date.now() + 1000)
        await socket.close()
      } catch {
        // It is over either way.
      }
    },
  }
}
