import { addDays, type Day } from '#src/domain/day.ts'
import { isNarrowed, type LicenseFilter } from '#src/domain/licenses/filter.ts'
import type { ListedLicense } from '#src/domain/licenses/license.ts'
import { isUpgradable } from '#src/domain/licenses/upgrade.ts'
import { whyNotSupported } from '#src/domain/support/cost.ts'
import { type AccountChoice, AccountField } from '../../components/account-choice.tsx'
import { Purchases } from '../../components/buying.tsx'
import { licenseDetail } from '../../components/license-name.tsx'
import { Chip, Pager, type Pages, Search, SortHead } from '../../components/list-tools.tsx'
import { SupportState } from '../../components/support-state.tsx'
import { OnDay } from '../../components/time.tsx'
import { hx } from '../../hx.ts'
import { type Frame, Portal } from '../../layouts/portal.tsx'
import { paths, withQuery } from '../../paths.ts'
import { counted } from '../../words.ts'
import { SupportAct } from '../licenses/details.tsx'

export type SupportListProps = {
  readonly filter: LicenseFilter
  readonly rows: readonly ListedLicense[]
  readonly pages: Pages
  readonly products: readonly { code: string; name: string }[]
  readonly accounts: readonly AccountChoice[]
  readonly showsOwner: boolean
  readonly today: Day
  readonly may: { readonly extend: boolean; readonly upgrade: boolean; readonly buy: boolean }
}

/** What the URL says of the list, for links that change one thing of it. */
const queryOf = ({ filter }: Pick<SupportListProps, 'filter'>) => ({
  q: filter.q,
  product: filter.product,
  account: filter.account,
  owner: filter.owner,
  support: filter.support,
  from: filter.ends?.from,
  to: filter.ends?.to,
  sort: filter.sort === '-support' ? filter.sort : '',
})

/** Support of one's own licenses and of those of one's resellers, ending first first (R120 R121 R122 R123). */
export const SupportPage = ({ frame, list }: { frame: Frame; list: SupportListProps }) => {
  const { filter, accounts } = list
  const keep = { ...queryOf(list), q: '', from: '', to: '', ...(accounts.length > 0 ? { account: '' } : {}) }
  return (
    <Portal frame={frame} title="Support">
      <h1>Support</h1>
      {list.may.buy && <Purchases renews />}
      <Search path={paths.support} q={filter.q} label="Search for licenses" keep={keep}>
        {accounts.length > 0 && <AccountField accounts={accounts} chosen={filter.account} />}
        <label for="from">End of support from</label>
        <input id="from" type="date" name="from" value={filter.ends?.from ?? ''} />
        <label for="to">to</label>
        <input id="to" type="date" name="to" value={filter.ends?.to ?? ''} />
      </Search>
      <SupportList {...list} />
    </Portal>
  )
}

/** The list itself: what a search, a filter, a sort or a page replaces. */
export const SupportList = (props: SupportListProps) => (
  <div id="list" {...hx({ boostBelow: 'swap:outerMorph target:#list' })}>
    <Filters {...props} />
    {props.rows.length === 0 ? <Nothing {...props} /> : <Table {...props} />}
    <Pager path={paths.support} query={queryOf(props)} pages={props.pages} />
  </div>
)

type Preset = { readonly label: string; readonly from: Day | null; readonly to: Day }

const presets = (today: Day): Preset[] => [
  { label: 'Expired', from: null, to: addDays(today, -1) },
  ...[30, 60, 90].map((days) => ({ label: `Ends within ${days} days`, from: today, to: addDays(today, days) })),
]

const Filters = (props: SupportListProps) => {
  const { filter, today, products, showsOwner } = props
  const query = queryOf(props)
  const isOn = ({ from, to }: Preset) => filter.ends?.from === from && filter.ends?.to === to
  const toggle = (name: 'support' | 'owner' | 'product', value: string) =>
    withQuery(paths.support, { ...query, [name]: filter[name] === value ? '' : value })
  return (
    <p class="chips">
      {presets(today).map((one) => (
        <Chip
          href={withQuery(paths.support, {
            ...query,
            support: '',
            ...(isOn(one) ? { from: '', to: '' } : { from: one.from, to: one.to }),
          })}
          on={isOn(one)}
        >
          {one.label}
        </Chip>
      ))}
      <Chip
        href={withQuery(paths.support, {
          ...query,
          from: '',
          to: '',
          support: filter.support === 'none' ? '' : 'none',
        })}
        on={filter.support === 'none'}
      >
        Without support
      </Chip>
      {showsOwner && (
        <>
          <Chip href={toggle('owner', 'own')} on={filter.owner === 'own'}>
            Own
          </Chip>
          <Chip href={toggle('owner', 'resellers')} on={filter.owner === 'resellers'}>
            Resellers’
          </Chip>
        </>
      )}
      {products.map((product) => (
        <Chip href={toggle('product', product.code)} on={filter.product === product.code}>
          {product.name}
        </Chip>
      ))}
    </p>
  )
}

const Table = (props: SupportListProps) => {
  const { filter, rows, pages, may, showsOwner } = props
  const query = queryOf(props)
  return (
    <>
      {may.extend && (
        <form id="renew" action={paths.supportRenewal} class="row" {...hx({ boost: 'false' })}>
          <button type="submit">Extend marked support</button>
        </form>
      )}
      <table>
        <caption>
          <span id="count" role="status">
            {counted(rows.length, 'license')}
            {pages.next || pages.previous ? ' on this page' : ''}
          </span>
          {filter.q === '' && `, support ending ${filter.sort === 'support' ? 'first' : 'last'} first`} ·{' '}
          <a href={withQuery(paths.supportCsv, query)} download>
            Download CSV
          </a>
        </caption>
        <thead>
          <tr>
            {may.extend && (
              <th scope="col">
                <span class="hide">Mark</span>
                <input type="checkbox" hidden data-all="renew" aria-label="Mark all on this page" />
              </th>
            )}
            <th scope="col">License</th>
            <th scope="col">End customer</th>
            {showsOwner && <th scope="col">Owner</th>}
            {filter.q === '' ? (
              <SortHead path={paths.support} query={query} sort={filter.sort} by="support" first="support">
                Support
              </SortHead>
            ) : (
              <th scope="col">Support</th>
            )}
            <th scope="col">From – to</th>
            {(may.extend || may.upgrade) && <th scope="col">Actions</th>}
          </tr>
        </thead>
        <tbody>
          {rows.map((license) => (
            <Row {...props} license={license} />
          ))}
        </tbody>
      </table>
    </>
  )
}

const Row = (props: SupportListProps & { license: ListedLicense }) => {
  const { license, today, may, showsOwner } = props
  const { supportId, supportStartsOn, supportEndsOn } = license
  const extendable = supportId !== null && whyNotSupported({ ...license, given: true }) === null
  return (
    <tr>
      {may.extend && (
        <td>
          {extendable && (
            <input type="checkbox" name="ids" value={supportId} form="renew" aria-label={`Mark ${license.serial}`} />
          )}
        </td>
      )}
      <th scope="row">
        <a href={paths.license(license.id)}>{license.productName}</a>
        <br />
        <small>
          {licenseDetail(license)} · <code>{license.serial}</code>
        </small>
      </th>
      <td data-label="End customer" class="any">
        {license.email}
      </td>
      {showsOwner && (
        <td data-label="Owner">
          <a href={withQuery(paths.support, { ...queryOf(props), account: license.accountId })}>
            {license.accountName}
          </a>
        </td>
      )}
      <td data-label="Support">
        <SupportState endsOn={supportEndsOn} kind={license.kind} today={today} />
      </td>
      <td data-label="From – to">
        {supportStartsOn && supportEndsOn ? (
          <>
            <OnDay day={supportStartsOn} /> – <OnDay day={supportEndsOn} />
          </>
        ) : (
          <span class="soft">None</span>
        )}
      </td>
      {(may.extend || may.upgrade) && (
        <td>
          {may.extend && <SupportAct license={license} />}{' '}
          {may.upgrade && license.upgradable && isUpgradable(license) && (
            <a
              class="act"
              href={paths.licenseUpgrade(license.id)}
              target="_blank"
              rel="noopener"
              {...hx({ boost: 'false' })}
            >
              Upgrade<span class="hide"> {license.serial}</span>
            </a>
          )}
        </td>
      )}
    </tr>
  )
}

const Nothing = ({ filter, may }: SupportListProps) => (
  <div class="card">
    <p id="count" role="status">
      {isNarrowed(filter) ? 'No support fits.' : 'No licenses yet, and so no support.'}
    </p>
    {isNarrowed(filter) ? (
      <p>
        <a href={paths.support}>Show all</a>
      </p>
    ) : (
      may.extend && (
        <p>
          Choose an <a href={paths.activationKeys}>activation key</a> and assign a license with support to it.
        </p>
      )
    )}
  </div>
)
