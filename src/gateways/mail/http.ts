import type { Attachment, Letter, Mailer, Posting } from '../mail.ts'
import { base64Of } from './base64.ts'
import { mailboxOf, type Sender } from './sender.ts'

export type HttpMailSettings = {
  /** Where letters are posted to, for example `https://api.resend.com/emails`. */
  readonly url: string
  readonly token: string
  readonly from: Sender
  /** How long the provider may take; less than the lease of a letter. */
  readonly timeoutMs?: number
}

/** Client errors that are the portal's or the provider's own (token, plan, address, haste), not the letter's. */
const notTheLetter = new Set([401, 402, 403, 404, 405, 407, 408, 409, 421, 423, 425, 429])

/** How providers say that an address is the matter; a 422 of anything else is a setting, such as the sender. */
const namesRecipient = /recipient|mailbox|[`'"]to[`'"]/i

const mostOfAnswer = 4096

/**
 * Sends through a provider's JSON API (`{ from, to, subject, text, html, headers, attachments }`, the shape of Resend and its like). The
 * outbox row's id is the `Idempotency-Key`, so that a retry after a lost answer sends nothing twice.
 */
export function httpMailer(settings: HttpMailSettings, fetcher: typeof fetch = fetch): Mailer {
  return {
    async send(letter, once) {
      try {
        const response = await fetcher(requestFor(settings, letter, once))
        return postingOf(response, await beginningOf(response))
      } catch (error) {
        return { outcome: 'again', error: error instanceof Error ? `${error.name}: ${error.message}` : String(error) }
      }
    },
  }
}

function requestFor(settings: HttpMailSettings, letter: Letter, once: string): Request {
  const { to, subject, text, html, headers, attachments } = letter
  return new Request(settings.url, {
    method: 'POST',
    redirect: 'manual',
    signal: AbortSignal.timeout(settings.timeoutMs ?? 10_000),
    headers: {
      authorization: `Bearer ${settings.token}`,
      'content-type': 'application/json',
      'idempotency-key': once,
    },
    body: JSON.stringify({
      ...{ from: mailboxOf(settings.from), to: [to], subject, text, html },
      ...(headers ? { headers } : {}),
      ...(attachments ? { attachments: attachments.map(attached) } : {}),
    }),
  })
}

/** A file as providers of this shape take it: its bytes in base64. */
const attached = ({ filename, type, text }: Attachment) => ({
  filename,
  content_type: type,
  content: base64Of(text),
})

function postingOf(response: Response, answer: string): Posting {
  if (response.ok) return { outcome: 'sent', providerId: idIn(answer) }
  const { status } = response
  const isOfLetter = status === 422 ? namesRecipient.test(answer) : !notTheLetter.has(status)
  const never = status >= 400 && status < 500 && isOfLetter
  const error = `${status} ${answer.slice(0, 300)}`.trim()
  return never ? { outcome: 'never', error } : { outcome: 'again', error, ...waitIn(response) }
}

/**
 * Whether the provider wants to be left alone, and how long, where it says so in seconds. A date in their place is not heard.
 */
function waitIn({ status, headers }: Response): { waitMs?: number; isBusy?: boolean } {
  const seconds = Number(headers.get('retry-after'))
  const isBusy = status === 429 || (status === 503 && seconds > 0)
  return { ...(seconds > 0 ? { waitMs: 1000 * seconds } : {}), ...(isBusy ? { isBusy } : {}) }
}

/** The provider's own name for the letter; whatever it answers, a 2xx means that it took the letter. */
function idIn(answer: string): string {
  try {
    const { id, messageId } = JSON.parse(answer)
    return String(id ?? messageId ?? '').slice(0, 200)
  } catch {
    return ''
  }
}

/** The first bytes of an answer; a body that breaks off or never ends does not change what the status said. */
async function beginningOf(response: Response): Promise<string> {
  const reader = response.body?.getReader()
  if (!reader) return ''
  const decoder = new TextDecoder()
  let text = ''
  try {
    while (text.length < mostOfAnswer) {
      const { done, value } = await reader.read()
      if (done) break
      text += decoder.decode(value, { stream: true })
    }
    await reader.cancel()
  } catch {
    // The status stands.
  }
  return text.slice(0, mostOfAnswer)
}
