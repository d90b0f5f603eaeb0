import { timeInWords } from '../words.ts'
import type { LetterContent } from './letter.tsx'

export type EmailChangeParams = {
  /** Which of the two addresses it goes to. */
  readonly side: 'old' | 'new'
  readonly name: string
  readonly oldEmail: string
  readonly newEmail: string
  readonly address: string
  readonly expiresAt: string
}

/** Asks one of the two addresses whether a login may move from one to the other. */
export const emailChangeLetter = (
  { side, name, oldEmail, newEmail, address, expiresAt }: EmailChangeParams,
  { url, supportEmail }: { url: string; supportEmail: string },
): LetterContent => ({
  subject: side === 'old' ? `Change your e-mail to ${newEmail}?` : 'Confirm your new e-mail',
  greeting: `Hello ${name},`,
  paragraphs: [
    `your login asked to move from ${oldEmail} to ${newEmail}. Both addresses confirm it with a link of their own, until ${timeInWords(new Date(expiresAt))} UTC; before that nothing changes.`,
    side === 'old'
      ? `Was it not you? The same link stops it. Then set a new password and write to ${supportEmail}.`
      : 'Was it not you? Then ignore this letter: without you nothing changes.',
  ],
  link: { label: side === 'old' ? 'Confirm or stop the change' : 'Confirm the address', url },
  reason: `You get this because the change was asked for from ${address}; this letter cannot be switched off.`,
})

/** Tells whoever has the new e-mail already that it keeps another login from moving to it. */
export const emailChangeElsewhereLetter = (
  { oldEmail, newEmail, address }: EmailChangeParams,
  { url, supportEmail }: { url: string; supportEmail: string },
): LetterContent => ({
  subject: 'Your e-mail is in use already',
  greeting: 'Hello,',
  paragraphs: [
    `the login of ${oldEmail} asked to move to ${newEmail}. That is the e-mail of another login or account already, and one e-mail is one login: so nothing changes.`,
    `Do you have both? Sign in here as the one you want to give up, move it to another e-mail, and ask again. Is the other one not yours? Write to ${supportEmail}.`,
  ],
  link: { label: 'Sign in', url },
  reason: `You get this because the change was asked for from ${address}.`,
})

export type EmailChangedParams = {
  readonly name: string
  readonly oldEmail: string
  readonly newEmail: string
  readonly address: string
  readonly at: string
  /** Who moved it from above, where not its owner did. */
  readonly by?: string
}

/** Tells both addresses that the login has moved. */
export const emailChangedLetter = (
  { name, oldEmail, newEmail, address, at, by }: EmailChangedParams,
  { supportEmail }: { supportEmail: string },
): LetterContent => ({
  subject: 'Your e-mail was changed',
  greeting: `Hello ${name},`,
  paragraphs: [
    `${by ? `${by} changed it` : 'both addresses confirmed it'}: your login moved to ${newEmail}. Sign in with it from now on; the password is the same.`,
    `Was it not you? Write to ${supportEmail} at once.`,
  ],
  facts: [
    ['From', oldEmail],
    ['To', newEmail],
    ['When (UTC)', timeInWords(new Date(at))],
    ['Address', address],
  ],
  reason: 'Every change of an e-mail is announced to both addresses; this letter cannot be switched off.',
})
