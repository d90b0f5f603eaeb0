import { type InvoiceRow, invoiceSortValue, listInvoices } from '#src/db/invoices.ts'
import type { InvoiceFilter } from '#src/domain/invoices/filter.ts'
import { cursorAfter, type List, placeAfter } from './list.ts'

/** Of what a place in the list is made. */
export const invoicePlace = { value: 'string', number: 'number' } as const

/** The account's own documents under a filter. */
export const invoiceList = (filter: InvoiceFilter): List<InvoiceRow> => ({
  read: (reach, { limit, cursor }) => listInvoices(reach, filter, { limit, ...placeAfter(cursor, invoicePlace) }),
  cursorAfter: (row) => cursorAfter({ value: invoiceSortValue(filter.sort, row), number: row.number }),
})
