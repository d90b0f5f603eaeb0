import type { AskedKey } from '#src/db/asked-keys.ts'
import { isWithin } from '#src/domain/address.ts'
import { dayOf } from '#src/domain/day.ts'
import { refuse } from '#src/domain/refusal.ts'

/** How a code stands: a rotated one is good while its grace lasts. */
export function codeStanding(key: AskedKey | undefined, now: Date): 'unknown' | 'removed' | 'rotated' | 'good' {
  if (!key) return 'unknown'
  if (key.removedAt) return 'removed'
  return key.goodUntil !== null && key.goodUntil < now.getTime() ? 'rotated' : 'good'
}

/** Whether its last day is over. */
export const hasEnded = ({ expiresOn }: AskedKey, now: Date): boolean => expiresOn !== null && expiresOn < dayOf(now)

type Held = AskedKey & { readonly product: NonNullable<AskedKey['product']> }

/** Whether a key is for the product and its account holds it: servers by their number, everything else by licenses. */
export const holds = (key: AskedKey, hasLicense: boolean): key is Held =>
  key.product !== null &&
  (key.productCode === null || key.productCode === key.product.code) &&
  (key.product.unit === 'server' ? key.given === true : hasLicense)

/**
 * The key that may activate the product from an address. Refuses `activation-key-unknown`, `activation-key-removed`,
 * `activation-key-rotated`, `account-suspended`, `product-not-on-key`, `address-not-allowed`.
 */
export function keyFor(asked: AskedKey | undefined, hasLicense: boolean, address: string, now: Date): Held {
  const standing = codeStanding(asked, now)
  if (!asked || standing !== 'good')
    return refuse({ code: `activation-key-${standing === 'good' ? 'unknown' : standing}` })
  if (asked.suspended) refuse({ code: 'account-suspended' })
  if (!holds(asked, hasLicense)) return refuse({ code: 'product-not-on-key' })
  return isWithin(address, asked.allowedRanges) ? asked : refuse({ code: 'address-not-allowed' })
}
