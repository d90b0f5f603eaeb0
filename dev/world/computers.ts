import { addressKey } from '#src/domain/address.ts'
import type { Id } from '#src/domain/ids.ts'
import { digestOf, idOf, nameIn } from './ids.ts'
import type { World } from './rows.ts'

type NewComputer = {
  readonly name: string
  readonly accountId: Id<'account'>
  readonly ip: string
  readonly at: Date
  /** The last successful check-in, or never. */
  readonly seenAt: Date | null
  readonly products: readonly Installed[]
  readonly groupId?: Id<'computerGroup'>
  /** Where it was removed since: when, and with which others. */
  readonly removed?: { readonly at: Date; readonly id: Id<'removal'> }
}

export type Installed = {
  readonly product: string
  readonly version: string
  readonly keyId: Id<'activationKey'>
  readonly licenseId?: Id<'license'>
}

/** Registers a computer and activates products on it. */
export function register(world: World, { name, accountId, ip, at, seenAt, products, ...more }: NewComputer): void {
  const slug = `${nameIn(accountId)}-${name.toLowerCase().replace(/[^a-z0-9]+/g, '-')}`
  const id = idOf('computer', slug)
  const fingerprint = digestOf(`fingerprint ${slug}`).slice(0, 32)
  world.computers.push({
    ...{ id, accountId, fingerprint, name, hostname: name, ip, ipKey: addressKey(ip) },
    ...{ registeredAt: at, lastCheckInAt: seenAt, groupId: more.groupId ?? null, removedAt: more.removed?.at ?? null },
  })
  for (const { product, version, keyId, licenseId } of products) {
    const activation = idOf('activation', `${slug}-${product}`)
    world.activations.push({
      ...{ id: activation, computerId: id, accountId, productCode: product, keyId, licenseId: licenseId ?? null },
      ...{ tokenHash: digestOf(activation), installed: [{ code: product, version }] },
      ...{ activatedAt: at, lastCheckInAt: seenAt },
      ...{ releasedAt: more.removed?.at ?? null, removalId: more.removed?.id ?? null },
    })
  }
}
