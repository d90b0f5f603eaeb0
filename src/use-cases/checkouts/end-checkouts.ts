import { abandonCheckouts } from '#src/db/checkouts.ts'
import { commit } from '#src/db/commit.ts'
import type { Deps } from '../deps.ts'

/** Ends checkouts whose session is over and that nobody paid. Returns how many. */
export async function endCheckouts(deps: Deps): Promise<number> {
  const [set] = await commit(deps.db, [abandonCheckouts(deps.now())])
  return set?.rowsAffected ?? 0
}
