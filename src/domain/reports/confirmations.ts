import { dayMs } from '../sign-in/session.ts'
import { type AttemptWindow, windowAt } from '../sign-in/throttle.ts'

/** How many letters a day ask one address whether it wants a report, and how many one account has sent to whomever. */
const most = { toAddress: 5, ofAccount: 40 } as const

/** The windows of a letter that asks an address which is not of the account (`threats.md`, A3): both must have room. */
export const confirmationWindows = (accountId: string, emailKey: string, at: Date): AttemptWindow[] => [
  windowAt(`report-to:${emailKey}`, dayMs, most.toAddress, at),
  windowAt(`report-of:${accountId}`, dayMs, most.ofAccount, at),
]

/** What a form says where one has none. */
export const askedTooOften =
  'One of these addresses, or your account, was part of too many such letters today. Try again tomorrow'
