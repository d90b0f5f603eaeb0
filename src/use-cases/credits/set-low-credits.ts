import { updateLowCredits } from '#src/db/accounts.ts'
import { stillStands } from '#src/db/actors.ts'
import { commit } from '#src/db/commit.ts'
import { expect } from '#src/db/expect.ts'
import { findCreditAccount } from '#src/db/ledger.ts'
import { lowCreditsError, lowCreditsFrom } from '#src/domain/credits/credit.ts'
import { refuse } from '#src/domain/refusal.ts'
import { type Asking, readAs } from '../admit.ts'
import type { Deps } from '../deps.ts'
import { byActor, record } from '../record.ts'
import { refusing } from '../refusing.ts'

/** Sets from how many credits on an offer of one's own counts as low. Refuses `invalid-request`. */
export async function setLowCredits(deps: Deps, asking: Asking, typed: string): Promise<void> {
  const { actor, rows } = await readAs(deps, asking, (reach) => [findCreditAccount(reach, null)])
  const [[account]] = rows
  const lowCreditsAt = lowCreditsFrom(typed)
  if (lowCreditsAt === null) return refuse({ code: 'invalid-request', errors: [lowCreditsError] })
  if (!account || account.lowCreditsAt === lowCreditsAt) return
  const { id, name } = account
  await refusing(() =>
    commit(deps.db, [
      expect('signed-out', stillStands(asking.credential.id)),
      updateLowCredits(id, lowCreditsAt),
      record(deps, byActor(actor, asking), {
        ...{ action: 'account.edited', accountId: id, subject: { kind: 'account', id, name } },
        ...{ before: { lowCreditsAt: account.lowCreditsAt }, after: { lowCreditsAt } },
      }),
    ]),
  )
}
