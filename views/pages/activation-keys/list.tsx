import type { ActivationKeySummary } from '#src/domain/activation-keys/activation-key.ts'
import { type ActivationKeyFilter, isNarrowed } from '#src/domain/activation-keys/filter.ts'
import { dayOf } from '#src/domain/day.ts'
import { Copyable } from '../../components/copyable.tsx'
import { Chip, Pager, type Pages, Search, SortHead } from '../../components/list-tools.tsx'
import { OnDay } from '../../components/time.tsx'
import { UsedOfLimit } from '../../components/used-of-limit.tsx'
import { hx } from '../../hx.ts'
import { type Frame, Portal } from '../../layouts/portal.tsx'
import { paths, withQuery } from '../../paths.ts'
import { capped, counted } from '../../words.ts'

type Row = ActivationKeySummary & { readonly productCode: string | null }

export type KeyListProps = {
  readonly filter: ActivationKeyFilter
  readonly rows: readonly Row[]
  readonly pages: Pages
  readonly may: { readonly create: boolean }
}

const queryOf = ({ filter }: Pick<KeyListProps, 'filter'>) => ({
  q: filter.q,
  product: filter.product,
  limit: filter.limit,
  sort: filter.sort === '-made' ? '' : filter.sort,
})

/** The activation keys of the account and of those below. */
export const KeysPage = ({ frame, list }: { frame: Frame; list: KeyListProps }) => (
  <Portal frame={frame} title="Activation keys">
    <header>
      <h1>Activation keys</h1>
      <p class="soft">Licenses are assigned to a key; who types it in the product activates them.</p>
    </header>
    {list.may.create && (
      <p>
        <a class="button main" href={paths.newActivationKey}>
          Create an activation key
        </a>
      </p>
    )}
    <Search
      path={paths.activationKeys}
      q={list.filter.q}
      label="Search by name, key or note"
      keep={{ ...queryOf(list), q: '' }}
    />
    <KeyList {...list} />
  </Portal>
)

/** The list itself: what a search, a filter, a sort or a page replaces. */
export const KeyList = (props: KeyListProps) => (
  <div id="list" {...hx({ boostBelow: 'swap:outerMorph target:#list' })}>
    <Filters {...props} />
    {props.rows.length === 0 ? <Nothing {...props} /> : <Table {...props} />}
    <Pager path={paths.activationKeys} query={queryOf(props)} pages={props.pages} />
  </div>
)

const Filters = (props: KeyListProps) => {
  const { filter, rows } = props
  const toggle = (name: 'limit' | 'product', value: string) =>
    withQuery(paths.activationKeys, { ...queryOf(props), [name]: filter[name] === value ? '' : value })
  const products = new Map(rows.flatMap((row) => (row.productCode ? [[row.productCode, row.productName]] : [])))
  if (filter.product && !products.has(filter.product)) products.set(filter.product, filter.product)
  return (
    <p class="chips">
      <Chip href={toggle('limit', 'limited')} on={filter.limit === 'limited'}>
        Limited
      </Chip>
      <Chip href={toggle('limit', 'unlimited')} on={filter.limit === 'unlimited'}>
        Unlimited
      </Chip>
      {[...products].map(([code, name]) => (
        <Chip href={toggle('product', code ?? '')} on={filter.product === code}>
          {name}
        </Chip>
      ))}
    </p>
  )
}

const Table = (props: KeyListProps) => {
  const { filter, rows, pages } = props
  const query = queryOf(props)
  return (
    <table>
      <caption>
        <span id="count" role="status">
          {counted(rows.length, 'activation key')}
          {(pages.next || pages.previous) && ' on this page'}
        </span>{' '}
        ·{' '}
        <a href={withQuery(paths.activationKeysCsv, query)} download>
          Download CSV
        </a>
      </caption>
      <thead>
        <tr>
          <th scope="col">Name</th>
          <th scope="col">Key</th>
          <th scope="col">Note</th>
          <th scope="col">Licenses</th>
          <th scope="col">Servers</th>
          <SortHead path={paths.activationKeys} query={query} sort={filter.sort} by="made" first="-made">
            Made
          </SortHead>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <KeyLine {...row} />
        ))}
      </tbody>
    </table>
  )
}

const KeyLine = (row: Row) => (
  <tr>
    <th scope="row">
      <a href={paths.activationKey(row.id)}>
        <bdi>{row.name}</bdi>
      </a>
      {row.isDefault && (
        <>
          {' '}
          <b class="good">default</b>
        </>
      )}
      <br />
      <small>{[row.isOwn ? '' : row.accountName, row.productName ?? ''].filter(Boolean).join(' · ')}</small>
    </th>
    <td data-label="Key">
      <Copyable text={row.code} label={`the key ${row.name}`} />
    </td>
    <td data-label="Note">{row.note ? <bdi>{row.note}</bdi> : <span class="soft">None</span>}</td>
    <td data-label="Licenses">{row.licenses === 0 ? 'None yet' : capped(row.licenses)}</td>
    <td data-label="Servers">
      <UsedOfLimit used={row.activeComputers} limit={row.computerLimit} label={`Servers of ${row.name}`} />
    </td>
    <td data-label="Made">
      <OnDay day={dayOf(row.createdAt)} />
    </td>
  </tr>
)

const Nothing = ({ filter, may }: KeyListProps) => (
  <div class="card">
    <p id="count" role="status">
      {isNarrowed(filter) ? 'No activation key fits.' : 'No activation keys yet.'}
    </p>
    {isNarrowed(filter) ? (
      <p>
        <a href={paths.activationKeys}>Show all activation keys</a>
      </p>
    ) : (
      <p>
        {may.create
          ? 'A key carries the licenses of one end customer. Create one, assign licenses to it, and give it to the customer.'
          : 'A key appears here as soon as an order is paid.'}
      </p>
    )}
  </div>
)
