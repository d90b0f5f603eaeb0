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
  'balance-payment-failed',
  'top-up-due',
  'refund',
  'refund-to-settle',
  'payment-held',
  'payment-waiting',
  'payment-refunded',
  'computer-copied',
  'registration',
  'registration-known',
  'welcome',
  'email-change',
  'email-change-elsewhere',
  'email-changed',
  'report',
  'report-test',
  'report-confirmation',
  'expiry-warning',
  'weekly-digest',
  'letters-dead',
] as const
export type LetterTemplate = (typeof letterTemplates)[number]

/** A letter on its way as the vendor sees it: nothing of what it says, which may open a door. */
export type LetterSummary = {
  readonly id: string
  readonly template: LetterTemplate
  readonly recipient: string
  readonly state: (typeof letterStates)[number]
  readonly attempts: number
  readonly error: string | null
  readonly providerId: string | null
  readonly createdAt: Date
  readonly nextAttemptAt: Date
  readonly sentAt: Date | null
}

export type LetterFilter = { readonly state: (typeof letterStates)[number] | null }

/** Whether it can be sent again by hand: what has left, or is leaving, cannot. */
export const isStuck = ({ state }: Pick<LetterSummary, 'state'>): boolean => state === 'pending' || state === 'dead'

const day = 86_400_000

/** A provider that says when to come back is heard, up to here. */
const longestWaitMs = 6 * 3_600_000

/**
 * When a letter is tried again: after 1, 2, 4 … minutes, at most an hour, and not before the provider wants it (`waitMs`);
 * `null` when it was tried for a day and is dead.
 */
export function nextAttempt(triedSince: Date, attempts: number, now: Date, waitMs = 0): Date | null {
  if (now.getTime() - triedSince.getTime() > day) return null
  const minutes = Math.min(60, 2 ** Math.max(0, attempts - 1))
  return new Date(now.getTime() + Math.max(minutes * 60_000, Math.min(waitMs, longestWaitMs)))
}
