import { tellCheckout } from '#src/db/checkouts.ts'
import type { Id } from '#src/domain/ids.ts'
import { earliestEnd } from '#src/domain/payments/payment.ts'
import type { checkoutTold } from '#src/gateways/fastspring/checkout-event.ts'
import type { ProviderEvent } from '#src/gateways/fastspring/envelope.ts'
import type { Deps } from '../deps.ts'
import { commitOnce, eventRow, keptIdOf } from '../orders/keep-event.ts'

/** Notes what the provider says of a checkout that is not paid yet. One that was paid meanwhile stays paid. */
export async function receiveCheckoutEvent(
  deps: Deps,
  event: ProviderEvent,
  { checkout, state }: NonNullable<ReturnType<typeof checkoutTold>>,
): Promise<Id<'letter'>[]> {
  const row = eventRow(deps, await keptIdOf(event), event, { outcome: 'done' })
  await commitOnce(deps, [row, tellCheckout(checkout, state, earliestEnd(event.createdAt ?? deps.now()))])
  return []
}
