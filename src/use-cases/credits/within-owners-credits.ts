import { Violation } from '#src/db/commit.ts'
import { findBalances } from '#src/db/credits.ts'
import { read } from '#src/db/query.ts'
import type { Id } from '#src/domain/ids.ts'
import { refuse } from '#src/domain/refusal.ts'
import type { Deps } from '../deps.ts'
import type { Need } from './within-credits.ts'

/** Credits that one account of several pays. */
export type OwnersNeed = Need & { readonly accountId: Id<'account'> }

/**
 * As `withinCredits`, for an act that several accounts pay: where one of them has too few, nothing is done and the
 * first that falls short is named with its figures. Refuses `insufficient-credits`.
 */
export async function withinOwnersCredits<T>(
  deps: Deps,
  needs: readonly OwnersNeed[],
  committing: () => Promise<T>,
): Promise<T> {
  try {
    return await committing()
  } catch (error) {
    if (!(error instanceof Violation && error.constraint === 'credits_sufficient')) throw error
    const balances = await read(
      deps.db,
      needs.map(({ accountId, offer }) => findBalances(accountId, [offer])),
    )
    const available = balances.map(([row]) => row?.credits ?? 0)
    const at = needs.findIndex(({ quantity }, i) => (available[i] ?? 0) < quantity)
    const { offer, quantity } = needs[Math.max(at, 0)] as OwnersNeed
    return refuse({
      ...{ code: 'insufficient-credits', offer, needed: quantity },
      available: available[Math.max(at, 0)] ?? 0,
    })
  }
}
