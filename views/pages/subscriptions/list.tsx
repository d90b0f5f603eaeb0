import type { Day } from '#src/domain/day.ts'
import type { SubscriptionFilter } from '#src/domain/subscriptions/filter.ts'
import type { SubscriptionSummary } from '#src/domain/subscriptions/subscription.ts'
import { Chip, Pager, type Pages, Search, SortHead } from '../../components/list-tools.tsx'
import { SubscriptionState } from '../../components/subscription-state.tsx'
import { OnDay } from '../../components/time.tsx'
import { hx } from '../../hx.ts'
import { type Frame, Portal } from '../../layouts/portal.tsx'
import { paths, withQuery } from '../../paths.ts'
import { counted } from '../../words.ts'

type ListProps = {
  readonly filter: SubscriptionFilter
  readonly rows: readonly SubscriptionSummary[]
  readonly pages: Pages
  readonly today: Day
  readonly mayCreate: boolean
  /** Whether whoever looks buys for themselves. */
  readonly mayBuy: boolean
  /** Whether the list is of customers of whoever looks. */
  readonly sells: boolean
}

const queryOf = ({ filter }: Pick<ListProps, 'filter'>) => ({
  q: filter.q,
  state: filter.state,
  sort: filter.sort === '-started' ? '' : filter.sort,
})

/** Subscriptions of the account and its resellers, and the way to a new one. */
export const SubscriptionsPage = ({ frame, list }: { frame: Frame; list: ListProps }) => (
  <Portal frame={frame} title="Subscriptions">
    <header>
      <h1>Subscriptions</h1>
      <p class="soft">
        Software for so many sessions at the same time, by the month or year
        {list.sells ? ', renewed until canceled' : ''}.
      </p>
    </header>
    {list.mayCreate && (
      <p>
        <a class="button main" href={paths.newSubscription}>
          Generate a subscription
        </a>
      </p>
    )}
    {list.mayBuy && (
      <p>
        <a class="button main" href={paths.catalog}>
          Buy a subscription
        </a>
      </p>
    )}
    <Search
      path={paths.subscriptions}
      q={list.filter.q}
      label="Search for subscriptions"
      keep={{ ...queryOf(list), q: '' }}
    />
    <SubscriptionList {...list} />
  </Portal>
)

const chips = { active: 'Active', canceled: 'Canceled', ended: 'Ended' } as const

/** The list itself: what a search, a filter, a sort or a page replaces. */
export const SubscriptionList = (props: ListProps) => {
  const { filter, rows, pages } = props
  const query = queryOf(props)
  return (
    <div id="list" {...hx({ boostBelow: 'swap:outerMorph target:#list' })}>
      <p class="chips">
        {(['active', 'canceled', 'ended'] as const).map((state) => (
          <Chip
            href={withQuery(paths.subscriptions, { ...query, state: filter.state === state ? '' : state })}
            on={filter.state === state}
          >
            {chips[state]}
          </Chip>
        ))}
      </p>
      {rows.length === 0 ? <Nothing {...props} /> : <Table {...props} />}
      <Pager path={paths.subscriptions} query={query} pages={pages} />
    </div>
  )
}

const Table = (props: ListProps) => {
  const { filter, rows, pages, today, sells } = props
  const query = queryOf(props)
  return (
    <table>
      <caption>
        <span id="count" role="status">
          {counted(rows.length, 'subscription')}
          {(pages.next || pages.previous) && ' on this page'}
        </span>
        , {filter.sort === '-started' ? 'newest first' : 'oldest first'} ·{' '}
        <a href={withQuery(paths.subscriptionsCsv, query)} download>
          Download CSV
        </a>
      </caption>
      <thead>
        <tr>
          <th scope="col">Software</th>
          <th scope="col">Channels</th>
          {sells && (
            <>
              <th scope="col">Customer</th>
              <th scope="col">Owner</th>
            </>
          )}
          <SortHead path={paths.subscriptions} query={query} sort={filter.sort} by="started" first="-started">
            Started
          </SortHead>
          <th scope="col">State</th>
          <th scope="col">Actions</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Row row={row} today={today} sells={sells} />
        ))}
      </tbody>
    </table>
  )
}

const Row = ({ row, today, sells }: { row: SubscriptionSummary; today: Day; sells: boolean }) => (
  <tr>
    <th scope="row">
      <a href={paths.subscription(row.id)}>{row.productName}</a>
      <small>
        <code>{row.serial}</code>
      </small>
    </th>
    <td data-label="Channels">
      <span class="mono">{row.channels}</span>
    </td>
    {sells && (
      <>
        <td data-label="Customer">
          {row.email}
          {row.comment && (
            <small>
              <bdi>{row.comment}</bdi>
            </small>
          )}
        </td>
        <td data-label="Owner">{row.ownerName}</td>
      </>
    )}
    <td data-label="Started">
      <OnDay day={row.startsOn} />
      <small>by the {row.term}</small>
    </td>
    <td data-label="State">
      <SubscriptionState subscription={row} today={today} />
    </td>
    <td>
      <a class="act" href={paths.subscription(row.id)} aria-label={`Details of ${row.serial}`}>
        Details
      </a>
    </td>
  </tr>
)

const Nothing = ({ filter, mayCreate, mayBuy }: ListProps) => {
  const narrowed = filter.q !== '' || filter.state !== null
  return (
    <div class="card">
      <p id="count" role="status">
        {narrowed ? 'No subscription fits.' : 'No subscriptions yet.'}
      </p>
      {narrowed ? (
        <p>
          <a href={paths.subscriptions}>Show all subscriptions</a>
        </p>
      ) : (
        <p>{mayCreate ? 'Generate one for a customer with the button above.' : firstOf(mayBuy)}</p>
      )}
    </div>
  )
}

const firstOf = (mayBuy: boolean): string =>
  mayBuy ? 'Buy one with the button above: it is here as soon as it is paid.' : 'They appear here once there are some.'
