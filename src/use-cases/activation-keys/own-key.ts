import type { KeyRow } from '#src/db/activation-keys.ts'
import { refuse } from '#src/domain/refusal.ts'

/**
 * The key that an act is about. Refuses `not-found` for one out of reach, and `forbidden` for one of an account below:
 * whoever owns a key assigns to it and removes it.
 */
export function ownKey([key]: readonly KeyRow[]): KeyRow {
  if (!key) return refuse({ code: 'not-found' })
  return key.isOwn ? key : refuse({ code: 'forbidden' })
}
