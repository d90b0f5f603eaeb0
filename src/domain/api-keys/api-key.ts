import type { Role } from '../accounts/permissions.ts'

/** An API key as its account sees it: everything but the key. */
export type ApiKeySummary = {
  readonly id: string
  readonly name: string
  /** How the key begins, enough to recognize it by. */
  readonly hint: string
  readonly access: 'read' | 'write'
  readonly role: Role
  /** Whether it acts as the master login, and so sees API keys and logins too. */
  readonly isMaster: boolean
  /** From where it may be used; `null` is from everywhere. */
  readonly allowedRanges: readonly string[] | null
  readonly expiresAt: Date | null
  readonly lastUsedAt: Date | null
  readonly revokedAt: Date | null
  readonly createdAt: Date
}

export const apiKeyStates = ['active', 'expired', 'revoked'] as const
export type ApiKeyState = (typeof apiKeyStates)[number]

export const apiKeyStateOf = (key: Pick<ApiKeySummary, 'expiresAt' | 'revokedAt'>, now: Date): ApiKeyState =>
  key.revokedAt ? 'revoked' : key.expiresAt && key.expiresAt <= now ? 'expired' : 'active'

/** How many keys of an account may work at a time. */
export const mostApiKeys = 20

/** A key is its prefix, for scanners of secrets, and so many random bytes: 160 bits (`threats.md`, I7). */
export const apiKeyBytes = 20
const prefix = 'ptk_'
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz'

/** The text of a key out of random bytes: `ptk_` and 32 letters and digits, five bits each. */
export function apiKeyText(bytes: Uint8Array): string {
  let bits = 0n
  for (const byte of bytes.subarray(0, apiKeyBytes)) bits = (bits << 8n) | BigInt(byte)
  const chars = Array.from({ length: 32 }, (_, i) => alphabet[Number((bits >> BigInt(155 - 5 * i)) & 31n)])
  return prefix + chars.join('')
}

/** What a key is recognized by: the prefix and its first four characters, 20 of its 160 bits. */
export const hintOf = (key: string): string => key.slice(0, prefix.length + 4)
