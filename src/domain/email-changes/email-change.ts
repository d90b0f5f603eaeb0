import { emailKey, longestEmail, looksLikeEmail } from '../accounts/identifier.ts'
import { refuse } from '../refusal.ts'
import { withoutControls } from '../text.ts'

/** How long both addresses have to confirm. */
export const emailChangeMs = 24 * 3_600_000

/** The two addresses of a change; each has a link of its own. */
export type Side = 'old' | 'new'

/** A login's move to another e-mail that was asked for and is not made yet. */
export type EmailChangeSummary = {
  readonly id: string
  readonly oldEmail: string
  readonly newEmail: string
  readonly oldConfirmedAt: Date | null
  readonly newConfirmedAt: Date | null
  readonly createdAt: Date
  readonly expiresAt: Date
}

/** Whether a mailed token is that of a change. */
export const isEmailChangeToken = (token: string): boolean => token.startsWith('emc_')

/** What the token of a side is made with, so that one never passes as the other. */
export const tokenKindOf = (side: Side) => `email-change-${side}` as const

/** The e-mail to move to, as typed. Refuses `invalid-request` for none, and for the one that the login has. */
export function newEmailFrom(typed: string, current: string): string {
  const email = withoutControls(typed).trim()
  const isEmail = looksLikeEmail(email) && email.length <= longestEmail
  if (isEmail && emailKey(email) !== current) return email
  const detail = isEmail
    ? 'This is your e-mail already. Write the one to change to'
    : 'Write an e-mail address such as lea@fabrikam.example'
  return refuse({ code: 'invalid-request', errors: [{ pointer: 'email', code: 'invalid', detail }] })
}
