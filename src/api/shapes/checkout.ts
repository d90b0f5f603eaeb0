import type { CheckoutRow } from '#src/db/checkouts.ts'
import { checkoutStanding } from '#src/domain/checkouts/standing.ts'

/** A checkout as the API shows it. `url` is where it is paid; `reference` the shop's number of the order that paid it. */
export const checkoutShape = (row: CheckoutRow, now: Date) => ({
  id: row.id,
  quote: row.quoteId,
  state: checkoutStanding(row, { outcome: null, looked: 0 }, now),
  total: { minor: row.dueMinor, currency: row.currency },
  url: row.sessionUrl,
  expiresAt: row.expiresAt.toISOString(),
  reference: row.reference ?? row.orderReference,
  paidAt: row.paidAt?.toISOString() ?? null,
  createdAt: row.createdAt.toISOString(),
})
