import type { CheckInStanding } from '../computers/check-in.ts'
import type { LicenseStanding } from '../licenses/standing.ts'

/** All that the answer to "is this valid?" follows from. */
export type ValidationFacts = {
  readonly key: 'unknown' | 'removed' | 'rotated' | 'good'
  readonly suspended: boolean
  /** Whether the key's last day is over; it then activates nothing new. */
  readonly keyEnded: boolean
  readonly productAsked: boolean
  /** Whether the key holds the product that is asked for, or any. */
  readonly held: boolean
  /** How the license stands; `null` where there is none. */
  readonly standing: LicenseStanding | null
  readonly fingerprintAsked: boolean
  /** Whether the product is active on the computer with that fingerprint. */
  readonly active: boolean
  /** Whether the key is in use on any computer. */
  readonly inUse: boolean
  /** How the computer's last check-in stands. */
  readonly checkIn: CheckInStanding | null
  /** Whether more computers are active than the key or the account allows, since a limit was lowered. */
  readonly overLimit: boolean
}

type Rule = {
  readonly code: string
  readonly valid: boolean
  readonly detail: string
  readonly holds: (facts: ValidationFacts) => boolean
}

/**
 * The codes of a validation in their fixed order: the first rule that holds is the answer (R332). `code` and `valid` are
 * independent: who is in grace is told so, and still runs. This table is what the reference page shows.
 */
export const validationRules = [
  {
    code: 'NOT_FOUND',
    valid: false,
    detail: 'Nobody has this activation key. Check how it is spelled.',
    holds: ({ key }) => key === 'unknown',
  },
  {
    code: 'BANNED',
    valid: false,
    detail: 'The activation key was removed. Ask whoever gave it to you for another one.',
    holds: ({ key }) => key === 'removed',
  },
  {
    code: 'ROTATED',
    valid: false,
    detail: 'The activation key was replaced, and its time of grace is over. Use its new code.',
    holds: ({ key }) => key === 'rotated',
  },
  {
    code: 'SUSPENDED',
    valid: false,
    detail: 'The account of the key is suspended. Ask the vendor to open it again.',
    holds: ({ suspended }) => suspended,
  },
  {
    code: 'EXPIRED',
    valid: false,
    detail: 'The license or the key has ended, and the days of grace are over. Renew it.',
    holds: ({ standing, keyEnded, active }) => standing === 'expired' || (keyEnded && !active),
  },
  {
    code: 'OVERDUE',
    valid: false,
    detail: 'The computer has not checked in for longer than the product allows. Connect it and check in.',
    holds: ({ checkIn }) => checkIn === 'lapsed',
  },
  {
    code: 'PRODUCT_SCOPE_MISMATCH',
    valid: false,
    detail: 'The key does not hold this product.',
    holds: ({ productAsked, held }) => productAsked && !held,
  },
  {
    code: 'NO_LICENSE',
    valid: false,
    detail: 'The key holds no license yet.',
    holds: ({ held }) => !held,
  },
  {
    code: 'FINGERPRINT_SCOPE_MISMATCH',
    valid: false,
    detail: 'The key is in use, and not on this computer. Activate it here first.',
    holds: ({ fingerprintAsked, active, inUse }) => fingerprintAsked && !active && inUse,
  },
  {
    code: 'NO_MACHINE',
    valid: false,
    detail: 'The key is active on no computer. Activate it first.',
    holds: ({ fingerprintAsked, active }) => fingerprintAsked && !active,
  },
  {
    code: 'TOO_MANY_MACHINES',
    valid: true,
    detail: 'More computers are active than are allowed now. What runs goes on; no other is activated.',
    holds: ({ overLimit }) => overLimit,
  },
  {
    code: 'EXPIRED',
    valid: true,
    detail: 'The license has ended and runs on for the days of grace. Renew it before they are over.',
    holds: ({ standing }) => standing === 'grace',
  },
  {
    code: 'OVERDUE',
    valid: true,
    detail: 'The computer has missed its check-in and runs on for the days of grace. Connect it and check in.',
    holds: ({ checkIn }) => checkIn === 'grace',
  },
  { code: 'VALID', valid: true, detail: 'All is well.', holds: () => true },
] as const satisfies readonly Rule[]

export type ValidationCode = (typeof validationRules)[number]['code']

/** What is answered: the first rule that holds. */
export function validationOf(facts: ValidationFacts): {
  readonly code: ValidationCode
  readonly valid: boolean
  readonly detail: string
} {
  const rules: readonly (Rule & { code: ValidationCode })[] = validationRules
  const { code, valid, detail } = rules.find((rule) => rule.holds(facts)) ?? (rules.at(-1) as (typeof rules)[number])
  return { code, valid, detail }
}
