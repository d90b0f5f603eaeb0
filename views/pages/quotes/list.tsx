import type { Id } from '#src/domain/ids.ts'
import type { QuoteStanding } from '#src/domain/quotes/quote.ts'
import { Pager, type Pages } from '../../components/list-tools.tsx'
import { At, Zone } from '../../components/time.tsx'
import { hx } from '../../hx.ts'
import { type Frame, Portal } from '../../layouts/portal.tsx'
import { paths } from '../../paths.ts'
import { moneyInWords } from '../../words.ts'

/** A quote in the list of an account's own. */
export type QuoteSummary = {
  readonly id: Id<'quote'>
  readonly standing: QuoteStanding
  /** Whether licenses and prices still are what it was reckoned from. */
  readonly stands: boolean
  readonly currency: string
  readonly totalMinor: number
  readonly createdAt: Date
  readonly validUntil: Date
  readonly madeByName: string
}

export type QuoteListProps = { readonly rows: readonly QuoteSummary[]; readonly pages: Pages }

/** What the account asked the price of, paid or not: whoever may pay finds here what others asked for. */
export const QuotesPage = ({ frame, list }: { frame: Frame; list: QuoteListProps }) => (
  <Portal frame={frame} title="Quotes">
    <nav aria-label="Breadcrumb">
      <a href={paths.orders}>Orders</a> › Quotes
    </nav>
    <h1>Quotes</h1>
    <p class="soft">What you asked the price of. An open one can be paid until its end, for exactly its total.</p>
    <QuoteList {...list} />
  </Portal>
)

/** What another page of the list replaces. */
export const QuoteList = ({ rows, pages }: QuoteListProps) => (
  <div id="list" {...hx({ boostBelow: 'swap:outerMorph target:#list select:#list' })}>
    {rows.length === 0 ? (
      <section class="note">
        <p>
          No quotes yet. “Upgrade” and “Buy Support” beside <a href={paths.home}>your licenses</a> make a quote.
        </p>
      </section>
    ) : (
      <Table rows={rows} />
    )}
    <Pager path={paths.quotes} query={{}} pages={pages} />
  </div>
)

const Table = ({ rows }: Pick<QuoteListProps, 'rows'>) => (
  <table>
    <caption class="hide">Quotes, the newest first</caption>
    <thead>
      <tr>
        <th scope="col">
          Made (<Zone />)
        </th>
        <th scope="col">By</th>
        <th scope="col">Total, before tax</th>
        <th scope="col">State</th>
      </tr>
    </thead>
    <tbody>
      {rows.map((quote) => (
        <tr>
          <th scope="row">
            <a href={paths.quote(quote.id)}>
              <At at={quote.createdAt} />
            </a>
          </th>
          <td data-label="By" class="any">
            {quote.madeByName}
          </td>
          <td data-label="Total" class="mono">
            {moneyInWords({ minor: quote.totalMinor, currency: quote.currency })}
          </td>
          <td data-label="State">
            <State quote={quote} />
          </td>
        </tr>
      ))}
    </tbody>
  </table>
)

const State = ({ quote: { standing, stands, validUntil } }: { quote: QuoteSummary }) => {
  switch (standing) {
    case 'applied':
      return <span class="good">Paid and done</span>
    case 'paid':
      return <span class="due">Paid, waits for us</span>
    case 'refunded':
      return <span class="soft">Refunded</span>
    case 'expired':
      return <span class="soft">Ended</span>
    default:
      return stands ? (
        <>
          Open until <At at={validUntil} />
        </>
      ) : (
        <span class="due">Changed since, ask anew</span>
      )
  }
}
