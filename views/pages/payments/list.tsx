import { type PaymentFilter, type PaymentSummary, paymentProblemWords } from '#src/domain/payments/payment.ts'
import { Chip, Pager, type Pages } from '../../components/list-tools.tsx'
import { At, Zone } from '../../components/time.tsx'
import { hx } from '../../hx.ts'
import { type Frame, Portal } from '../../layouts/portal.tsx'
import { paths, withQuery } from '../../paths.ts'
import { moneyInWords } from '../../words.ts'

export type PaymentListProps = {
  readonly filter: PaymentFilter
  readonly rows: readonly PaymentSummary[]
  readonly pages: Pages
}

/** What came in for quotes: the vendor sees to what could not be applied by itself. */
export const PaymentsPage = ({ frame, list }: { frame: Frame; list: PaymentListProps }) => (
  <Portal frame={frame} title="Incoming payments">
    <h1>Incoming payments</h1>
    <p class="soft">
      What customers paid for quotes. A payment that fits its quote is applied by itself; any other waits here until you
      apply it or refund it.
    </p>
    <PaymentList {...list} />
  </Portal>
)

/** What a change of the filter replaces. */
export const PaymentList = ({ filter, rows, pages }: PaymentListProps) => (
  <div id="list" {...hx({ boostBelow: 'swap:outerMorph target:#list select:#list' })}>
    <nav class="chips" aria-label="Filters">
      <Chip
        on={filter.state === 'held'}
        href={withQuery(paths.payments, filter.state === 'held' ? { state: 'all' } : {})}
      >
        To settle
      </Chip>
    </nav>
    {rows.length === 0 ? <Nothing filter={filter} /> : <Table rows={rows} />}
    <Pager path={paths.payments} query={{ state: filter.state === 'held' ? '' : filter.state }} pages={pages} />
  </div>
)

const Nothing = ({ filter }: Pick<PaymentListProps, 'filter'>) => (
  <section class="note">
    {filter.state === 'held' ? (
      <p>
        No payment waits for you. <a href={withQuery(paths.payments, { state: 'all' })}>Show all payments</a>
      </p>
    ) : (
      <p>Nobody has paid for a quote yet.</p>
    )}
  </section>
)

const Table = ({ rows }: Pick<PaymentListProps, 'rows'>) => (
  <table>
    <caption class="hide">Payments, the newest first</caption>
    <thead>
      <tr>
        <th scope="col">Order number</th>
        <th scope="col">
          Paid (<Zone />)
        </th>
        <th scope="col">By</th>
        <th scope="col">Amount</th>
        <th scope="col">State</th>
      </tr>
    </thead>
    <tbody>
      {rows.map((payment) => (
        <tr>
          <td data-label="Order number">
            <a href={paths.payment(payment.id)}>{payment.reference}</a>
          </td>
          <td data-label="Paid">
            <At at={payment.paidAt} />
          </td>
          <td data-label="By">{payment.email}</td>
          <td data-label="Amount" class="mono">
            {moneyInWords({ minor: payment.totalMinor, currency: payment.currency })}
          </td>
          <td data-label="State">
            <PaymentState payment={payment} />
          </td>
        </tr>
      ))}
    </tbody>
  </table>
)

/** The state of a payment in words, and why it waits. */
export const PaymentState = ({ payment }: { payment: PaymentSummary }) => {
  const { state, problem } = payment
  if (state === 'applied') return <span class="good">Applied</span>
  if (state === 'refunded') return <span class="soft">Refunded</span>
  return <span class="due">To settle: {problem ? paymentProblemWords[problem] : 'the reason is not known'}</span>
}
