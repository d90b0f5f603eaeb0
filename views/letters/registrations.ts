import { timeInWords } from '../words.ts'
import type { LetterContent } from './letter.tsx'

export type RegistrationParams = { readonly name: string; readonly address: string; readonly expiresAt: string }

/** Carries the link that proves an e-mail and sets the password. */
export const registrationLetter = (
  params: RegistrationParams,
  { url, vendorName }: { url: string; vendorName: string },
): LetterContent => ({
  subject: `Your ${vendorName} license portal: choose your password`,
  greeting: `Hello ${params.name},`,
  paragraphs: [
    `with the link below you choose your password. It works once, until ${timeInWords(new Date(params.expiresAt))} UTC.`,
    'Did you not ask for it? Then ignore this letter: nothing is made.',
  ],
  link: { label: 'Choose your password', url },
  reason: `You get this because this address was registered from ${params.address}.`,
})

export type RegistrationKnownParams = { readonly name: string; readonly address: string }

/** Tells whoever registers twice that there is an account already. */
export const registrationKnownLetter = (
  params: RegistrationKnownParams,
  { url, resetUrl }: { url: string; resetUrl: string },
): LetterContent => ({
  subject: 'You have a login already',
  greeting: `Hello ${params.name},`,
  paragraphs: [
    `somebody registered with this address, which is a login already. Sign in with it; if you forgot the password, have a new link mailed: ${resetUrl}`,
    'Was it not you? Then ignore this letter: nothing was changed.',
  ],
  link: { label: 'Sign in', url },
  reason: `You get this because this address was registered from ${params.address}.`,
})

export type WelcomeParams = { readonly name: string; readonly login: string; readonly hadAccount: boolean }

/** Welcomes whoever registered, with login and address (R160). A password is never mailed (Decision 3). */
export const welcomeLetter = (
  params: WelcomeParams,
  { url, vendorName, supportEmail }: { url: string; vendorName: string; supportEmail: string },
): LetterContent => ({
  subject: `Welcome to the ${vendorName} license portal`,
  greeting: `Hello ${params.name},`,
  paragraphs: [
    params.hadAccount
      ? 'your account has a password now. Your orders, licenses and computers are where they were.'
      : 'your account is ready. Licenses appear in it as soon as an order is paid.',
    `Was it not you? Then write to ${supportEmail} at once.`,
  ],
  facts: [
    ['Address', url],
    ['Login', params.login],
    ['Password', 'the one you chose'],
  ],
  link: { label: 'Sign in', url },
  reason: 'You get this because this address was registered and confirmed.',
})
