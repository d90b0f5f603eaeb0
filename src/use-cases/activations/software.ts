import type { ReleasableRow } from '#src/db/activations.ts'
import type { Machine } from '#src/db/machines.ts'
import type { Told } from '#src/domain/activations/told.ts'
import { refuse } from '#src/domain/refusal.ts'
import { fingerprintOf } from '#src/gateways/secrets.ts'
import type { Deps } from '../deps.ts'
import type { By } from '../record.ts'

/** Where a request of some software came from; `carriedBy` is who carries it for a computer without a line. */
export type From = { readonly address: string; readonly requestId: string; readonly carriedBy?: By }

/** What software sends to be activated; `replace` is the id of a computer that is released for it. */
export type Activation = Told & {
  readonly activationKey: string
  readonly product: string
  readonly replace: string | null
}

/** `isNew`: with a token that was not handed out before. `goodUntil`: the code that was used was rotated out. */
export type Activated = {
  readonly machine: Machine
  readonly token: string
  readonly isNew: boolean
  readonly goodUntil: Date | null
  /** What the key holds, by product and edition. */
  readonly held: readonly { readonly product: string; readonly edition: string }[]
}

/** Which activation the software says it is, and the token by which it shows that. */
export type Holder = { readonly id: string; readonly token: string }

/** The token of an activation: computed again whenever it is asked for; the row keeps its hash (Decision 15). */
export const tokenOf = (deps: Deps, { id, generation }: { id: string; generation: number }): Promise<string> =>
  deps.secrets.tokenFor('activation', `${id}.${generation}`)

/** The software on a computer as who acts, or who carries its request. */
export const bySoftware = ({ id, name }: { id: string; name: string }, { address, requestId, carriedBy }: From): By =>
  carriedBy ?? { kind: 'computer', id, name, address, requestId }

/**
 * The activation that a token opens. Refuses `activation-token-invalid`, the same for one that does not exist;
 * `activation-released`, so that the software stops; `account-suspended`.
 */
export async function opened({ token }: Holder, [machine]: readonly Machine[]): Promise<Machine> {
  const found = await owned(token, machine)
  if (found.releasedAt) refuse({ code: 'activation-released' })
  return found.suspended ? refuse({ code: 'account-suspended' }) : found
}

/** The same, released ones too. */
export async function owned(token: string, machine: Machine | undefined): Promise<Machine> {
  if (!machine || machine.tokenHash !== (await fingerprintOf(token))) refuse({ code: 'activation-token-invalid' })
  return machine
}

/** An activation as a release needs it. */
export const releasable = ({ id, accountId, computer, product, license, releasedAt }: Machine): ReleasableRow => ({
  ...{ id, accountId, releasedAt, computerId: computer.id, computerName: computer.name },
  ...{ productCode: product.code, productName: product.name },
  ...{ licenseId: license?.id ?? null, serial: license?.serial ?? null },
  ...{ releasesPerYear: product.releasesPerYear, releaseCooldownHours: product.releaseCooldownHours },
})
