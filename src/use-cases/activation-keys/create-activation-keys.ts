import { stillStands } from '#src/db/actors.ts'
import { expect } from '#src/db/expect.ts'
import { wereGiven } from '#src/db/given-products.ts'
import { findKeyProduct, type KeyProduct } from '#src/db/key-products.ts'
import { insertActivationKeys, madeKeys } from '#src/db/key-writes.ts'
import type { Actor } from '#src/domain/accounts/actor.ts'
import type { KeptFields } from '#src/domain/activation-keys/fields.ts'
import { type KeyDraft, keysFrom } from '#src/domain/activation-keys/wanted.ts'
import { dayOf } from '#src/domain/day.ts'
import type { Id } from '#src/domain/ids.ts'
import { keyCodeFrom } from '#src/domain/licenses/serial.ts'
import { refuse } from '#src/domain/refusal.ts'
import { type Asking, readAs } from '../admit.ts'
import type { Deps } from '../deps.ts'
import { type Answer, commitOnce, earlier, type Once, replayOf } from '../once.ts'
import { byActor, record } from '../record.ts'

/** A key as it was made; plain data, as it is kept to be answered again. */
export type MadeKey = KeptFields & {
  readonly id: Id<'activationKey'>
  readonly code: string
  readonly productCode: string | null
  readonly isDefault: boolean
  /** Milliseconds. */
  readonly createdAt: number
}

/**
 * Makes one key of a chosen or random code, or many random ones (R93–R98 R208 R209, Decision 5); the first of a product
 * is its default. Refuses `invalid-request`, `product-not-given`, `idempotency-key-reused`, and `activation-key-taken`
 * without telling whose it is.
 */
export async function createActivationKeys(
  deps: Deps,
  asking: Asking,
  draft: KeyDraft,
  once: Once | null,
): Promise<Answer<readonly MadeKey[]>> {
  const { actor, rows } = await readAs(deps, asking, (reach) => [
    findKeyProduct(reach, draft.product),
    earlier(asking, once),
  ])
  const replay = replayOf<readonly MadeKey[]>(once, rows[1])
  if (replay) return replay
  const createdAt = deps.now()
  const wanted = keysFrom(draft, dayOf(createdAt))
  const product = productFor(actor, draft.product, rows[0])
  const accountId = actor.account.id
  const keys = wanted.map(({ name, code: chosen, ...key }) => {
    const code = chosen ?? keyCodeFrom(deps.random(16))
    const own = { id: deps.newId('activationKey'), code, name: name ?? `${product?.name} ${code.slice(0, 4)}` }
    return { ...key, ...own, accountId, productCode: product?.code ?? null, createdAt }
  })
  const by = byActor(actor, asking)
  const writes = [
    expect('signed-out', stillStands(asking.credential.id)),
    ...(product ? [expect('product-not-given', wereGiven(accountId, [product.code]))] : []),
    insertActivationKeys(keys),
    ...keys.map(({ id, name, note, computerLimit, expiresOn, allowedRanges }) =>
      record(deps, by, {
        action: 'activation-key.created',
        accountId,
        subject: { kind: 'activation-key', id, name },
        after: filled({ name, product: product?.name, note, computerLimit, expiresOn, allowedRanges }),
      }),
    ),
  ]
  return commitOnce<readonly MadeKey[]>(deps, asking, once, writes, {
    status: 201,
    response: madeKeys(keys.map(({ id }) => id)),
  })
}

/** What somebody set, without what was left empty. */
const filled = (fields: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== '' && (value ?? null) !== null))

/** The product that the keys are for; the vendor has every one, everybody else those they were given. */
function productFor(actor: Actor, code: string, [product]: readonly KeyProduct[]): KeyProduct | null {
  if (code === '') return null
  const has = product && !product.withdrawnAt && (actor.accountKind === 'vendor' || product.given)
  return has ? product : refuse({ code: 'product-not-given' })
}
