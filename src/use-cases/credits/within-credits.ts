import { Violation } from '#src/db/commit.ts'
import { findBalances } from '#src/db/credits.ts'
import { read } from '#src/db/query.ts'
import type { Id } from '#src/domain/ids.ts'
import { refuse } from '#src/domain/refusal.ts'
import type { Deps } from '../deps.ts'

/** Credits of one offer that an act takes from an account. */
export type Need = { readonly offer: string; readonly quantity: number }

/**
 * Runs a commit that spends or gives credits; where the schema says there are too few, reads what is there and refuses
 * `insufficient-credits` with the figures. Nothing of the act is left.
 */
export async function withinCredits<T>(
  deps: Deps,
  accountId: Id<'account'>,
  needs: readonly Need[],
  committing: () => Promise<T>,
): Promise<T> {
  try {
    return await committing()
  } catch (error) {
    if (!(error instanceof Violation && error.constraint === 'credits_sufficient')) throw error
    const codes = needs.map((need) => need.offer)
    const [balances] = await read(deps.db, [findBalances(accountId, codes)])
    const held = new Map(balances.map(({ offerCode, credits }) => [offerCode, credits]))
    const short = needs.find((need) => (held.get(need.offer) ?? 0) < need.quantity) ?? needs[0]
    if (!short) throw error
    return refuse({
      code: 'insufficient-credits',
      offer: short.offer,
      needed: short.quantity,
      available: held.get(short.offer) ?? 0,
    })
  }
}
