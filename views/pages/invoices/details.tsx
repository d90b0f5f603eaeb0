import { invoiceId, invoiceKindNames } from '#src/domain/invoices/invoice.ts'
import { hx } from '../../hx.ts'
import { type Frame, Portal } from '../../layouts/portal.tsx'
import { paths } from '../../paths.ts'
import { type DocumentProps, InvoiceDocument } from './document.tsx'

/** One document of the billing, to read or print. */
export const InvoicePage = ({ frame, ...document }: { frame: Frame } & DocumentProps) => {
  const { kind, number } = document.invoice
  const title = `${invoiceKindNames[kind]} ${invoiceId(number)}`
  return (
    <Portal frame={frame} title={title}>
      <nav aria-label="Breadcrumb">
        <a href={paths.invoices}>Invoices</a> › {invoiceId(number)}
      </nav>
      <h1>{title}</h1>
      <InvoiceDocument {...document} />
    </Portal>
  )
}

/** The same over the list, where scripts run; without them the link leads to the page. */
export const InvoicePopup = (document: DocumentProps) => {
  const { kind, number } = document.invoice
  return (
    <>
      <form method="dialog" {...hx({ boost: 'false' })}>
        <button type="submit">Close</button>
      </form>
      <h2>
        {invoiceKindNames[kind]} {invoiceId(number)}
      </h2>
      <InvoiceDocument {...document} />
    </>
  )
}
