import { timeInWords } from '../words.ts'
import type { LetterContent } from './letter.tsx'

export type NewDeviceParams = {
  readonly name: string
  readonly device: string
  readonly address: string
  readonly at: string
  readonly with: string
}

/** Announces a sign-in from a browser not seen before. */
export function newDeviceLetter(params: NewDeviceParams, portal: { url: string; supportEmail: string }): LetterContent {
  return {
    subject: 'New sign-in to your license portal',
    greeting: `Hello ${params.name},`,
    paragraphs: [
      'somebody signed in to your account from a browser we have not seen before.',
      `Was it you? Then there is nothing to do. If not, write to ${portal.supportEmail} at once.`,
    ],
    facts: [
      ['When (UTC)', timeInWords(new Date(params.at))],
      ['With', params.with],
      ['Browser', params.device],
      ['Address', params.address],
    ],
    link: { label: 'Open the portal', url: portal.url },
    reason: 'Every sign-in from a new browser is announced; this letter cannot be switched off.',
  }
}

export type SignInLinkParams = { readonly name: string; readonly address: string; readonly expiresAt: string }

/** Carries a one-time sign-in link. */
export function signInLinkLetter(params: SignInLinkParams, url: string): LetterContent {
  return {
    subject: 'Your sign-in link',
    greeting: `Hello ${params.name},`,
    paragraphs: [
      `here is the link you asked for. It signs you in once, until ${timeInWords(new Date(params.expiresAt))} UTC.`,
      'Did you not ask for it? Then ignore this letter: nobody can use the link but you.',
    ],
    link: { label: 'Sign in', url },
    reason: `You get this because a sign-in link was asked for from ${params.address}.`,
  }
}
