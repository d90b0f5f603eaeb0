import type { PaymentRow } from '#src/db/payments.ts'
import type { Column } from '#src/http/csv.ts'

/** A payment for a quote as the API shows it. `problem` says why it is held. */
export const paymentShape = (row: PaymentRow) => ({
  id: row.id,
  reference: row.reference,
  test: !row.live,
  quote: row.quoteId,
  checkout: row.checkoutId,
  name: row.name,
  email: row.email,
  total: { minor: row.totalMinor, currency: row.currency },
  tax: { minor: row.taxMinor, currency: row.currency },
  state: row.state,
  problem: row.problem,
  paidAt: row.paidAt.toISOString(),
  settledAt: row.settledAt?.toISOString() ?? null,
  settledBy: row.settledBy,
})

/** The same for a CSV, flat. */
export const paymentColumns: readonly Column<PaymentRow>[] = [
  ['id', (row) => row.id],
  ['reference', (row) => row.reference],
  ['quote', (row) => row.quoteId],
  ['email', (row) => row.email],
  ['totalMinor', (row) => row.totalMinor],
  ['taxMinor', (row) => row.taxMinor],
  ['currency', (row) => row.currency],
  ['state', (row) => row.state],
  ['problem', (row) => row.problem],
  ['paidAt', (row) => row.paidAt.toISOString()],
]
