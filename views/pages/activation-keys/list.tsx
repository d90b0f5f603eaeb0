import { type ActivationKeyFilter, isNarrowed } from '#src/domain/activation-keys/filter.ts'
import { Chip, Pager, Search } from '../../components/list-tools.tsx'
import { hx } from '../../hx.ts'
import { type Frame, Portal } from '../../layouts/portal.tsx'
import { paths, withQuery } from '../../paths.ts'
import { ProductPanels } from './product-panels.tsx'
import { type KeyListProps, queryOf } from './props.ts'
import { KeyTable } from './table.tsx'

/** The activation keys of the account and of those below; of one product, with its panels (R195 R207). */
export const KeysPage = ({ frame, list }: { frame: Frame; list: KeyListProps }) => {
  const { filter, may, product, ofServers } = list
  const title = product ? `Activation keys of ${product.name}` : 'Activation keys'
  return (
    <Portal frame={frame} title={title}>
      <header>
        <h1>{title}</h1>
        <p class="soft">
          {ofServers
            ? 'A string of letters and digits that activates a product on a server.'
            : 'Licenses are assigned to a key; who types it in the product activates them.'}
        </p>
      </header>
      {product ? (
        <ProductPanels product={product} may={may} request={list.request} />
      ) : (
        may.create && (
          <p>
            <a class="button main" href={withQuery(paths.newActivationKey, { product: filter.product })}>
              Create an activation key
            </a>
          </p>
        )
      )}
      <Search
        path={paths.activationKeys}
        q={filter.q}
        label="Search by name, key or note"
        keep={{ ...queryOf(list), q: '' }}
      />
      <KeyList {...list} />
    </Portal>
  )
}

/** The list itself: what a search, a filter, a sort or a page replaces. */
export const KeyList = (props: KeyListProps) => (
  <div id="list" {...hx({ boostBelow: 'swap:outerMorph target:#list' })}>
    <Filters {...props} />
    {props.rows.length === 0 ? <Nothing {...props} /> : <KeyTable {...props} />}
    <Pager path={paths.activationKeys} query={queryOf(props)} pages={props.pages} />
  </div>
)

const Filters = (props: KeyListProps) => {
  const { filter } = props
  const toggle = (name: 'limit' | 'product', value: string) =>
    withQuery(paths.activationKeys, { ...queryOf(props), [name]: filter[name] === value ? '' : value })
  return (
    <p class="chips">
      <Chip href={toggle('limit', 'limited')} on={filter.limit === 'limited'}>
        Limited
      </Chip>
      <Chip href={toggle('limit', 'unlimited')} on={filter.limit === 'unlimited'}>
        Unlimited
      </Chip>
      {typesOf(props).map(([code, name]) => (
        <Chip href={toggle('product', code)} on={filter.product === code}>
          {name}
        </Chip>
      ))}
    </p>
  )
}

/** License types to narrow the list to: those of the account, those in the list, and the one that is chosen. */
function typesOf({ filter, rows, types, product }: KeyListProps): [string, string][] {
  const known = new Map(types.map(({ code, name }) => [code, name]))
  for (const row of rows) if (row.productCode) known.set(row.productCode, row.productName ?? row.productCode)
  if (filter.product && !known.has(filter.product)) known.set(filter.product, product?.name ?? filter.product)
  return [...known]
}

const Nothing = ({ filter, may, ofServers, product }: KeyListProps) => (
  <div class="card">
    <p id="count" role="status">
      {isNarrowed(without(filter, product)) ? 'No activation key fits.' : 'No activation keys yet.'}
    </p>
    {isNarrowed(without(filter, product)) ? (
      <p>
        <a href={paths.activationKeys}>Show all activation keys</a>
      </p>
    ) : (
      <p>
        {may.create
          ? ofServers
            ? 'A key activates a product on servers. Create the first one: it becomes the default.'
            : 'A key carries the licenses of one end customer. Create one, assign licenses to it, and give it to the customer.'
          : 'A key appears here as soon as an order is paid.'}
      </p>
    )}
  </div>
)

/** On the page of a product, its product narrows nothing. */
const without = (filter: ActivationKeyFilter, product: KeyListProps['product']): ActivationKeyFilter =>
  product ? { ...filter, product: null } : filter
