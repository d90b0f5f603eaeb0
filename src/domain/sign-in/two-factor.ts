/** How long a code of an authenticator app is shown, in seconds (RFC 6238). */
export const totpPeriod = 30

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
