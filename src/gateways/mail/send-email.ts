import type { Attachment, Mailer, Posting } from '../mail.ts'
import { base64Of } from './base64.ts'
import { inTime } from './in-time.ts'
import type { Sender } from './sender.ts'

/** Cloudflare's `send_email` binding, as far as letters need it. */
export type SendEmailBinding = {
  send(message: {
    from: Sender
    to: string
    subject: string
    text: string
    html: string
    headers?: Readonly<Record<string, string>>
    attachments?: readonly { filename: string; type: string; disposition: 'attachment'; content: string }[]
  }): Promise<{ messageId?: string }>
}

/** What the binding says of a letter that will never pass; anything else is a matter of time or of settings. */
const blamesLetter =
  /^E_(VALIDATION_ERROR|FIELD_MISSING|CONTENT_TOO_LARGE|RECIPIENT_SUPPRESSED|TOO_MANY_RECIPIENTS|HEADER)/

/** What it says where letters come too fast, or too many: then none is taken. */
const isBusyWith = /^E_\w+_LIMIT_EXCEEDED$/

/** Sends through Cloudflare's Email Service. It knows no idempotency: a letter whose answer is lost may come twice. */
export function sendEmailMailer(binding: SendEmailBinding, from: Sender, timeoutMs = 20_000): Mailer {
  return {
    async send({ to, subject, text, html, headers, attachments }) {
      try {
        const sending = binding.send({
          ...{ from, to, subject, text, html },
          ...(headers ? { headers } : {}),
          ...(attachments ? { attachments: attachments.map(attached) } : {}),
        })
        const { messageId } = await inTime(sending, Date.now() + timeoutMs)
        return { outcome: 'sent', providerId: messageId ?? '' }
      } catch (error) {
        return postingOf(error)
      }
    },
  }
}

const attached = ({ filename, type, text }: Attachment) => ({
  ...{ filename, type, disposition: 'attachment' as const },
  content: base64Of(text),
})

function postingOf(error: unknown): Posting {
  const { code = 'unknown', message = '' } = error as { code?: string; message?: string }
  const said = `${code}: ${message}`.slice(0, 300)
  if (blamesLetter.test(code)) return { outcome: 'never', error: said }
  return { outcome: 'again', error: said, ...(isBusyWith.test(code) ? { isBusy: true } : {}) }
}
