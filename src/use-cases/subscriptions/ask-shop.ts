import { stillStands } from '#src/db/actors.ts'
import { expect } from '#src/db/expect.ts'
import type { SubscriptionRow } from '#src/db/subscriptions.ts'
import type { Actor } from '#src/domain/accounts/actor.ts'
import { refuse } from '#src/domain/refusal.ts'
import { mayAskShop } from '#src/domain/subscriptions/subscription.ts'
import { type ShopAct, ShopUnavailable } from '#src/gateways/checkout.ts'
import type { Asking } from '../admit.ts'
import type { Deps } from '../deps.ts'
import { commitOnce, type Once } from '../once.ts'
import { byActor, record } from '../record.ts'

/**
 * Asks the shop to end a subscription that it charges with its term, or to go on with it. Nothing changes here: the
 * shop's webhook tells what came of it, and license and subscription follow that alone. Refuses `subscription-of-shop` to
 * sellers between vendor and customer, `shop-closed`, `shop-unavailable`.
 */
export async function askShop(
  deps: Deps,
  asking: Asking,
  { actor, found, act, once }: { actor: Actor; found: SubscriptionRow; act: ShopAct; once: Once | null },
): Promise<void> {
  const { providerSubscriptionId: id, channels, term, startsOn, endsOn } = found
  if (id === null || !mayAskShop(found, actor)) return refuse({ code: 'subscription-of-shop' })
  if (deps.checkout.provider === null) return refuse({ code: 'shop-closed' })
  try {
    await deps.checkout.changeSubscription({ id, act, quantity: channels, term, startsOn, endsOn }, deps.now())
  } catch (error) {
    if (!(error instanceof ShopUnavailable)) throw error
    deps.log({ level: 'error', message: `no ${act} at the shop`, subscription: found.id, error: error.message })
    return refuse({ code: 'shop-unavailable', retryAfter: 30 })
  }
  const writes = [
    expect('signed-out', stillStands(asking.credential.id)),
    record(deps, byActor(actor, asking), {
      action: act === 'cancel' ? 'subscription.cancellation-asked' : 'subscription.resumption-asked',
      accountId: found.accountId,
      subject: { kind: 'subscription', id: found.id, name: found.serial },
      after: { endsOn },
    }),
  ]
  await commitOnce(deps, asking, once, writes, { status: 201, response: { id: found.id } })
}
