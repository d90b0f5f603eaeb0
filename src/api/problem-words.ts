import type { RefusalCode } from '#src/domain/refusal.ts'

/** Two refusals are worded for pages; to a script they are these. */
export const otherNames = { 'comment-changed': 'version-mismatch', 'signed-out': 'unauthorized' } as const

/** The codes of the API: those of the refusals, and of a fault of our own. */
export type ProblemCode = Exclude<RefusalCode, keyof typeof otherNames> | 'unauthorized' | 'internal-error'

/** What a problem is called, and what to do about it. */
type Words = { readonly title: string; readonly detail: string }

/** The words of each problem; the reference page lists them under the same codes. */
export const words: Record<ProblemCode, Words> = {
  'account-suspended': {
    title: 'The account is suspended',
    detail: 'This account, or one above it, is suspended. Ask the vendor to open it again.',
  },
  'bad-signature': {
    title: 'The signature does not hold',
    detail: 'Sign the raw bytes of the body with the shared secret.',
  },
  'body-too-large': { title: 'The body is too large', detail: 'Send less at once: `limit` is the most in bytes.' },
  'cross-site': { title: 'The request came from another site', detail: 'Send it from the portal itself.' },
  forbidden: {
    title: 'The key may not do this',
    detail: 'Use a key that may write and whose role includes this act; ask the master login of the account for one.',
  },
  'idempotency-key-invalid': {
    title: 'The Idempotency-Key cannot be used',
    detail: 'Send 1 to 255 visible ASCII characters, such as a UUID.',
  },
  'idempotency-key-reused': {
    title: 'The Idempotency-Key belongs to another request',
    detail: 'This key was sent before with another request. Make a new key for each new act.',
  },
  'internal-error': {
    title: 'Something went wrong here',
    detail: 'This is our fault. Try again, and if it stays, give the `requestId` to the vendor.',
  },
  'invalid-cursor': {
    title: 'The cursor cannot be read',
    detail: 'Use `nextCursor` as it was given, with the same filter and sort, or start again without a cursor.',
  },
  'invalid-link': { title: 'The link opens nothing', detail: 'It was used already or is too old. Ask for a new one.' },
  'invalid-query': { title: 'The query is not understood', detail: 'Mend the parameters listed under `errors`.' },
  'invalid-request': { title: 'The body is not understood', detail: 'Mend the fields listed under `errors`.' },
  'license-bought': {
    title: 'The license was bought in the shop',
    detail: 'Only a license that was assigned with credits can be deleted. Ask the vendor to return an order.',
  },
  'license-in-use': {
    title: 'The license was activated',
    detail: 'Only a license that was never activated can be deleted.',
  },
  'method-not-allowed': { title: 'This path takes other methods', detail: 'Use one of those listed under `allow`.' },
  'not-found': {
    title: 'There is nothing here',
    detail: 'Check the path and the id. What lies outside the account of the key is not found either.',
  },
  'precondition-required': {
    title: 'The version is missing',
    detail: 'Send the `ETag` of what you read as `If-Match`, so that nobody else’s change is overwritten.',
  },
  'sign-in-expired': { title: 'The sign-in took too long', detail: 'Start again.' },
  'sign-in-failed': { title: 'The sign-in failed', detail: 'Check both fields and try again.' },
  'too-many-requests': { title: 'Too many requests', detail: 'Wait as many seconds as `Retry-After` says.' },
  unauthorized: {
    title: 'A valid API key is needed',
    detail: 'Send `Authorization: Bearer ptk_…` with a key that was neither revoked nor has expired.',
  },
  unavailable: {
    title: 'The portal cannot answer just now',
    detail: 'Try again after as many seconds as `Retry-After` says.',
  },
  'unknown-host': { title: 'This is not the portal’s address', detail: 'Use the address that the vendor gave you.' },
  'unsupported-media-type': {
    title: 'The body is of the wrong type',
    detail: 'Send the `Content-Type` named under `expected`.',
  },
  'version-mismatch': {
    title: 'Somebody changed it meanwhile',
    detail: 'Read it again, look at what changed, and send your change with the new `ETag`.',
  },
}
