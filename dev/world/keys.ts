import { normalOf } from '#src/domain/activation-keys/code.ts'
import type { Day } from '#src/domain/day.ts'
import type { Id } from '#src/domain/ids.ts'
import { keyCodeFrom } from '#src/domain/licenses/serial.ts'
import { type Doer, tell } from './events.ts'
import { bytesOf } from './ids.ts'
import type { World } from './rows.ts'

type NewKey = {
  readonly id: Id<'activationKey'>
  readonly accountId: Id<'account'>
  readonly name: string
  /** Without one it is made, the same each time. */
  readonly code?: string
  readonly product?: string
  readonly note?: string
  readonly isDefault?: boolean
  readonly limit?: number
  /** The last day on which it activates. */
  readonly expiresOn?: Day
  readonly allowedRanges?: readonly string[]
  readonly at: Date
  readonly by: Doer
}

/** Makes an activation key. */
export function makeKey(world: World, { id, accountId, name, at, by, ...more }: NewKey): Id<'activationKey'> {
  const code = more.code ?? keyCodeFrom(bytesOf(id))
  world.activationKeys.push({
    ...{ id, accountId, name, code, createdAt: at },
    productCode: more.product ?? null,
    note: more.note ?? '',
    isDefault: more.isDefault ?? false,
    computerLimit: more.limit ?? null,
    expiresOn: more.expiresOn ?? null,
    allowedRanges: more.allowedRanges ?? null,
  })
  tell(world, {
    by,
    at,
    accountId,
    action: 'activation-key.created',
    subject: ['activation-key', id, name],
    after: { name, default: more.isDefault ?? false },
  })
  return id
}

type NewRotation = {
  readonly keyId: Id<'activationKey'>
  readonly name: string
  readonly accountId: Id<'account'>
  /** The code that it had. */
  readonly code: string
  readonly at: Date
  readonly validUntil: Date
  readonly by: Doer
}

/** Tells that a key had another code before, good until its grace ends. */
export function rotateKey(world: World, { keyId, name, accountId, code, at, validUntil, by }: NewRotation): void {
  world.formerCodes.push({ code, codeNormal: normalOf(code), keyId, rotatedAt: at, validUntil })
  tell(world, {
    by,
    at,
    accountId,
    action: 'activation-key.rotated',
    subject: ['activation-key', keyId, name],
    after: { oldWorksUntil: validUntil.toISOString() },
  })
}
