import type { Id } from '../ids.ts'

/** What became of a payment for a quote: it did what it paid for; it waits for the vendor; it went back. */
export const paymentStates = ['applied', 'held', 'refunded'] as const
export type PaymentState = (typeof paymentStates)[number]

/** Why a payment waits for the vendor instead of doing what it paid for. */
export const paymentProblems = [
  'quote-unknown',
  'quote-paid',
  'quote-stale',
  'quote-expired',
  'wrong-currency',
  'wrong-amount',
  'impossible',
] as const
export type PaymentProblem = (typeof paymentProblems)[number]

export const paymentProblemWords: Record<PaymentProblem, string> = {
  'quote-unknown': 'No quote has the number that came with it',
  'quote-paid': 'The quote was paid before',
  'quote-stale': 'What the quote was made for was changed meanwhile',
  'quote-expired': 'It was paid after the quote ended',
  'wrong-currency': 'It was paid in another currency than quoted',
  'wrong-amount': 'Another amount was paid than quoted',
  impossible: 'The database refused what the quote asks for',
}

/** A payment as the vendor's list shows it. */
export type PaymentSummary = {
  readonly id: Id<'payment'>
  readonly reference: string
  readonly live: boolean
  readonly currency: string
  readonly totalMinor: number
  readonly taxMinor: number
  readonly email: string
  readonly name: string
  readonly quoteId: string | null
  readonly state: PaymentState
  readonly problem: PaymentProblem | null
  readonly paidAt: Date
  readonly receivedAt: Date
  readonly settledAt: Date | null
  readonly settledBy: string | null
  readonly version: number
}

/** Which payments a list shows: those that wait for the vendor, or all. */
export type PaymentFilter = { readonly state: 'held' | 'all' }
