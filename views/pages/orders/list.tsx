import type { OrderFilter } from '#src/domain/orders/filter.ts'
import type { OrderSummary } from '#src/domain/orders/order.ts'
import { Chip, Pager, type Pages, Search, SortHead } from '../../components/list-tools.tsx'
import { OnDayOf } from '../../components/time.tsx'
import { hx } from '../../hx.ts'
import { type Frame, Portal } from '../../layouts/portal.tsx'
import { paths, withQuery } from '../../paths.ts'
import { capped, counted, moneyInWords } from '../../words.ts'

export type OrderListProps = {
  readonly filter: OrderFilter
  readonly rows: readonly OrderSummary[]
  readonly pages: Pages
  /** Items that the catalog does not know: the vendor's to settle; `null` for everybody else. */
  readonly unknown: number | null
}

type Customer = {
  readonly name: string
  readonly country: string | null
  readonly city: string | null
  readonly createdAt: Date
}
type Contact = {
  readonly firstName: string
  readonly lastName: string
  readonly email: string
  readonly createdAt: Date
}

const query = ({ filter }: Pick<OrderListProps, 'filter'>) => ({
  q: filter.q,
  unknown: filter.unknown ? 'yes' : '',
  sort: filter.sort === '-ordered' ? '' : filter.sort,
})

type Props = {
  frame: Frame
  /** Who bought; absent where the reader sells and the list is of many customers. */
  customer: Customer | null
  /** Whether it leads to the documents of the billing. */
  invoices: boolean
  contacts: readonly Contact[]
  /** Whether the reader may see quotes, which orders in the portal begin with. */
  quotes: boolean
  list: OrderListProps
}

/** Orders, after who bought and with whom. */
export const OrdersPage = ({ frame, customer, contacts, quotes, invoices, list }: Props) => (
  <Portal frame={frame} title="Orders">
    <h1>Orders</h1>
    {customer && <Details customer={customer} />}
    {contacts.length > 0 && <Contacts contacts={contacts} />}
    <h2>Orders</h2>
    {invoices && (
      <p>
        <a href={paths.invoices}>Invoices</a>
      </p>
    )}
    {quotes && (
      <p>
        <a href={paths.quotes}>Quotes you asked for</a>
      </p>
    )}
    <Search
      path={paths.orders}
      q={list.filter.q}
      label="Search by order number or e-mail"
      keep={{ ...query(list), q: '' }}
    />
    <OrderList {...list} />
  </Portal>
)

const Details = ({ customer }: { customer: Customer }) => (
  <section>
    <h2>Details</h2>
    <table>
      <thead>
        <tr>
          <th scope="col">Date</th>
          <th scope="col">Name</th>
          <th scope="col">Country</th>
          <th scope="col">City</th>
        </tr>
      </thead>
      <tbody>
        <tr>
          <td data-label="Date">
            <OnDayOf at={customer.createdAt} />
          </td>
          <td data-label="Name">{customer.name}</td>
          <td data-label="Country">{customer.country ?? 'Not given'}</td>
          <td data-label="City">{customer.city ?? 'Not given'}</td>
        </tr>
      </tbody>
    </table>
  </section>
)

const Contacts = ({ contacts }: { contacts: readonly Contact[] }) => (
  <section>
    <h2>Contacts</h2>
    <table>
      <thead>
        <tr>
          <th scope="col">Date</th>
          <th scope="col">First name</th>
          <th scope="col">Last name</th>
          <th scope="col">E-mail</th>
        </tr>
      </thead>
      <tbody>
        {contacts.map((contact) => (
          <tr>
            <td data-label="Date">
              <OnDayOf at={contact.createdAt} />
            </td>
            <td data-label="First name">{contact.firstName}</td>
            <td data-label="Last name">{contact.lastName}</td>
            <td data-label="E-mail">{contact.email}</td>
          </tr>
        ))}
      </tbody>
    </table>
  </section>
)

/** The list itself: what a search, a sort or a page replaces. */
export const OrderList = (props: OrderListProps) => {
  const { filter, rows, pages, unknown } = props
  return (
    <div id="list" {...hx({ boostBelow: 'swap:outerMorph target:#list' })}>
      {unknown !== null && (unknown > 0 || filter.unknown) && (
        <p class="chips">
          <Chip
            href={withQuery(paths.orders, { ...query(props), unknown: filter.unknown ? '' : 'yes' })}
            on={filter.unknown}
          >
            Items not in the catalog {capped(unknown)}
          </Chip>
        </p>
      )}
      {rows.length === 0 ? <Nothing narrowed={filter.q !== '' || filter.unknown} /> : <Table {...props} />}
      <Pager path={paths.orders} query={query(props)} pages={pages} />
    </div>
  )
}

const Table = (props: OrderListProps) => {
  const { filter, rows, unknown } = props
  const sort = { path: paths.orders, query: query(props), sort: filter.sort }
  return (
    <table>
      <caption>
        <span id="count" role="status">
          {counted(rows.length, 'order')}
          {(props.pages.next || props.pages.previous) && ' on this page'}
        </span>{' '}
        ·{' '}
        <a href={withQuery(paths.ordersCsv, query(props))} download>
          Download CSV
        </a>
      </caption>
      <thead>
        <tr>
          <SortHead {...sort} by="ordered" first="-ordered">
            Date
          </SortHead>
          <th scope="col">Reference</th>
          {unknown !== null && <th scope="col">E-mail</th>}
          <SortHead {...sort} by="total" first="-total">
            Total
          </SortHead>
          <th scope="col">Actions</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((order) => (
          <tr>
            <td data-label="Date">
              <OnDayOf at={order.orderedAt} />
            </td>
            <th scope="row" data-label="Reference">
              <code>{order.reference}</code>
              {!order.live && <small>Test order</small>}
            </th>
            {unknown !== null && <td data-label="E-mail">{order.email}</td>}
            <td data-label="Total">
              <span class="mono">{moneyInWords({ minor: order.totalMinor, currency: order.currency })}</span>
            </td>
            <td>
              <a class="act" href={paths.order(order.reference)} aria-label={`Details of ${order.reference}`}>
                Details
              </a>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

const Nothing = ({ narrowed }: { narrowed: boolean }) => (
  <div class="card">
    <p id="count" role="status">
      {narrowed ? 'No order fits.' : 'No orders yet.'}
    </p>
    <p>
      {narrowed ? (
        <a href={paths.orders}>Show all orders</a>
      ) : (
        'An order appears here as soon as the shop has told us of it.'
      )}
    </p>
  </div>
)
