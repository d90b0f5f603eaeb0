import type { SubscriptionState } from './subscription.ts'

export const subscriptionSorts = ['-started', 'started'] as const
export type SubscriptionSort = (typeof subscriptionSorts)[number]

/** Which subscriptions a list shows and in what order: what the URL of the page says, and of the API call. */
export type SubscriptionFilter = {
  readonly q: string
  readonly state: SubscriptionState | null
  readonly sort: SubscriptionSort
}
