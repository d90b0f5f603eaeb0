/**
 * Every way the product says no. A refusal is not an error: each door has one translator from it to what a person or a
 * script reads. Codes are stable; scripts switch on them.
 */
export type Refusal =
  | { code: 'signed-out' }
  | { code: 'account-suspended' }
  | { code: 'forbidden' }
  | { code: 'not-found' }
  | { code: 'invalid-request'; errors: readonly FieldError[] }
  | { code: 'invalid-link'; detail: string }
  | { code: 'invalid-cursor' }
  | { code: 'invalid-query'; errors: readonly FieldError[] }
  | { code: 'sign-in-failed' }
  | { code: 'sign-in-expired' }
  | { code: 'too-many-requests'; retryAfter: number }
  | { code: 'version-mismatch' }
  | { code: 'comment-changed'; theirs: string; version: number }
  | { code: 'precondition-required' }
  | { code: 'idempotency-key-invalid' }
  | { code: 'idempotency-key-reused' }
  | { code: 'license-in-use' }
  | { code: 'license-bought' }
  | { code: 'body-too-large'; limit: number }
  | { code: 'unsupported-media-type'; expected: string }
  | { code: 'method-not-allowed'; allow: readonly string[] }
  | { code: 'cross-site' }
  | { code: 'unknown-host' }
  | { code: 'bad-signature' }
  | { code: 'shop-closed' }
  | { code: 'shop-unavailable'; retryAfter: number }
  | { code: 'quote-stale' }
  | { code: 'quote-expired' }
  | { code: 'quote-paid' }
  | { code: 'quote-free' }
  | { code: 'quote-unpaid' }
  | { code: 'not-sold-for-money' }
  | { code: 'no-balance' }
  | { code: 'insufficient-credits'; offer: string; needed: number; available: number }
  | { code: 'product-not-given' }
  | { code: 'offer-withdrawn' }
  | { code: 'trial-used' }
  | { code: 'trial-too-long'; most: number }
  | { code: 'not-an-upgrade' }
  | { code: 'address-not-allowed' }
  | { code: 'api-key-ended' }
  | { code: 'too-many-api-keys' }
  | { code: 'invited-already' }
  | { code: 'last-full-access' }
  | { code: 'master-login' }
  | { code: 'login-there' }
  | { code: 'too-many-logins' }
  | { code: 'too-many-reports' }
  | { code: 'activation-key-taken' }
  | { code: 'activation-key-unknown' }
  | { code: 'activation-key-removed' }
  | { code: 'activation-key-rotated' }
  | { code: 'activation-key-expired'; expiredOn: string }
  | { code: 'activation-released' }
  | { code: 'activation-token-invalid' }
  | { code: 'fingerprint-mismatch' }
  | { code: 'license-expired'; endedOn: string }
  | { code: 'product-not-on-key' }
  | { code: 'release-asked' }
  | { code: 'release-budget'; used: number; allowed: number; nextAt: string | null }
  | { code: 'release-cooldown'; nextAt: string }
  | { code: 'server-limit-reached'; limit: number; used: number; computers: readonly ComputerInUse[] }
  | { code: 'activation-key-default' }
  | { code: 'activation-key-holds-licenses'; licenses: number }
  | { code: 'activation-key-gone' }
  | { code: 'computer-group-taken' }
  | { code: 'computer-limit-reached'; scope: 'activation-key' | 'account' }
  | { code: 'computer-of-another-account' }
  | { code: 'license-taken' }
  | { code: 'undo-expired' }
  | { code: 'support-there' }
  | { code: 'subscription-canceled' }
  | { code: 'subscription-of-shop' }
  | { code: 'subscription-not-resumable'; why: string }
  | { code: 'login-taken' }
  | { code: 'email-taken' }
  | { code: 'wrong-password' }
  | { code: 'wrong-code' }
  | { code: 'second-factor-required' }
  | { code: 'two-factor-on' }
  | { code: 'two-factor-off' }
  | ProofRequired
  | { code: 'password-change-required' }
  | { code: 'payment-settled' }
  | { code: 'letter-left' }
  | { code: 'payment-not-applicable'; why: string }
  | { code: 'unavailable'; retryAfter: number }

/** An act that could lock the owner out, longer than a quarter of an hour after the last proof of who is there. */
type ProofRequired = {
  code: 'proof-required'
  /** What a proof can be made with; with nothing, a password has to be set first. */
  with: { readonly password: boolean; readonly code: boolean }
  /** What became of a proof that was tried: wrong, or not looked at for so many seconds yet. */
  tried: null | 'wrong' | { readonly retryAfter: number }
}
/** A computer that takes up a place; replace one, or release it, to make room. */
export type ComputerInUse = { readonly id: string; readonly name: string; readonly lastCheckInAt: string | null }

export type RefusalCode = Refusal['code']

/** What is wrong with one field: `pointer` is its name, or its path (`items/0/size`), `detail` says how to mend it. */
export type FieldError = { readonly pointer: string; readonly code: string; readonly detail: string }

export class Refused extends Error {
  override readonly name = 'Refused'
  readonly refusal: Refusal
  constructor(refusal: Refusal) {
    super(refusal.code)
    this.refusal = refusal
  }
}

/** Says no and leaves: the happy path stays flat. */
export function refuse(refusal: Refusal): never {
  throw new Refused(refusal)
}
