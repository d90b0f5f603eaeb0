import { settleCheckout } from '#src/db/checkouts.ts'
import { type PaymentRow, settlePayment } from '#src/db/payments.ts'
import type { Write } from '#src/db/query.ts'
import { updateQuoteRefunded } from '#src/db/quotes.ts'
import type { Id } from '#src/domain/ids.ts'
import type { Deps } from '../deps.ts'
import type { By } from '../record.ts'
import { payerLetter } from './payer-letter.ts'

/**
 * A payment that went back in full: it is settled, and so are its checkout and the quote that waited with it. Whose payment
 * was held is told by a letter of its own; what did something is told with its order.
 */
export function refunded(deps: Deps, by: By, payment: PaymentRow) {
  const told = payment.state === 'held' ? [payerLetter(deps, 'payment-refunded', payment)] : []
  const writes: Write[] = [
    settlePayment(payment.id, null, { state: 'refunded', at: deps.now(), by: by.name }),
    ...leftBehind(deps, payment),
    ...told.map(({ write }) => write),
  ]
  return { writes, letters: told.map(({ id }) => id) }
}

/** What stands behind a payment that went back. A quote that another payment applied stays as it is. */
export const leftBehind = (
  deps: Deps,
  { quoteId, checkoutId, providerOrderId, problem, accountId }: PaymentRow,
): Write[] => [
  ...(checkoutId ? [settleCheckout(checkoutId, providerOrderId, 'refunded', deps.now())] : []),
  ...(accountId && problem !== 'quote-paid' ? [updateQuoteRefunded(quoteId as Id<'quote'>)] : []),
]
