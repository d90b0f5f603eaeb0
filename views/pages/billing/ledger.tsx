import { type BalanceFilter, type BalanceLine, balanceReasonNames, balanceReasons } from '#src/domain/billing/entry.ts'
import { Chip, Pager, type Pages } from '../../components/list-tools.tsx'
import { At, Zone } from '../../components/time.tsx'
import { hx } from '../../hx.ts'
import { monthInWords } from '../../month-words.ts'
import { paths, withQuery } from '../../paths.ts'
import { counted, moneyInWords } from '../../words.ts'

export type LedgerProps = {
  readonly filter: BalanceFilter
  readonly rows: readonly BalanceLine[]
  readonly pages: Pages
  readonly may: { readonly prices: boolean; readonly orders: boolean }
}

/** Every amount that came or went, with the balance after it: what a filter or a page replaces. */
export const BalanceLedger = ({ filter, rows, pages, may }: LedgerProps) => (
  <div id="list" {...hx({ boostBelow: 'swap:outerMorph target:#list' })}>
    <p class="chips">
      {balanceReasons.map((reason) => (
        <Chip
          href={withQuery(paths.billing, { reason: filter.reason === reason ? null : reason })}
          on={filter.reason === reason}
        >
          {balanceReasonNames[reason]}
        </Chip>
      ))}
    </p>
    {rows.length === 0 ? (
      <p class="card" id="count" role="status">
        {filter.reason ? 'No line fits.' : 'Nothing came or went yet.'}
      </p>
    ) : (
      <Table filter={filter} rows={rows} pages={pages} may={may} />
    )}
    <Pager path={paths.billing} query={{ ...filter }} pages={pages} />
  </div>
)

const Table = ({ filter, rows, pages, may }: LedgerProps) => (
  <table>
    <caption>
      <span id="count" role="status">
        {counted(rows.length, 'line')}
        {(pages.next || pages.previous) && ' on this page'}
      </span>
      , newest first ·{' '}
      <a href={withQuery(paths.billingCsv, { ...filter })} download>
        Download CSV
      </a>
    </caption>
    <thead>
      <tr>
        <th scope="col">
          When (<Zone />)
        </th>
        <th scope="col">What for</th>
        <th scope="col">Amount</th>
        <th scope="col">Balance after</th>
      </tr>
    </thead>
    <tbody>
      {rows.map((line) => (
        <tr>
          <td data-label="When">
            <At at={line.at} />
          </td>
          <th scope="row" data-label="What for">
            <What line={line} may={may} />
          </th>
          <td data-label="Amount" class="mono">
            {line.amountMinor > 0 && '+'}
            {moneyInWords({ minor: line.amountMinor, currency: line.currency })}
          </td>
          <td data-label="Balance after" class="mono">
            {moneyInWords({ minor: line.balanceAfterMinor, currency: line.currency })}
          </td>
        </tr>
      ))}
    </tbody>
  </table>
)

const What = ({ line, may }: { line: BalanceLine } & Pick<LedgerProps, 'may'>) => {
  const { charge, orderReference, note, currency } = line
  if (charge) {
    return (
      <>
        {charge.productName}, {monthInWords(charge.period)}
        <small>
          {counted(charge.servers, 'server')}
          {may.prices && ` × ${moneyInWords({ minor: charge.unitMinor, currency })}`}
          {may.prices && charge.minQuantity > 1 && `, the price from ${charge.minQuantity} on`}
        </small>
      </>
    )
  }
  return (
    <>
      {balanceReasonNames[line.reason]}
      {orderReference && (
        <small>order {may.orders ? <a href={paths.order(orderReference)}>{orderReference}</a> : orderReference}</small>
      )}
      {note && <small>{note}</small>}
    </>
  )
}
