import { timeInWords } from '../words.ts'
import type { LetterContent } from './letter.tsx'

type ReleaseLinkParams = { readonly name: string; readonly address: string; readonly expiresAt: string }

/** Carries the one-time link that releases a lost computer. */
export function releaseLinkLetter({ name, address, expiresAt }: ReleaseLinkParams, url: string): LetterContent {
  return {
    subject: 'Release a computer',
    greeting: `Hello ${name},`,
    paragraphs: [
      `somebody wants to release a computer that runs with your activation key. This link shows which ones do and releases what you choose, once, until ${timeInWords(new Date(expiresAt))} UTC.`,
      'Was it not you? Then ignore this letter: nothing is released without the link.',
    ],
    link: { label: 'Choose what to release', url },
    reason: `You get this because the activation key was entered at "Lost a computer?" from ${address}.`,
  }
}

type ReleaseRequestParams = {
  readonly serial: string
  readonly computer: string
  readonly product: string
  readonly name: string
  readonly account: string
  readonly used: number
  readonly allowed: number | null
  readonly reason: string
}

/** Asks the seller to release a computer beyond the customer's budget. */
export function releaseRequestLetter(params: ReleaseRequestParams, url: string): LetterContent {
  const { serial, computer, product, name, account, used, allowed, reason } = params
  return {
    subject: `${account} asks for the release of ${computer}`,
    greeting: 'Hello,',
    paragraphs: [
      `${name} cannot release ${computer}: the releases of a year are used, or the last one was a short time ago. What you release is not counted.`,
    ],
    facts: [
      ['License', serial],
      ['Product', product],
      ['Computer', computer],
      ['Releases in 365 days', allowed === null ? String(used) : `${used} of ${allowed}`],
      ...(reason ? [['Reason', reason] as const] : []),
    ],
    link: { label: 'Release the computer', url },
    reason: 'You get this because you sold the license. A customer can ask once a day.',
  }
}
