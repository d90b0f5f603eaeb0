import type { InvoiceFilter } from '#src/domain/invoices/filter.ts'
import { type Invoice, invoiceId, invoiceKindNames, invoiceKinds } from '#src/domain/invoices/invoice.ts'
import { Chip, Pager, type Pages, SortHead } from '../../components/list-tools.tsx'
import { At } from '../../components/time.tsx'
import { hx } from '../../hx.ts'
import { type Frame, Portal } from '../../layouts/portal.tsx'
import { monthInWords } from '../../month-words.ts'
import { paths, withQuery } from '../../paths.ts'
import { counted, moneyInWords } from '../../words.ts'
import { InvoiceLines } from './document.tsx'

export type InvoiceListProps = {
  readonly filter: InvoiceFilter
  readonly rows: readonly Invoice[]
  readonly pages: Pages
  /** Years that a filter offers, the newest first. */
  readonly years: readonly number[]
}

const query = ({ filter: { kind, year, sort } }: Pick<InvoiceListProps, 'filter'>) => ({
  ...{ kind, year, sort: sort === '-created' ? '' : sort },
})

/** Every invoice, payment and refund of the account (R238–R247). */
export const InvoicesPage = ({ frame, list, balance }: { frame: Frame; list: InvoiceListProps; balance: boolean }) => (
  <Portal frame={frame} title="Invoices">
    <header>
      <h1>Invoices</h1>
      {balance && (
        <p class="soft">
          What was charged and paid in. <a href={paths.billing}>Balance and top up</a>
        </p>
      )}
    </header>
    <InvoiceList {...list} />
    <dialog id="popup" aria-label="Invoice" />
  </Portal>
)

/** The list itself: what a filter, a sort or a page replaces. */
export const InvoiceList = (props: InvoiceListProps) => {
  const { filter, rows, pages, years } = props
  const narrowed = filter.kind !== null || filter.year !== null
  return (
    <div id="list" {...hx({ boostBelow: 'swap:outerMorph target:#list' })}>
      <p class="chips">
        {invoiceKinds.map((kind) => (
          <Chip
            href={withQuery(paths.invoices, { ...query(props), kind: filter.kind === kind ? null : kind })}
            on={filter.kind === kind}
          >
            {invoiceKindNames[kind]}
          </Chip>
        ))}
        {years.map((year) => (
          <Chip
            href={withQuery(paths.invoices, { ...query(props), year: filter.year === year ? null : year })}
            on={filter.year === year}
          >
            {year}
          </Chip>
        ))}
      </p>
      {rows.length === 0 ? (
        <p class="card" id="count" role="status">
          {narrowed ? 'No invoice fits.' : 'No invoices yet. One appears here with each order and each charge.'}
        </p>
      ) : (
        <Table {...props} />
      )}
      <Pager path={paths.invoices} query={query(props)} pages={pages} />
    </div>
  )
}

const Table = (props: InvoiceListProps) => {
  const sort = { path: paths.invoices, query: query(props), sort: props.filter.sort }
  return (
    <table>
      <caption>
        <span id="count" role="status">
          {counted(props.rows.length, 'invoice')}
          {(props.pages.next || props.pages.previous) && ' on this page'}
        </span>{' '}
        ·{' '}
        <a href={withQuery(paths.invoicesCsv, query(props))} download>
          Download CSV{props.filter.year !== null && ` of ${props.filter.year}`}
        </a>
      </caption>
      <thead>
        <tr>
          <th scope="col">Invoice</th>
          <SortHead {...sort} by="created" first="-created">
            Created
          </SortHead>
          <SortHead {...sort} by="kind" first="kind">
            Type
          </SortHead>
          <SortHead {...sort} by="period" first="-period">
            Pay period
          </SortHead>
          <SortHead {...sort} by="total" first="-total">
            Total
          </SortHead>
          <SortHead {...sort} by="balance" first="-balance">
            Balance
          </SortHead>
          <th scope="col">Actions</th>
        </tr>
      </thead>
      <tbody>
        {props.rows.map((invoice) => (
          <Row invoice={invoice} />
        ))}
      </tbody>
    </table>
  )
}

const Row = ({ invoice }: { invoice: Invoice }) => {
  const { number, at, kind, period, totalMinor, balanceAfterMinor, currency, live } = invoice
  const id = invoiceId(number)
  return (
    <tr>
      <th scope="row">
        <code>{id}</code>
        {!live && <small> Test</small>}
      </th>
      <td data-label="Created">
        <At at={at} />
      </td>
      <td data-label="Type">
        <details>
          <summary>
            {invoiceKindNames[kind]}
            <span class="hide"> {id}, its lines</span>
          </summary>
          <InvoiceLines invoice={invoice} />
        </details>
      </td>
      <td data-label="Pay period">
        {period ? <time datetime={period.slice(0, 7)}>{monthInWords(period)}</time> : <span class="soft">None</span>}
      </td>
      <td data-label="Total">
        <span class="mono">{moneyInWords({ minor: totalMinor, currency })}</span>
      </td>
      <td data-label="Balance">
        {balanceAfterMinor === null ? (
          <span class="soft">Unchanged</span>
        ) : (
          <span class="mono">{moneyInWords({ minor: balanceAfterMinor, currency })}</span>
        )}
      </td>
      <td>
        <a
          class="act"
          href={paths.invoice(id)}
          aria-label={`View ${id}`}
          {...hx({ get: paths.invoice(id), target: '#popup', swap: 'innerHTML', pushUrl: 'false' })}
        >
          View
        </a>{' '}
        <a class="act" href={paths.invoicePdf(id)} aria-label={`PDF of ${id}`} download>
          PDF
        </a>
      </td>
    </tr>
  )
}
