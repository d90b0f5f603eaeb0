import type { InvoiceRow } from '#src/db/invoices.ts'
import { billToFields, invoiceId } from '#src/domain/invoices/invoice.ts'
import type { Column } from '#src/http/csv.ts'

/** A document of the billing as the API shows it. */
export function invoiceShape(row: InvoiceRow) {
  const { number, kind, at, period, currency, orderReference, live, lines, billTo, balanceAfterMinor } = row
  const money = (minor: number) => ({ minor, currency })
  return {
    id: invoiceId(number),
    kind,
    createdAt: at.toISOString(),
    period: period?.slice(0, 7) ?? null,
    total: money(row.totalMinor),
    tax: money(row.taxMinor),
    balanceAfter: balanceAfterMinor === null ? null : money(balanceAfterMinor),
    order: orderReference,
    test: !live,
    lines: lines.map(({ title, quantity, subtotalMinor }) => ({ title, quantity, subtotal: money(subtotalMinor) })),
    billTo,
  }
}

/** The same for a CSV, flat. */
export const invoiceColumns: readonly Column<InvoiceRow>[] = [
  ['id', (row) => invoiceId(row.number)],
  ['kind', (row) => row.kind],
  ['createdAt', (row) => row.at.toISOString()],
  ['period', (row) => row.period?.slice(0, 7) ?? null],
  ['totalMinor', (row) => row.totalMinor],
  ['taxMinor', (row) => row.taxMinor],
  ['balanceAfterMinor', (row) => row.balanceAfterMinor],
  ['currency', (row) => row.currency],
  ['order', (row) => row.orderReference],
  ['test', (row) => String(!row.live)],
  ['lines', (row) => row.lines.map(({ title, quantity }) => `${quantity} × ${title}`).join('; ')],
  ...billToFields.map((field): Column<InvoiceRow> => [field, (row) => row.billTo[field]]),
]
