import * as z from 'zod'
import { isCurrency, minorOf } from '#src/domain/money.ts'
import { fastspring, type ProviderEvent } from './envelope.ts'
import { amount, count, idOf, instantIn, maybeId } from './values.ts'

const charged = z.object({
  subscription: idOf,
  order: maybeId,
  currency: z.string().refine(isCurrency),
  total: amount,
  sequence: count.nullable().catch(null),
  timestamp: z.unknown().optional(),
})
const expanded = z.object({ subscription: z.object({ quantity: count }) })

/** The money that came in by a charge of a subscription; `null` where the event tells of none. */
export function chargeIn(event: ProviderEvent) {
  const { success, data } = charged.safeParse(event.data)
  if (event.type !== 'subscription.charge.completed' || !success) return null
  const { subscription, order, currency, total, sequence, timestamp } = data
  const totalMinor = minorOf(total, currency)
  if (totalMinor <= 0) return null
  const chargedAt = instantIn(timestamp) ?? event.createdAt ?? null
  if (!chargedAt) return null
  return {
    provider: fastspring,
    providerOrderId: order ?? `${subscription}/${sequence ?? chargedAt.getTime()}`,
    providerSubscriptionId: subscription,
    quantity: expanded.safeParse(event.data).data?.subscription.quantity ?? null,
    ...{ live: event.live, currency, totalMinor, chargedAt },
  }
}
