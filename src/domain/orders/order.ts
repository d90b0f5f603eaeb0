import type { Day } from '../day.ts'

/** An order as the list shows it. */
export type OrderSummary = {
  readonly reference: string
  /** False for the provider's test orders. */
  readonly live: boolean
  readonly email: string
  readonly currency: string
  readonly totalMinor: number
  readonly orderedAt: Date
}

/** An order as its page shows it. */
export type OrderDetails = OrderSummary & {
  readonly name: string
  readonly country: string | null
  readonly city: string | null
  readonly taxMinor: number
  readonly firstName: string
  readonly lastName: string
  readonly contactEmail: string
}

/** A line of an order. */
export type OrderItem = {
  readonly id: string
  readonly display: string
  readonly sku: string | null
  readonly quantity: number
  readonly subtotalMinor: number
  readonly offerCode: string | null
  /** The catalog does not know it: the vendor has to settle it. */
  readonly unknown: boolean
  /** When its price went back in full; what it brought ended on that day. */
  readonly refundedOn: Day | null
}
