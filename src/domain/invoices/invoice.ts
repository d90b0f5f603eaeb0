import type { Day } from '../day.ts'
import type { AccountField } from '../settings/fields.ts'

/** What a document of the billing says: something was bought, money came in, money went back (R240). */
export const invoiceKinds = ['invoice', 'payment', 'refund'] as const
export type InvoiceKind = (typeof invoiceKinds)[number]

export const invoiceKindNames: Record<InvoiceKind, string> = {
  invoice: 'Invoice',
  payment: 'Payment received',
  refund: 'Refund',
}

/** Whom a document names: the account's billing data as they were when it was made, until somebody completes them (R323). */
export const billToFields = [
  ...(['name', 'billingFirstName', 'billingLastName', 'billingEmail', 'vatNumber'] as const),
  ...(['addressLine1', 'addressLine2', 'addressLine3', 'zip', 'city', 'country'] as const),
] as const satisfies readonly AccountField[]
export type BillTo = Readonly<Record<(typeof billToFields)[number], string>>

/** What of it was bought, paid or given back; `subtotalMinor` is without the tax that is added. */
export type InvoiceLine = { readonly title: string; readonly quantity: number; readonly subtotalMinor: number }

/** A document of the billing. Nothing of it changes but whom it names. */
export type Invoice = {
  readonly number: number
  readonly kind: InvoiceKind
  readonly at: Date
  /** The first day of the month that it is for; `null` for what is bought once. */
  readonly period: Day | null
  readonly currency: string
  readonly totalMinor: number
  readonly taxMinor: number
  /** The prepaid balance after it; `null` where no balance has to do with it. */
  readonly balanceAfterMinor: number | null
  readonly orderReference: string | null
  /** False for an order that tested the shop: nothing was paid. */
  readonly live: boolean
  readonly lines: readonly InvoiceLine[]
}

/** How an invoice was paid, in words: in the shop, or from the balance; `null` for a document that asks for nothing. */
export function howPaid({ kind, balanceAfterMinor, orderReference }: Invoice): string | null {
  if (kind !== 'invoice') return null
  if (balanceAfterMinor !== null) {
    return balanceAfterMinor < 0 ? 'From the balance, which was below zero after it' : 'From the balance'
  }
  return orderReference ? 'In full, in the shop' : null
}

/** A document as it is called: `INV-000042`. Numbers have no gaps. */
export const invoiceId = (number: number): string => `INV-${String(number).padStart(6, '0')}`

/** The number in what a document is called; `null` where it is none. */
export function invoiceNumber(id: string): number | null {
  const [, digits] = /^INV-(\d{6,12})$/.exec(id) ?? []
  return digits === undefined || invoiceId(Number(digits)) !== id ? null : Number(digits)
}
