import { stillStands } from '#src/db/actors.ts'
import { updateRemoveStale } from '#src/db/computer-writes.ts'
import { expect, expectOne } from '#src/db/expect.ts'
import { findRemoveStale } from '#src/db/stale-computers.ts'
import { staleDaysFrom } from '#src/domain/computers/edit.ts'
import { refuse } from '#src/domain/refusal.ts'
import { type Asking, readAs } from '../admit.ts'
import type { Deps } from '../deps.ts'
import { commitOnce, earlier, type Once, replayOf } from '../once.ts'
import { byActor, record } from '../record.ts'

/**
 * Sets after how many days without a check-in the clock removes the account's computers; empty for never. Refuses
 * `invalid-request`, `version-mismatch` where somebody set it in the same moment, `idempotency-key-reused`.
 */
export async function setRemoveStale(deps: Deps, asking: Asking, typed: string, once: Once | null) {
  const { actor, rows } = await readAs(deps, asking, (reach) => [findRemoveStale(reach), earlier(asking, once)])
  const [[account], answered] = rows
  if (!account) return refuse({ code: 'not-found' })
  const days = staleDaysFrom(typed)
  if (replayOf(once, answered) || days === account.days) return days
  const writes = [
    expect('signed-out', stillStands(asking.credential.id)),
    updateRemoveStale(account.id, account.days, days),
    expectOne('version-mismatch'),
    record(deps, byActor(actor, asking), {
      action: 'account.edited',
      accountId: account.id,
      subject: { kind: 'account', id: account.id, name: account.name },
      before: { removeStaleAfterDays: account.days },
      after: { removeStaleAfterDays: days },
    }),
  ]
  await commitOnce(deps, asking, once, writes, { status: 200, response: { days } })
  return days
}
