import { addressLines } from '#src/domain/invoices/address.ts'
import { type BillTo, howPaid, type Invoice, invoiceId, invoiceKindNames } from '#src/domain/invoices/invoice.ts'
import { At, Zone } from '../../components/time.tsx'
import { monthInWords } from '../../month-words.ts'
import { paths } from '../../paths.ts'
import { moneyInWords } from '../../words.ts'

export type Seller = {
  readonly name: string
  readonly addressLine1: string
  readonly addressLine2: string
  readonly addressLine3: string
  readonly zip: string
  readonly city: string | null
  readonly country: string | null
  readonly vatNumber: string
}

export type DocumentProps = {
  readonly invoice: Invoice & { readonly billTo: BillTo }
  readonly seller: Seller
  readonly may: { readonly edit: boolean; readonly orders: boolean }
}

/** A document of the billing, on its page, in a popup, printed (R244). */
export const InvoiceDocument = ({ invoice, seller, may }: DocumentProps) => {
  const id = invoiceId(invoice.number)
  return (
    <article>
      {!invoice.live && <p class="note">This is a test: nothing was paid.</p>}
      <Facts invoice={invoice} may={may} />
      <div class="cards">
        <Address
          title="From"
          lines={addressLines({ ...seller, city: seller.city ?? '', country: seller.country ?? '' })}
        />
        <Address title="To" lines={addressLines(invoice.billTo)} />
      </div>
      <InvoiceLines invoice={invoice} />
      <p class="row">
        <a class="button" href={paths.invoicePdf(id)} download>
          Download PDF
        </a>
        {may.edit && (
          <a class="button" href={paths.invoiceBillTo(id)}>
            Edit billing data
          </a>
        )}
      </p>
    </article>
  )
}

const Facts = ({ invoice, may }: Pick<DocumentProps, 'invoice' | 'may'>) => {
  const { number, at, period, orderReference, balanceAfterMinor, currency, totalMinor, kind } = invoice
  const paid = howPaid(invoice)
  return (
    <dl class="card">
      <dt>Number</dt>
      <dd>
        <code>{invoiceId(number)}</code>
      </dd>
      <dt>
        Created (<Zone />)
      </dt>
      <dd>
        <At at={at} />
      </dd>
      {period && (
        <>
          <dt>Pay period</dt>
          <dd>
            <time datetime={period.slice(0, 7)}>{monthInWords(period)}</time>
          </dd>
        </>
      )}
      {orderReference && (
        <>
          <dt>Order</dt>
          <dd>{may.orders ? <a href={paths.order(orderReference)}>{orderReference}</a> : orderReference}</dd>
        </>
      )}
      <dt>{totalNames[kind]}</dt>
      <dd class="mono">{moneyInWords({ minor: totalMinor, currency })}</dd>
      {paid && (
        <>
          <dt>Paid</dt>
          <dd>{paid}</dd>
        </>
      )}
      {balanceAfterMinor !== null && (
        <>
          <dt>Balance after</dt>
          <dd class="mono">{moneyInWords({ minor: balanceAfterMinor, currency })}</dd>
        </>
      )}
    </dl>
  )
}

const totalNames = { invoice: 'Total due', payment: 'Total received', refund: 'Total refunded' } as const

const Address = ({ title, lines }: { title: string; lines: readonly string[] }) => (
  <section class="card">
    <h2>{title}</h2>
    {lines.map((line) => (
      <div class="any" dir="auto">
        {line}
      </div>
    ))}
  </section>
)

/** What was bought, paid or given back, line by line (R246). */
export const InvoiceLines = ({ invoice }: { invoice: Invoice }) => {
  const { lines, currency, taxMinor, totalMinor, kind, number } = invoice
  const money = (minor: number) => <span class="mono">{moneyInWords({ minor, currency })}</span>
  return (
    <table>
      <caption class="hide">
        Lines of {invoiceKindNames[kind].toLowerCase()} {invoiceId(number)}
      </caption>
      <thead>
        <tr>
          <th scope="col">What</th>
          <th scope="col">Quantity</th>
          <th scope="col">Subtotal</th>
        </tr>
      </thead>
      <tbody>
        {lines.map(({ title, quantity, subtotalMinor }) => (
          <tr>
            <th scope="row" class="any">
              {title}
            </th>
            <td data-label="Quantity">{quantity}</td>
            <td data-label="Subtotal">{money(subtotalMinor)}</td>
          </tr>
        ))}
        {taxMinor > 0 && (
          <tr>
            <th scope="row">Tax in it</th>
            <td />
            <td data-label="Tax in it">{money(taxMinor)}</td>
          </tr>
        )}
        <tr>
          <th scope="row">Total</th>
          <td />
          <td data-label="Total">
            <b>{money(totalMinor)}</b>
          </td>
        </tr>
      </tbody>
    </table>
  )
}
