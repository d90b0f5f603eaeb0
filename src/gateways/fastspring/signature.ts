import { createHmac, timingSafeEqual } from 'node:crypto'

/**
 * Whether `X-FS-Signature` is base64(HMAC-SHA256(secret, body)) over the raw bytes, by any of the secrets (two stand
 * side by side while one is replaced). Compared in constant time and letter by letter, so that no other spelling of the
 * same bytes passes. Without a secret nothing holds.
 */
export function signatureHolds(body: Uint8Array, signature: string | undefined, secrets: readonly string[]): boolean {
  if (!signature) return false
  const given = Buffer.from(signature)
  return secrets
    .filter((secret) => secret !== '')
    .map((secret) => Buffer.from(signatureOf(body, secret)))
    .map((right) => right.length === given.length && timingSafeEqual(right, given))
    .includes(true)
}

/** What stands in `X-FS-Signature`: base64(HMAC-SHA256(secret, body)). */
export const signatureOf = (body: Uint8Array, secret: string): string =>
  createHmac('sha256', secret).update(body).digest('base64')
