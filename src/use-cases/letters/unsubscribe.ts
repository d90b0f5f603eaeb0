import type { Attachment } from '#src/gateways/mail.ts'
import type { LetterContent } from '#views/letters/letter.tsx'

/** A letter that is read before it is rendered, with what goes along. */
export type MailedLetter = {
  readonly letter: LetterContent
  readonly headers: Readonly<Record<string, string>>
  readonly attachments: readonly Attachment[]
}

/** What tells a mail program how to end such letters with one click (RFC 8058). */
export const headersOf = (url: string): Readonly<Record<string, string>> => ({
  'List-Unsubscribe': `<${url}>`,
  'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
})
