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
  'refunded-before',
  'test-order',
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
  'refunded-before': 'The shop gave it back before it told of it',
  'test-order': 'It is a test order: nothing was paid',
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
/** What was to be paid, and what the shop says was. */
type Paid = {
  readonly currency: string
  readonly totalMinor: number
  readonly taxMinor: number
  readonly orderedAt: Date
}
type Quoted = {
  readonly currency: string
  readonly totalMinor: number
  readonly validUntil: Date
  /** Whether the shop told of this payment while the quote held: a bank transfer takes some days. */
  readonly wasUnderWay: boolean
}

/** An hour: a payment that was begun while the quote held may end a little later. */
const leeway = 3_600_000

/** Quotes that end before this are over for a payment that is begun at a time. */
export const earliestEnd = (begun: Date): Date => new Date(begun.getTime() - leeway)

/**
 * What is wrong with a payment for a quote, or null. Prices are quoted without tax: the provider adds it, or counts it
 * in, so the quoted amount is found before tax or with it.
 */
export function problemWith(paid: Paid, quoted: Quoted): PaymentProblem | null {
  if (paid.currency !== quoted.currency) return 'wrong-currency'
  if (!isAmountOf(paid, quoted.totalMinor)) return 'wrong-amount'
  return !quoted.wasUnderWay && quoted.validUntil < earliestEnd(paid.orderedAt) ? 'quote-expired' : null
}

/** Whether the amount that was quoted is found in what was paid, before tax or with it. */
const isAmountOf = ({ totalMinor, taxMinor }: Paid, quotedMinor: number): boolean =>
  totalMinor === quotedMinor || totalMinor - taxMinor === quotedMinor

/** What lines of a quote cost by what was paid for them in the end: each its share, together all of it before tax. */
export function sharesOf(dueMinor: readonly number[], paid: Paid): number[] {
  const totalMinor = dueMinor.reduce((sum, one) => sum + one, 0)
  if (isAmountOf(paid, totalMinor)) return [...dueMinor]
  const paidMinor = Math.max(0, paid.totalMinor - paid.taxMinor)
  let [so, far] = [0, 0]
  return dueMinor.map((one) => {
    const before = far
    so += one
    far = Math.round(paidMinor * (so / totalMinor))
    return far - before
  })
}
