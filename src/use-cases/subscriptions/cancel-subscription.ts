import { stillStands } from '#src/db/actors.ts'
import { expect, expectOne } from '#src/db/expect.ts'
import { cancelSubscriptionRow, findSubscription, isNotCanceled } from '#src/db/subscriptions.ts'
import { refuse } from '#src/domain/refusal.ts'
import { type Renewal, renewalOf } from '#src/domain/subscriptions/subscription.ts'
import { type Asking, readAs } from '../admit.ts'
import type { Deps } from '../deps.ts'
import { commitOnce, earlier, type Once, replayOf } from '../once.ts'
import { byActor, record } from '../record.ts'
import { askShop } from './ask-shop.ts'

/**
 * Cancels a subscription at the end of the term that runs: it works to its last day and is not renewed. Where the shop
 * charges it, the shop is asked. Returns who ends it. Refuses `not-found`, `subscription-canceled`, `version-mismatch` where it was changed at
 * the same moment, `idempotency-key-reused`, and what `askShop` refuses.
 */
export async function cancelSubscription(
  deps: Deps,
  asking: Asking,
  id: string,
  once: Once | null,
): Promise<{ readonly by: Renewal }> {
  const { actor, rows } = await readAs(deps, asking, (reach) => [findSubscription(reach, id), earlier(asking, once)])
  const [[found], answered] = rows
  if (!found) return refuse({ code: 'not-found' })
  const by = renewalOf(found)
  if (replayOf(once, answered)) return { by }
  if (found.canceledAt !== null) refuse({ code: 'subscription-canceled' })
  if (by === 'shop') {
    await askShop(deps, asking, { actor, found, act: 'cancel', once })
    return { by }
  }
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
  return { by }
}
