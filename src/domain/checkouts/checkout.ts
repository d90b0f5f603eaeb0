/**
 * `open`: the buyer was sent to the provider; `waiting`: the provider was told to be paid and its signed word has not
 * come; `paid`: applied; `declined`, `abandoned`: nothing was paid; `stale`: paid, but what it paid for is gone or was
 * paid before, and the vendor settles it; `refunded`.
 */
export const checkoutStates = ['open', 'waiting', 'paid', 'declined', 'abandoned', 'stale', 'refunded'] as const
export type CheckoutState = (typeof checkoutStates)[number]
