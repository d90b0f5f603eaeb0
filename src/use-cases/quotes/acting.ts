import type { Id } from '#src/domain/ids.ts'
import type { By } from '../record.ts'
import type { PaidQuote } from './read-paid-quote.ts'

/** The order that paid a quote. Its row stands before these statements in the batch; its items are made by them. */
export type QuotePayment = {
  readonly orderId: Id<'order'>
  readonly reference: string
  /** False for the provider's test orders. */
  readonly live: boolean
  /** Where the letter goes. */
  readonly email: string
  readonly provider: string
  readonly providerOrderId: string
}

/** What the statements of each line of a paid quote go by. */
export type Acting = Omit<PaidQuote, 'lines'> & {
  readonly by: By
  readonly payment: QuotePayment
  /** The key that new licenses join. */
  readonly key: { readonly id: Id<'activationKey'>; readonly code: string }
  readonly now: Date
}

/** A line, and the order's item that it becomes. */
export type PaidItem = PaidQuote['lines'][number] & { readonly id: Id<'orderItem'> }
