export const letterStates = ['pending', 'sending', 'sent', 'dead'] as const

/** The letters there are; a row of the outbox holds one's template and parameters and is rendered when sent. */
export const letterTemplates = [
  'order',
  'quote-applied',
  'new-device',
  'sign-in-link',
  'unknown-item',
  'unreadable-event',
  'sign-in-alarm',
  'password-link',
  'password-changed',
  'reseller',
  'two-factor',
  'ledger-proof',
  'activation-key-rotated',
  'api-key-created',
  'invitation',
  'invitation-elsewhere',
  'login-removed',
  'role-changed',
  'release-link',
  'release-request',
  'subscription-renewed',
  'payment-failed',
  'refund',
  'refund-to-settle',
  'payment-held',
  'computer-copied',
  'registration',
  'registration-known',
  'welcome',
  'report',
  'report-test',
  'report-confirmation',
] as const
export type LetterTemplate = (typeof letterTemplates)[number]

const day = 86_400_000

/** When a letter is tried again: after 1, 2, 4 … minutes, at most an hour; `null` when it is a day old and dead. */
export function nextAttempt(createdAt: Date, attempts: number, now: Date): Date | null {
  if (now.getTime() - createdAt.getTime() > day) return null
  const minutes = Math.min(60, 2 ** Math.max(0, attempts - 1))
  return new Date(now.getTime() + minutes * 60_000)
}
