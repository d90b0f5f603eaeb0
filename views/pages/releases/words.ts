import type { FieldError, Refusal } from '#src/domain/refusal.ts'
import { type Formats, plainFormats, writeTime, zoneName } from '#src/domain/settings/formats.ts'

/** What a refused release says on top of its page, or at its field. */
export function releaseErrors(refusal: Refusal, formats = plainFormats): FieldError[] | null {
  const { code } = refusal
  if (code === 'invalid-request') return [...refusal.errors]
  const detail = wordsOf(refusal, formats)
  return detail === null ? null : [{ pointer: '', code, detail }]
}

const timeIn = (at: string, formats: Formats): string => `${writeTime(new Date(at), formats)} ${zoneName(formats)}`

function wordsOf(refusal: Refusal, formats: Formats): string | null {
  switch (refusal.code) {
    case 'release-budget': {
      const next = refusal.nextAt ? ` The next can be on ${timeIn(refusal.nextAt, formats)}.` : ''
      return `${refusal.used} of ${refusal.allowed} releases of the last 365 days are used, so nothing was released.${next}`
    }
    case 'release-cooldown':
      return `A computer was released from this license a short time ago. The next can be on ${timeIn(refusal.nextAt, formats)}.`
    case 'not-found':
      return 'This runs no more: it was released already. See below what still runs.'
    case 'activation-released':
      return 'This was released a moment ago. See below what still runs.'
    case 'release-asked':
      return 'The seller was asked today. Wait for an answer, or ask again tomorrow.'
    default:
      return null
  }
}
