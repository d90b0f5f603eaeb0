import { stillStands } from '#src/db/actors.ts'
import { expect, expectOne } from '#src/db/expect.ts'
import { cancelSubscriptionRow, findSubscription, isNotCanceled, type SubscriptionRow } from '#src/db/subscriptions.ts'
import { refuse } from '#src/domain/refusal.ts'
import { type Asking, readAs } from '../admit.ts'
import type { Deps } from '../deps.ts'
import { commitOnce, earlier, type Once, replayOf } from '../once.ts'
import { byActor, record } from '../record.ts'

/**
 * Cancels a subscription at the end of the term that runs, and returns it as it then is: it works to its last day and is
 * not renewed. Refuses `not-found`, `subscription-canceled`, `subscription-of-shop`, `version-mismatch` where it was changed at the same moment,
 * `idempotency-key-reused`.
 */
export async function cancelSubscription(
  deps: Deps,
  asking: Asking,
  id: string,
  once: Once | null,
): Promise<SubscriptionRow> {
  const { actor, rows } = await readAs(deps, asking, (reach) => [findSubscription(reach, id), earlier(asking, once)])
  const [[found], answered] = rows
  if (!found) return refuse({ code: 'not-found' })
  if (replayOf(once, answered)) return found
  if (found.canceledAt !== null) refuse({ code: 'subscription-canceled' })
  if (found.providerSubscriptionId !== null) refuse({ code: 'subscription-of-shop' })
  const now = deps.now()
  const { accountId, serial: name, version, endsOn } = found
  const writes = [
    expect('signed-out', stillStands(asking.credential.id)),
    expect('subscription-canceled', isNotCanceled(found.id)),
    cancelSubscriptionRow(found.id, version, now),
    expectOne('version-mismatch'),
    record(deps, byActor(actor, asking), {
      action: 'subscription.canceled',
      accountId,
      subject: { kind: 'subscription', id: found.id, name },
      after: { endsOn },
    }),
  ]
  await commitOnce(deps, asking, once, writes, { status: 201, response: { version: version + 1 } })
  return { ...found, canceledAt: now, version: version + 1 }
}
