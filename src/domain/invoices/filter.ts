import type { InvoiceKind } from './invoice.ts'

/** Which documents a list shows and in what order. */
export type InvoiceFilter = {
  readonly kind: InvoiceKind | null
  /** Only those made in a year, in UTC. */
  readonly year: number | null
  readonly sort: InvoiceSort
}

/** The columns that a list is sorted by (R247). */
export const invoiceColumns = ['created', 'kind', 'period', 'total', 'balance'] as const
export type InvoiceColumn = (typeof invoiceColumns)[number]
export type InvoiceSort = InvoiceColumn | `-${InvoiceColumn}`
export const invoiceSorts: readonly InvoiceSort[] = invoiceColumns.flatMap((one) => [`-${one}` as const, one])
