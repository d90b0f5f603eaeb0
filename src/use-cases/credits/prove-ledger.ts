import { commit } from '#src/db/commit.ts'
import { listLostBalances, listWrongBalances } from '#src/db/ledger.ts'
import { read } from '#src/db/query.ts'
import { dayOf } from '#src/domain/day.ts'
import type { Deps } from '../deps.ts'
import { post } from '../record.ts'

/**
 * Proves that each balance is the sum of its ledger; where one is not, writes to the vendor, once a day. Mends nothing:
 * which of the two is right is for a person to say. Returns how many are wrong, at most 200.
 */
export async function proveLedger(deps: Deps): Promise<number> {
  const [unequal, lost] = await read(deps.db, [listWrongBalances(), listLostBalances()])
  const wrong = [...unequal, ...lost.map((one) => ({ ...one, balance: 0 }))]
  if (wrong.length === 0) return 0
  const day = dayOf(deps.now())
  deps.log({ level: 'error', message: 'ledger proof failed', day, wrong: wrong.length })
  const letter = { template: 'ledger-proof', accountId: null, to: deps.settings.supportEmail } as const
  await commit(deps.db, [post(deps, { ...letter, once: day, params: { day, wrong } })])
  return wrong.length
}
