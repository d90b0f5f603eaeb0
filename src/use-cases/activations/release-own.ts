import { commit } from '#src/db/commit.ts'
import { findMachine } from '#src/db/machines.ts'
import { read } from '#src/db/query.ts'
import { releasing, withinBudget } from '../computers/releasing.ts'
import type { Deps } from '../deps.ts'
import { refusing } from '../refusing.ts'
import { bySoftware, type From, type Holder, owned, releasable } from './software.ts'

/**
 * Releases the product from the computer that it runs on; once released it stays so. The customer's side does it, so it
 * counts. Refuses `activation-token-invalid`, `release-budget`, `release-cooldown`.
 */
export async function releaseOwn(deps: Deps, holder: Holder, from: From): Promise<void> {
  const [[found]] = await read(deps.db, [findMachine(holder.id)])
  const machine = await owned(holder.token, found)
  if (machine.releasedAt) return
  const activation = releasable(machine)
  const writes = releasing(deps, bySoftware(machine.computer, from), activation, true)
  await withinBudget(deps, activation, () => refusing(() => commit(deps.db, writes)))
}
