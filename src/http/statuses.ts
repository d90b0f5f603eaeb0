import { DatabaseUnavailable } from '#src/db/connection.ts'
import { type Refusal, type RefusalCode, Refused } from '#src/domain/refusal.ts'

/** The status of each refusal; both doors use it. */
export const statuses = {
  'account-suspended': 403,
  'activation-key-default': 409,
  'activation-key-holds-licenses': 409,
  'activation-key-taken': 409,
  'address-not-allowed': 403,
  'api-key-ended': 409,
  'bad-signature': 403,
  'body-too-large': 413,
  'comment-changed': 422,
  'cross-site': 403,
  'email-taken': 409,
  forbidden: 403,
  'idempotency-key-invalid': 400,
  'idempotency-key-reused': 422,
  'insufficient-credits': 409,
  'invalid-cursor': 400,
  'invalid-link': 400,
  'invalid-query': 400,
  'invalid-request': 422,
  'last-full-access': 409,
  'license-bought': 409,
  'license-in-use': 409,
  'login-taken': 409,
  'master-login': 409,
  'method-not-allowed': 405,
  'not-an-upgrade': 409,
  'not-found': 404,
  'not-sold-for-money': 409,
  'offer-withdrawn': 409,
  'password-change-required': 403,
  'payment-not-applicable': 409,
  'payment-settled': 409,
  'precondition-required': 428,
  'product-not-given': 409,
  'proof-required': 403,
  'second-factor-required': 403,
  'quote-expired': 409,
  'quote-paid': 409,
  'quote-stale': 409,
  'sign-in-expired': 400,
  'sign-in-failed': 422,
  'signed-out': 401,
  'subscription-canceled': 409,
  'support-there': 409,
  'too-many-api-keys': 409,
  'too-many-requests': 429,
  'trial-too-long': 422,
  'trial-used': 409,
  unavailable: 503,
  'unknown-host': 421,
  'unsupported-media-type': 415,
  'version-mismatch': 412,
  'wrong-code': 422,
  'wrong-password': 422,
} as const satisfies Record<RefusalCode, number>

/** What an error refuses, or `null` for a defect. A database that does not answer is asked again in five seconds. */
export function refusalIn(error: unknown): Refusal | null {
  if (error instanceof Refused) return error.refusal
  if (error instanceof DatabaseUnavailable) return { code: 'unavailable', retryAfter: 5 }
  return null
}
