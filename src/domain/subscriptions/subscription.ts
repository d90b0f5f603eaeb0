/** How long a term of a subscription lasts. */
export const subscriptionTerms = ['month', 'year'] as const
export type SubscriptionTerm = (typeof subscriptionTerms)[number]
