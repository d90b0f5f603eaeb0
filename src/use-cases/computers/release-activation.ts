import { findActivation } from '#src/db/activations.ts'
import { stillStands } from '#src/db/actors.ts'
import { expect } from '#src/db/expect.ts'
import { refuse } from '#src/domain/refusal.ts'
import { type Asking, readAs } from '../admit.ts'
import type { Deps } from '../deps.ts'
import { commitOnce, earlier, type Once, replayOf } from '../once.ts'
import { byActor } from '../record.ts'
import { releasing, withinBudget } from './releasing.ts'

/**
 * Releases a product from a computer for somebody who is signed in. A customer spends the budget of the license, a seller
 * or the vendor does not (R305). What was released before stays so. Refuses `not-found`, `release-budget`,
 * `release-cooldown`, `idempotency-key-reused`.
 */
export async function releaseActivation(deps: Deps, asking: Asking, id: string, once: Once | null): Promise<void> {
  const { actor, rows } = await readAs(deps, asking, (reach) => [findActivation(reach, id), earlier(asking, once)])
  const activation = rows[0][0] ?? refuse({ code: 'not-found' })
  if (replayOf(once, rows[1]) || activation.releasedAt) return
  const writes = [
    expect('signed-out', stillStands(asking.credential.id)),
    ...releasing(deps, byActor(actor, asking), activation, actor.accountKind === 'customer'),
  ]
  await withinBudget(deps, activation, () =>
    commitOnce(deps, asking, once, writes, { status: 204, response: { id: activation.id } }),
  )
}
