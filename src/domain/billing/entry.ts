import type { Day } from '../day.ts'
import type { Id } from '../ids.ts'

/** Why the balance went up or down. */
export const balanceReasons = ['charge', 'top-up', 'refund'] as const
export type BalanceReason = (typeof balanceReasons)[number]

export const balanceReasonNames: Record<BalanceReason, string> = {
  charge: 'Monthly charge',
  'top-up': 'Payment received',
  refund: 'Refund',
}

/** A line of the ledger: an amount that came or went, and what was there after it. */
export type BalanceLine = {
  readonly id: Id<'balanceEntry'>
  readonly at: Date
  readonly reason: BalanceReason
  readonly currency: string
  readonly amountMinor: number
  readonly balanceAfterMinor: number
  readonly note: string
  readonly orderReference: string | null
  /** What a month was charged for. */
  readonly charge: ChargeLine | null
}

/** How a charge was reckoned: `servers × unitMinor`, for the month that begins on `period`. */
export type ChargeLine = {
  readonly productName: string
  readonly productCode: string
  readonly period: Day
  readonly servers: number
  readonly minQuantity: number
  readonly unitMinor: number
}

/** Which lines of the ledger. */
export type BalanceFilter = { readonly reason: BalanceReason | null }
