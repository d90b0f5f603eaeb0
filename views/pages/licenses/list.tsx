import { addDays, type Day } from '#src/domain/day.ts'
import { isNarrowed, type LicenseFilter } from '#src/domain/licenses/filter.ts'
import type { LicenseSummary, ListedLicense } from '#src/domain/licenses/license.ts'
import { SupportLink, UpgradeLink } from '../../components/buying.tsx'
import { licenseDetail } from '../../components/license-name.tsx'
import { Chip, Pager, type Pages, SortHead } from '../../components/list-tools.tsx'
import { SupportState } from '../../components/support-state.tsx'
import { OnDay } from '../../components/time.tsx'
import { hx } from '../../hx.ts'
import { paths, withQuery } from '../../paths.ts'
import { capped, counted, dayInDigits, durationInWords } from '../../words.ts'
import { CommentCell } from './comment.tsx'
import { SellerTable, type SellerView } from './seller-table.tsx'

export type LicenseListProps = {
  readonly path: string
  readonly tab: 'license' | 'support'
  readonly filter: LicenseFilter
  readonly rows: readonly ListedLicense[]
  readonly pages: Pages
  readonly products: readonly { code: string; name: string }[]
  readonly missing: number
  readonly today: Day
  readonly may: { readonly comment: boolean; readonly orders: boolean; readonly buy: boolean }
  /** What sellers see and do beside that; `null` for customers. */
  readonly seller: SellerView | null
}

/** What the URL says of the list, for links that change one thing of it. */
export const listQuery = ({ tab, filter }: Pick<LicenseListProps, 'tab' | 'filter'>) => ({
  tab: tab === 'support' ? tab : '',
  q: filter.q,
  product: filter.product,
  support: filter.support,
  only: filter.only,
  account: filter.account,
  sort: filter.sort === '-bought' || filter.support ? '' : filter.sort,
})

/** The list itself: what a search, a filter, a sort or a page replaces, and nothing more. */
export const LicenseList = (props: LicenseListProps) => (
  <div id="list" {...hx({ boostBelow: 'swap:outerMorph target:#list' })}>
    <Filters {...props} />
    {props.rows.length === 0 ? <Nothing {...props} /> : <Found {...props} />}
    <Pager path={props.path} query={listQuery(props)} pages={props.pages} />
  </div>
)

const Found = (props: LicenseListProps) =>
  props.seller ? (
    <SellerTable {...props} query={listQuery(props)} seller={props.seller} caption={<Caption {...props} />} />
  ) : (
    <Table {...props} />
  )

const Filters = (props: LicenseListProps) => {
  const { path, filter, missing, products, seller } = props
  const query = listQuery(props)
  const toggle = (name: 'support' | 'only' | 'product', value: string) =>
    withQuery(path, { ...query, [name]: filter[name] === value ? '' : value })
  return (
    <p class="chips">
      <Chip href={toggle('support', 'missing')} on={filter.support === 'missing'}>
        Missing support{missing > 0 && ` ${capped(missing)}`}
      </Chip>
      {(['30', '60', '90'] as const).map((days) => (
        <Chip href={toggle('support', `ending-${days}`)} on={filter.support === `ending-${days}`}>
          Ends within {days} days
        </Chip>
      ))}
      <Chip href={toggle('only', 'not-activated')} on={filter.only === 'not-activated'}>
        Not activated
      </Chip>
      <Chip href={toggle('only', 'trial')} on={filter.only === 'trial'}>
        Trial
      </Chip>
      {seller && (
        <Chip href={toggle('only', 'trial-ending')} on={filter.only === 'trial-ending'}>
          Trial ending
        </Chip>
      )}
      {products.map((product) => (
        <Chip href={toggle('product', product.code)} on={filter.product === product.code}>
          {product.name}
        </Chip>
      ))}
    </p>
  )
}

const orders = {
  '-bought': 'newest first',
  bought: 'oldest first',
  support: 'support ending first',
  '-support': 'support ending last',
}

const Caption = (props: LicenseListProps) => (
  <caption>
    <span id="count" role="status">
      {counted(props.rows.length, 'license')}
      {props.pages.next || props.pages.previous ? ' on this page' : ''}
    </span>
    {props.filter.q === '' && `, ${orders[props.filter.sort]}`} ·{' '}
    <a href={withQuery(paths.licensesCsv, listQuery(props))} download>
      Download CSV
    </a>
  </caption>
)

const Table = (props: LicenseListProps) => {
  const { path, filter, rows, tab } = props
  const query = listQuery(props)
  const sortable = filter.q === '' && filter.support === null
  return (
    <table>
      <Caption {...props} />
      <thead>
        <tr>
          <th scope="col">Product</th>
          {sortable ? (
            <SortHead path={path} query={query} sort={filter.sort} by="bought" first="-bought">
              Date
            </SortHead>
          ) : (
            <th scope="col">Date</th>
          )}
          <th scope="col">Order number</th>
          {tab === 'license' && <th scope="col">Computer</th>}
          {sortable ? (
            <SortHead path={path} query={query} sort={filter.sort} by="support" first="support">
              Support
            </SortHead>
          ) : (
            <th scope="col">Support</th>
          )}
          {tab === 'support' && <th scope="col">Duration</th>}
          <th scope="col">Comment</th>
          <th scope="col">Actions</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((license) => (
          <Row license={license} {...props} />
        ))}
      </tbody>
    </table>
  )
}

const Row = ({ license, tab, today, may }: LicenseListProps & { license: ListedLicense }) => (
  <tr>
    <th scope="row">
      <a href={paths.license(license.id)}>{license.productName}</a>
      <br />
      <small>{licenseDetail(license)}</small>
    </th>
    <td data-label="Date">
      <OnDay day={license.boughtOn} />
    </td>
    <td data-label="Order number">
      <OrderNumber reference={license.orderReference} linked={may.orders} />
    </td>
    {tab === 'license' && (
      <td data-label="Computer">
        {license.computerName === null ? 'Not activated' : <span>✓ {license.computerName}</span>}
        <small>
          <code>{license.serial}</code>
        </small>{' '}
        {may.buy && <UpgradeLink license={license} />}
      </td>
    )}
    <td data-label="Support">
      <SupportState endsOn={license.supportEndsOn} kind={license.kind} today={today} />
      {license.supportEndsOn && (
        <>
          {' '}
          <a
            class="act"
            href={paths.supportFileIn(license.id)}
            download
            aria-label={`View support file of ${license.serial}`}
          >
            View
          </a>
        </>
      )}
      {may.buy && (tab === 'support' || needsSupport(license, today)) && (
        <>
          {' '}
          <SupportLink license={license} />
        </>
      )}
    </td>
    {tab === 'support' && <td data-label="Duration">{supportDuration(license)}</td>}
    <td data-label="Comment">
      <CommentCell license={license} may={may.comment} />
    </td>
    <td>
      <a class="act" href={paths.license(license.id)} aria-label={`Details of ${license.serial}`}>
        Details
      </a>
    </td>
  </tr>
)

/** Where support is missing or about to be, the list says so at once; the tab about support says it of each. */
const needsSupport = ({ supportEndsOn }: ListedLicense, today: Day): boolean =>
  supportEndsOn === null || supportEndsOn < addDays(today, 30)

const OrderNumber = ({ reference, linked }: { reference: string | null; linked: boolean }) => {
  if (reference === null) return <span class="soft">None</span>
  if (!linked) return <code>{reference}</code>
  return (
    <a href={paths.order(reference)}>
      <code>{reference}</code>
    </a>
  )
}

const supportDuration = ({ supportStartsOn, supportEndsOn }: LicenseSummary) =>
  supportStartsOn && supportEndsOn
    ? `${durationInWords(supportStartsOn, supportEndsOn)}, to ${dayInDigits(supportEndsOn)}`
    : 'None'

const Nothing = ({ path, tab, filter, seller, may }: LicenseListProps) => (
  <div class="card">
    <p id="count" role="status">
      {isNarrowed(filter) ? 'No license fits.' : 'No licenses yet.'}
    </p>
    {isNarrowed(filter) ? (
      <p>
        <a href={withQuery(path, { tab: tab === 'support' ? tab : '' })}>Show all licenses</a>
      </p>
    ) : seller ? (
      <p>
        Choose an <a href={paths.activationKeys}>activation key</a> and a product of it to assign the first one.
      </p>
    ) : (
      <p>
        They appear here as soon as an order is paid
        {may.buy && (
          <>
            : <a href={paths.catalog}>choose one in the catalog</a>
          </>
        )}
        . Nothing came? Write to the address below.
      </p>
    )}
  </div>
)
