import { timeInWords } from '../words.ts'
import type { LetterContent } from './letter.tsx'

export type ApiKeyCreatedParams = {
  readonly name: string
  readonly key: string
  readonly address: string
  readonly at: string
  readonly expiresAt: string | null
}

/** Tells whoever made an API key that it was made, in case it was not them. */
export const apiKeyCreatedLetter = (
  params: ApiKeyCreatedParams,
  portal: { url: string; supportEmail: string },
): LetterContent => ({
  subject: `API key created: ${params.key}`,
  greeting: `Hello ${params.name},`,
  paragraphs: [
    'a new API key of your account was made. Scripts that hold it act for your account.',
    `Was it you? Then there is nothing to do. If not, revoke it with the link below, change your password and write to ${portal.supportEmail} at once.`,
  ],
  facts: [
    ['API key', params.key],
    ['When (UTC)', timeInWords(new Date(params.at))],
    ['Address', params.address],
    ['Works until (UTC)', params.expiresAt === null ? 'it is revoked' : timeInWords(new Date(params.expiresAt))],
  ],
  link: { label: 'API keys', url: portal.url },
  reason: 'Every new API key is announced; this letter cannot be switched off.',
})
