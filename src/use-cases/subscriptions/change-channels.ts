import { stillStands } from '#src/db/actors.ts'
import { expect, expectOne } from '#src/db/expect.ts'
import {
  findSubscription,
  isNotCanceled,
  type SubscriptionRow,
  touchSubscription,
  updateChannels,
} from '#src/db/subscriptions.ts'
import { refuse } from '#src/domain/refusal.ts'
import { channelsFrom } from '#src/domain/subscriptions/draft.ts'
import { type Asking, readAs } from '../admit.ts'
import type { Deps } from '../deps.ts'
import { commitOnce, earlier, type Once, replayOf } from '../once.ts'
import { byActor, record } from '../record.ts'

export type ChannelChange = {
  readonly id: string
  /** The version that is changed; `any` whatever it is by now, `null` where nobody said. */
  readonly version: number | 'any' | null
  readonly channels: string
}

/**
 * Changes how many sessions a customer may run at once, from now on, and returns the subscription as it then is. Refuses
 * `not-found`, `precondition-required`, `invalid-request`, `subscription-canceled`, `subscription-of-shop`, `version-mismatch`,
 * `idempotency-key-reused`.
 */
export async function changeChannels(
  deps: Deps,
  asking: Asking,
  { id, version, channels: typed }: ChannelChange,
  once: Once | null,
): Promise<SubscriptionRow> {
  const { actor, rows } = await readAs(deps, asking, (reach) => [findSubscription(reach, id), earlier(asking, once)])
  const [[found], answered] = rows
  if (!found) return refuse({ code: 'not-found' })
  if (replayOf(once, answered)) return found
  if (version === null) refuse({ code: 'precondition-required' })
  const channels = channelsFrom(typed)
  if (typeof channels !== 'number') return refuse({ code: 'invalid-request', errors: [channels] })
  if (found.canceledAt !== null) refuse({ code: 'subscription-canceled' })
  if (found.providerSubscriptionId !== null) refuse({ code: 'subscription-of-shop' })
  if (version !== 'any' && version !== found.version) refuse({ code: 'version-mismatch' })
  if (channels === found.channels) return found
  const changed = { ...found, channels, version: found.version + 1 }
  const writes = [
    expect('signed-out', stillStands(asking.credential.id)),
    expect('subscription-canceled', isNotCanceled(found.id)),
    touchSubscription(found.id, found.version),
    expectOne('version-mismatch'),
    updateChannels(found.licenseId, channels),
    record(deps, byActor(actor, asking), {
      action: 'subscription.channels-changed',
      accountId: found.accountId,
      subject: { kind: 'subscription', id: found.id, name: found.serial },
      before: { channels: found.channels },
      after: { channels },
    }),
  ]
  await commitOnce(deps, asking, once, writes, { status: 200, response: { version: changed.version } })
  return changed
}
