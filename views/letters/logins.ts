import { type Role, roleNames } from '#src/domain/accounts/permissions.ts'
import { timeInWords } from '../words.ts'
import type { LetterContent } from './letter.tsx'

export type InvitationParams = {
  readonly from: string
  /** The account it is to. */
  readonly to: string
  readonly role: Role
  readonly expiresAt: string
}

/** Invites somebody to an account: the link sets their password (Decision 3). */
export const invitationLetter = (
  { from, to, role, expiresAt }: InvitationParams,
  portal: { linkUrl: string; url: string; vendorName: string },
): LetterContent => ({
  subject: `${from} invites you to ${to}`,
  greeting: 'Hello,',
  paragraphs: [
    `${from} invites you to the account of ${to} in the license portal of ${portal.vendorName}.`,
    `Accept with the link below; it works once, until ${timeInWords(new Date(expiresAt))} UTC. You choose your password there.`,
  ],
  facts: [
    ['Address', portal.url],
    ['Role', roleNames[role]],
  ],
  link: { label: 'Accept the invitation', url: portal.linkUrl },
  reason: `You get this because ${from} gave your address. Do you not know them? Then ignore it: nothing happens.`,
})

/** Tells somebody who has a login already that it keeps them from accepting. */
export const invitationElsewhereLetter = (
  { from, to }: InvitationParams,
  portal: { url: string; supportEmail: string },
): LetterContent => ({
  subject: `${from} invites you to ${to}`,
  greeting: 'Hello,',
  paragraphs: [
    `${from} invites you to the account of ${to}. Your e-mail is the login of another account already, and one e-mail is one login, so you cannot accept with it.`,
    `Ask ${from} to invite another address of yours. Nobody was told that you have a login; your own stays as it is.`,
  ],
  link: { label: 'Sign in', url: portal.url },
  reason: `You get this because ${from} gave your address. Questions? Write to ${portal.supportEmail}.`,
})

export type RoleChangedParams = {
  readonly name: string
  readonly account: string
  readonly by: string
  readonly role: Role
}

/** Tells somebody that they may do other things from now on. */
export const roleChangedLetter = (params: RoleChangedParams, portal: { url: string }): LetterContent => ({
  subject: `Your role in ${params.account} is now ${roleNames[params.role]}`,
  greeting: `Hello ${params.name},`,
  paragraphs: [`${params.by} changed your role in the account of ${params.account}. It counts from now on.`],
  facts: [['Role', roleNames[params.role]]],
  link: { label: 'What each role may do', url: portal.url },
  reason: 'Every change of a role is announced; this letter cannot be switched off.',
})

export type LoginRemovedParams = { readonly name: string; readonly account: string; readonly by: string }

/** Tells somebody that their login is gone. */
export const loginRemovedLetter = (params: LoginRemovedParams, portal: { supportEmail: string }): LetterContent => ({
  subject: `Your login to ${params.account} was removed`,
  greeting: `Hello ${params.name},`,
  paragraphs: [
    `${params.by} removed your login to the account of ${params.account}. Wherever you were signed in, you are signed out.`,
  ],
  reason: `You get this because you had a login. Questions? Write to ${portal.supportEmail}.`,
})
