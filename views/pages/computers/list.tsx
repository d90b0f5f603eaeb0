import { isNarrowed } from '#src/domain/computers/filter.ts'
import type { RemovalSummary } from '#src/domain/computers/removal.ts'
import { AccountField } from '../../components/account-choice.tsx'
import { Pager, Search } from '../../components/list-tools.tsx'
import { hx } from '../../hx.ts'
import { type Frame, Portal } from '../../layouts/portal.tsx'
import { paths } from '../../paths.ts'
import { agoInWords, counted } from '../../words.ts'
import { ComputerFilters } from './filters.tsx'
import { type ComputerListProps, queryOf } from './props.ts'
import { ComputerTable } from './table.tsx'

const titleOf = ({ machine, filter, products }: ComputerListProps): string => {
  const noun = machine === 'server' ? 'Servers' : 'Computers'
  const [code, more] = filter.products
  const name = more === undefined ? products.find((one) => one.code === code)?.name : undefined
  return name ? `${noun} with ${name}` : noun
}

type Page = { frame: Frame; list: ComputerListProps; removals: readonly RemovalSummary[] }

/** The computers of the account and of those below; of server products they are servers (R18 R173 R223 R227). */
export const ComputersPage = ({ frame, list, removals }: Page) => {
  const { filter, groups, accounts, machine, may, now } = list
  const given = { q: '', from: '', to: '', ...(groups.length > 0 ? { group: '' } : {}) }
  const keep = { ...queryOf(list), ...given, ...(accounts.length > 0 ? { account: '' } : {}) }
  return (
    <Portal frame={frame} title={titleOf(list)}>
      <header>
        <h1>{titleOf(list)}</h1>
        <p class="soft">Every {machine} on which a product was activated.</p>
      </header>
      {removals.map((one) => (
        <p class="note">
          {counted(one.computers, machine)} removed {agoInWords(one.at, now)}.{' '}
          <a href={paths.removal(one.id)}>Look, and undo</a>
        </p>
      ))}
      {may.edit && (
        <p class="row">
          <a class="button" href={paths.computerGroups}>
            Groups
          </a>
          <a class="button" href={paths.staleRemoval}>
            Stale {machine}s
          </a>
        </p>
      )}
      <Search path={paths.computers} q={filter.q} label="Search by name or activation key" keep={keep}>
        {accounts.length > 0 && <AccountField accounts={accounts} chosen={filter.account} />}
        {groups.length > 0 && <GroupField groups={groups} chosen={filter.group} />}
        <label for="from">Registered from</label>
        <input id="from" type="date" name="from" value={filter.from ?? ''} />
        <label for="to">to</label>
        <input id="to" type="date" name="to" value={filter.to ?? ''} />
      </Search>
      <ComputerList {...list} />
    </Portal>
  )
}

const GroupField = ({ groups, chosen }: { groups: ComputerListProps['groups']; chosen: string | null }) => (
  <select name="group" aria-label="Group">
    <option value="">All groups</option>
    <option value="none" selected={chosen === 'none'}>
      Without a group
    </option>
    {groups.map(({ id, name }) => (
      <option value={id} selected={id === chosen}>
        {name}
      </option>
    ))}
  </select>
)

/** The list itself: what a search, a filter, a sort or a page replaces. */
export const ComputerList = (props: ComputerListProps) => (
  <div id="list" {...hx({ boostBelow: 'swap:outerMorph target:#list' })}>
    <ComputerFilters {...props} />
    {props.rows.length === 0 ? <Nothing {...props} /> : <ComputerTable {...props} />}
    <Pager path={paths.computers} query={queryOf(props)} pages={props.pages} />
  </div>
)

const Nothing = ({ filter, machine }: ComputerListProps) => (
  <div class="card">
    <p id="count" role="status">
      {isNarrowed(filter) ? `No ${machine} fits.` : `No ${machine}s yet.`}
    </p>
    <p>
      {isNarrowed(filter) ? (
        <a href={paths.computers}>Show all {machine}s</a>
      ) : (
        `A ${machine} appears here as soon as a product is activated on it with an activation key.`
      )}
    </p>
  </div>
)
