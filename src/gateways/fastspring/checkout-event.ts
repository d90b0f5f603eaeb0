import * as z from 'zod'
import type { CheckoutState } from '#src/domain/checkouts/checkout.ts'
import type { ProviderEvent } from './envelope.ts'

/** What the provider says of a checkout that is not paid yet. */
const states: Readonly<Record<string, Extract<CheckoutState, 'waiting' | 'declined'>>> = {
  'order.payment.pending': 'waiting',
  'order.approval.pending': 'waiting',
  'order.failed': 'declined',
  'order.canceled': 'declined',
}

const tagged = z.object({ tags: z.object({ checkout: z.string().regex(/^[\w-]{1,64}$/) }) })

/** The checkout of ours that an event tells of, and how it stands; `null` for any other event. */
export function checkoutTold({ type, data }: ProviderEvent) {
  const state = Object.hasOwn(states, type) ? states[type] : undefined
  const checkout = tagged.safeParse(data).data?.tags.checkout
  return state && checkout ? { checkout, state } : null
}
