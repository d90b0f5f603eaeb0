import {
  type Balance,
  creditReasonNames,
  creditReasons,
  type LedgerFilter,
  type LedgerLine,
  offerInWords,
} from '#src/domain/credits/credit.ts'
import { LedgerTable } from '../../components/ledger-table.tsx'
import { Chip, Pager, type Pages } from '../../components/list-tools.tsx'
import { hx } from '../../hx.ts'
import { paths, withQuery } from '../../paths.ts'
import { counted } from '../../words.ts'

export type LedgerProps = {
  readonly filter: LedgerFilter
  readonly low: boolean
  readonly rows: readonly LedgerLine[]
  readonly pages: Pages
}

export const ledgerQuery = ({ filter, low }: Pick<LedgerProps, 'filter' | 'low'>) => ({
  ...filter,
  low: low ? 'yes' : '',
})

/** What an account holds of each offer; what is low says so in words (R110). */
export const Balances = ({
  balances,
  lowAt,
  ...props
}: LedgerProps & { balances: readonly Balance[]; lowAt: number }) => {
  const isLow = ({ credits }: Balance) => credits <= lowAt
  const shown = props.low ? balances.filter(isLow) : balances
  const lowCount = balances.filter(isLow).length
  return (
    <section>
      <h2>Balances</h2>
      <p class="chips">
        <Chip href={withQuery(paths.credits, { ...ledgerQuery(props), low: props.low ? '' : 'yes' })} on={props.low}>
          Low {lowCount}
        </Chip>
      </p>
      {shown.length === 0 ? (
        <p>{balances.length === 0 ? 'No credits yet. Ask whoever made this account for some.' : 'Nothing is low.'}</p>
      ) : (
        <table>
          <caption>{counted(shown.length, 'offer')}</caption>
          <thead>
            <tr>
              <th scope="col">Product</th>
              <th scope="col">Offer</th>
              <th scope="col">Credits</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((one) => (
              <tr>
                <th scope="row" data-label="Product">
                  {one.productName}
                </th>
                <td data-label="Offer">{offerInWords(one)}</td>
                <td data-label="Credits">
                  <span class="mono">{one.credits}</span> {isLow(one) && <b class="due">Low</b>}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}

/** The ledger under its filter: what a filter or a page replaces. */
export const Ledger = (props: LedgerProps) => {
  const query = ledgerQuery(props)
  const { rows, pages, filter } = props
  return (
    <div id="list" {...hx({ boostBelow: 'swap:outerMorph target:#list' })}>
      {rows.length === 0 ? (
        <p class="card" id="count" role="status">
          {filter.offer || filter.reason ? 'No line fits.' : 'No credit came or went yet.'}
        </p>
      ) : (
        <LedgerTable
          rows={rows}
          caption={
            <>
              <span id="count" role="status">
                {counted(rows.length, 'line')}
                {(pages.next || pages.previous) && ' on this page'}
              </span>
              , newest first ·{' '}
              <a href={withQuery(paths.creditsCsv, { ...filter })} download>
                Download CSV
              </a>
            </>
          }
        />
      )}
      <Pager path={paths.credits} query={query} pages={pages} />
    </div>
  )
}

/** Narrows the ledger to an offer or a reason. */
export const LedgerFilterForm = ({ balances, filter, low }: LedgerProps & { balances: readonly Balance[] }) => (
  <form
    class="row"
    action={paths.credits}
    {...hx({
      ...{ get: paths.credits, target: '#list', swap: 'outerMorph', trigger: 'submit, change' },
      ...{ replaceUrl: 'true', include: 'this' },
    })}
  >
    {filter.account && <input type="hidden" name="account" value={filter.account} />}
    {low && <input type="hidden" name="low" value="yes" />}
    <label class="field">
      Offer
      <select name="offer">
        <option value="">All</option>
        {balances.map((one) => (
          <option value={one.offerCode} selected={filter.offer === one.offerCode}>
            {one.productName} {offerInWords(one)}
          </option>
        ))}
      </select>
    </label>
    <label class="field">
      Why
      <select name="reason">
        <option value="">All</option>
        {creditReasons.map((reason) => (
          <option value={reason} selected={filter.reason === reason}>
            {creditReasonNames[reason]}
          </option>
        ))}
      </select>
    </label>
    <button type="submit">Filter</button>
  </form>
)
