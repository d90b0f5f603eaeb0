import { Email, encodeHeader } from 'worker-mailer'
import type { Letter, Mailer, Posting } from '../mail.ts'
import { base64Of } from './base64.ts'
import { mailboxOf, type Sender } from './sender.ts'
import { type Connect, NotTaken, openConversation } from './smtp-conversation.ts'

/** Where letters are handed over: `smtps://login:password@host:465`, or `smtp://…:587` for STARTTLS. */
export type SmtpSettings = {
  readonly url: string
  readonly from: Sender
  /** How long all of it may take; less than the lease of a letter. */
  readonly timeoutMs?: number
  /** Whether `smtp:` may go on without TLS where the server offers none: in development alone. */
  readonly plainAllowed?: boolean
}

/**
 * Hands letters to a mail server by SMTP (RFC 5321), one conversation each. SMTP knows no idempotency: a letter whose last
 * answer is lost may come twice, but under one `Message-ID`, the outbox row's, by which receivers know it again.
 */
export function smtpMailer(settings: SmtpSettings, connect: Connect): Mailer {
  return {
    async send(letter, once) {
      const { username, password, ...server } = serverOf(settings.url)
      const timeoutMs = settings.timeoutMs ?? 20_000
      const conversation = openConversation(connect, { ...server, timeoutMs })
      try {
        await conversation.begin(Boolean(settings.plainAllowed))
        if (username) await conversation.logIn(username, password)
        const answer = await conversation.handOver(
          settings.from.email,
          letter.to,
          messageOf(settings.from, letter, once),
        )
        return { outcome: 'sent', providerId: answer.slice(0, 200) }
      } catch (error) {
        return postingOf(error)
      } finally {
        await conversation.end()
      }
    },
  }
}

/** The parts of an address such as `smtps://login:password@mail.example:465`. */
export function serverOf(url: string) {
  const { protocol, hostname, port, username, password } = new URL(url)
  const isSecure = protocol === 'smtps:'
  return {
    ...{ hostname, isSecure, port: Number(port) || (isSecure ? 465 : 587) },
    ...{ username: decodeURIComponent(username), password: decodeURIComponent(password) },
  }
}

/** The letter as it goes over the line, MIME and all, up to the dot that ends it. */
function messageOf(from: Sender, { to, subject, text, html, headers, attachments }: Letter, once: string): string {
  return new Email({
    ...{ from, to, subject, text, html },
    headers: {
      ...headers,
      From: /^[\x20-\x7e]*$/.test(from.name) ? mailboxOf(from) : `${encodeHeader(from.name)} <${from.email}>`,
      'Message-ID': `<${once}@${from.email.split('@').pop()}>`,
    },
    attachments: (attachments ?? []).map((one) => ({
      ...{ filename: one.filename, mimeType: one.type, content: base64Of(one.text) },
    })),
  }).getEmailData()
}

/** What the server said of this letter is for good where it says 5xx; of anything else, settings or time decide. */
function postingOf(error: unknown): Posting {
  if (error instanceof NotTaken) return { outcome: error.isFinal ? 'never' : 'again', error: error.message }
  return { outcome: 'again', error: error instanceof Error ? `${error.name}: ${error.message}` : String(error) }
}
