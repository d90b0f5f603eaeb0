import { timeInWords } from '../words.ts'
import type { LetterContent } from './letter.tsx'

export type KeyRotatedParams = {
  readonly name: string
  readonly by: string
  readonly key: string
  readonly validUntil: string
}

/** Tells an account that one of its activation keys has another code, and until when the old one works. */
export const keyRotatedLetter = (
  params: KeyRotatedParams,
  portal: { url: string; supportEmail: string },
): LetterContent => ({
  subject: `Activation key “${params.key}” was rotated`,
  greeting: `Hello ${params.name},`,
  paragraphs: [
    `your activation key “${params.key}” has a new code. The old one activates until ${timeInWords(new Date(params.validUntil))} UTC and never again after that: put the new one where your servers are set up.`,
    'What is activated already stays so.',
    `Did nobody of you do this? Then write to ${portal.supportEmail} at once.`,
  ],
  facts: [
    ['Key', params.key],
    ['Rotated by', params.by],
    ['Old code works until (UTC)', timeInWords(new Date(params.validUntil))],
  ],
  link: { label: 'Show the new code', url: portal.url },
  reason: 'Every rotation of a key is announced; this letter cannot be switched off.',
})
