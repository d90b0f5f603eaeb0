import type { Role } from '../accounts/permissions.ts'
import type { SecondFactor } from '../sign-in/two-factor.ts'

/** A login of an account, as its master login sees it. */
export type LoginSummary = SecondFactor & {
  readonly id: string
  readonly name: string
  /** The login name; a sub-login has none and signs in with its e-mail. */
  readonly login: string | null
  readonly email: string
  readonly role: Role
  readonly isMaster: boolean
  readonly lastSignInAt: Date | null
  readonly version: number
  readonly createdAt: Date
}

/** Somebody who was invited and has not yet come. */
export type InvitationSummary = {
  readonly id: string
  readonly email: string
  readonly role: Role
  readonly invitedByName: string
  readonly sentAt: Date
  readonly expiresAt: Date
  readonly version: number
}

/** How many logins and open invitations an account may have together. */
export const mostLogins = 100

/** An invitation works this long after it was mailed. */
export const invitationMs = 7 * 86_400_000

/** What the token of an invitation's letter is made of: the one before opens nothing once another was mailed. */
export const invitationRow = (id: string, generation: number): string => `${id}-${generation}`

/** Whether a mailed token is an invitation's. */
export const isInvitationToken = (token: string): boolean => token.startsWith('inv_')
