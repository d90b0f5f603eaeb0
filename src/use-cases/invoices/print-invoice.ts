import type { InvoiceDetails, SellerRow } from '#src/db/invoices.ts'
import { dayOf } from '#src/domain/day.ts'
import { addressLines } from '#src/domain/invoices/address.ts'
import { howPaid, invoiceId, invoiceKindNames } from '#src/domain/invoices/invoice.ts'
import { formatMoney } from '#src/domain/money.ts'
import { type PdfBlock, pdfOf } from '#src/gateways/pdf.ts'

/** A document of the billing as PDF, with whom it names by now. */
export function printInvoice(invoice: InvoiceDetails, seller: SellerRow): Promise<Uint8Array<ArrayBuffer>> {
  const { number, kind, at, live } = invoice
  const id = invoiceId(number)
  return pdfOf({
    title: `${invoiceKindNames[kind]} ${id}`,
    author: seller.name,
    foot: `${seller.name} · ${id} · ${dayOf(at)}`,
    madeAt: at,
    blocks: [
      ...(live ? [] : [{ is: 'text', text: 'This is a test: nothing was paid.' } as const]),
      { is: 'facts', facts: factsOf(invoice) },
      { is: 'heading', text: 'From' },
      { is: 'text', text: linesOf({ ...seller, city: seller.city ?? '', country: seller.country ?? '' }) },
      { is: 'heading', text: 'To' },
      { is: 'text', text: linesOf(invoice.billTo) },
      tableOf(invoice),
    ],
  })
}

const linesOf = (of: Parameters<typeof addressLines>[0]): string => addressLines(of).join('\n')

function factsOf(invoice: InvoiceDetails) {
  const { number, at, period, orderReference, balanceAfterMinor, currency } = invoice
  const fact = (label: string, value: string | null) => (value === null ? [] : [[label, value] as const])
  return [
    ...fact('Number', invoiceId(number)),
    ...fact('Date', dayOf(at)),
    ...fact('Pay period from', period),
    ...fact('Order', orderReference),
    ...fact('Paid', howPaid(invoice)),
    ...fact('Balance after', balanceAfterMinor === null ? null : formatMoney({ minor: balanceAfterMinor, currency })),
  ]
}

function tableOf({ lines, totalMinor, taxMinor, currency }: InvoiceDetails): PdfBlock {
  const money = (minor: number) => formatMoney({ minor, currency })
  const totals = [...(taxMinor > 0 ? [['Tax in it', '', money(taxMinor)]] : []), ['Total', '', money(totalMinor)]]
  return {
    is: 'table',
    head: ['What', 'Quantity', 'Subtotal'],
    rows: [...lines.map((line) => [line.title, String(line.quantity), money(line.subtotalMinor)]), ...totals],
    figures: [1, 2],
    totals: totals.length,
  }
}
