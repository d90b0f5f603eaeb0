import * as z from 'zod'
import { isCurrency, minorOf } from '#src/domain/money.ts'
import type { ShopReturn } from '#src/domain/orders/shop-return.ts'
import { fastspring, type ProviderEvent } from './envelope.ts'
import { reasonOf } from './order-completed.ts'
import { amount, count, idOf, instantIn, line, maybeId, maybeLine } from './values.ts'

const path = z.union([line, z.object({ product: line }).transform(({ product }) => product)])
const item = z.object({ product: path, quantity: count.nullish(), subtotal: amount.nullish() })
const original = z.object({ order: maybeId, id: maybeId, reference: maybeLine }).partial().nullable().catch(null)

const returnData = z.object({
  return: idOf.optional().catch(undefined),
  id: idOf.optional().catch(undefined),
  reference: maybeLine,
  live: z.unknown().optional(),
  changed: z.unknown().optional(),
  changedInSeconds: z.unknown().optional(),
  currency: z.string().refine(isCurrency),
  totalReturn: amount,
  reason: maybeLine,
  original,
  order: maybeId,
  items: z.array(item).max(500).nullish(),
})

/**
 * Reads a `return.created` event. The refunded order stands under `original`, as an id, an object, or both; older bodies
 * say `order`. Says in a sentence why it cannot be read.
 */
export function shopReturnOf(event: ProviderEvent, receivedAt: Date): { refund: ShopReturn } | { unreadable: string } {
  const parsed = returnData.safeParse(event.data)
  if (!parsed.success) return { unreadable: reasonOf(parsed.error) }
  const { data } = parsed
  const providerReturnId = data.return ?? data.id
  if (!providerReturnId) return { unreadable: 'return: no id' }
  const providerOrderId = data.original?.order ?? data.original?.id ?? data.order
  const orderReference = data.original?.reference ?? null
  if (!providerOrderId && !orderReference) return { unreadable: 'original: no order that it refunds' }
  const seconds = typeof data.changedInSeconds === 'number' ? data.changedInSeconds * 1000 : null
  const refund: ShopReturn = {
    provider: fastspring,
    providerReturnId,
    reference: data.reference ?? providerReturnId,
    providerOrderId,
    orderReference,
    live: event.live && data.live !== false,
    returnedAt: instantIn(data.changed) ?? instantIn(seconds) ?? event.createdAt ?? receivedAt,
    currency: data.currency,
    totalMinor: minorOf(data.totalReturn, data.currency),
    reason: data.reason,
    items: (data.items ?? []).map((one) => ({
      path: one.product,
      quantity: one.quantity ?? 1,
      subtotalMinor: minorOf(one.subtotal ?? 0, data.currency),
    })),
  }
  return Number.isSafeInteger(refund.totalMinor) && refund.totalMinor >= 0
    ? { refund }
    : { unreadable: 'totalReturn: an amount that no refund has' }
}
