/** How long a code of an authenticator app is shown, in seconds (RFC 6238). */
export const totpPeriod = 30

/** How long the master's reset of somebody's second factor waits, so that its owner can stop it. */
export const resetDelayMs = 24 * 3_600_000

/** What a login's second factor is made of. */
export type SecondFactor = {
  readonly totpSeed: string | null
  readonly totpResetAt: Date | null
}

/** Whether a code is asked at sign-in: two-factor is on, and no reset has come due. */
export const hasSecondFactor = ({ totpSeed, totpResetAt }: SecondFactor, now: Date): boolean =>
  totpSeed !== null && !(totpResetAt && totpResetAt <= now)

/** A code as it was typed, without what apps put between its digits; `null` for what is no code of an app. */
export function typedCode(typed: string): string | null {
  const digits = typed.replace(/[\s-]/g, '')
  return /^\d{6}$/.test(digits) ? digits : null
}

export const recoveryCodeCount = 10

const alphabet = 'abcdefghjkmnpqrstvwxyz0123456789'

/** A recovery code out of random bytes, fifty bits: `k7m2q-xw4tr`. */
export const recoveryCodeFrom = (bytes: Uint8Array): string =>
  Array.from(bytes.subarray(0, 10), (byte) => alphabet[byte & 31])
    .join('')
    .replace(/^.{5}/, '$&-')

/** A recovery code as it was typed, in the one form that is hashed. */
export const recoveryKey = (typed: string): string =>
  typed
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '')
    .slice(0, 64)
