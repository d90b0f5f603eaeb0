import { timeInWords } from '../words.ts'
import type { LetterContent } from './letter.tsx'

export type PasswordLinkParams = { readonly name: string; readonly address: string; readonly expiresAt: string }

/** Carries a one-time link that sets a password. */
export const passwordLinkLetter = (params: PasswordLinkParams, url: string): LetterContent => ({
  subject: 'Set your password',
  greeting: `Hello ${params.name},`,
  paragraphs: [
    `here is the link to set your password. It works once, until ${timeInWords(new Date(params.expiresAt))} UTC.`,
    'Did you not ask for it? Then ignore this letter: your password stays as it is.',
  ],
  link: { label: 'Set your password', url },
  reason: `You get this because a new password was asked for from ${params.address}.`,
})

export type PasswordChangedParams = { readonly name: string; readonly address: string; readonly at: string }

/** Tells the owner of a login that its password was changed. */
export const passwordChangedLetter = (
  params: PasswordChangedParams,
  portal: { url: string; supportEmail: string },
): LetterContent => ({
  subject: 'Your password was changed',
  greeting: `Hello ${params.name},`,
  paragraphs: [
    'the password of your login was changed, and other browsers that were signed in are signed out.',
    `Was it you? Then there is nothing to do. If not, set a new password with the link below and write to ${portal.supportEmail} at once.`,
  ],
  facts: [
    ['When (UTC)', timeInWords(new Date(params.at))],
    ['Address', params.address],
  ],
  link: { label: 'Set a new password', url: portal.url },
  reason: 'Every change of a password is announced; this letter cannot be switched off.',
})

export type ResellerLetterParams = {
  readonly name: string
  readonly login: string
  readonly from: string
  readonly expiresAt: string
}

/** Welcomes a reseller: login, address, and a link that sets the password. A password is never mailed (Decision 3). */
export const resellerLetter = (
  params: ResellerLetterParams,
  portal: { url: string; linkUrl: string; vendorName: string },
): LetterContent => ({
  subject: `Your ${portal.vendorName} license portal`,
  greeting: `Hello ${params.name},`,
  paragraphs: [
    `${params.from} made you an account. With it you create activation keys and assign licenses within the credits you were given.`,
    `Set your password with the link below; it works once, until ${timeInWords(new Date(params.expiresAt))} UTC. The guide for resellers stands in the portal, under Documentation.`,
  ],
  facts: [
    ['Address', portal.url],
    ['Login', params.login],
  ],
  link: { label: 'Set your password', url: portal.linkUrl },
  reason: `You get this because ${params.from} made you an account.`,
})
