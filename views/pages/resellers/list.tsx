import { type ResellerFilter, type ResellerSummary, resellerStateOf } from '#src/domain/accounts/reseller.ts'
import { Chip, Pager, type Pages, Search, SortHead } from '../../components/list-tools.tsx'
import { ResellerStateWords } from '../../components/reseller-state.tsx'
import { At, Zone } from '../../components/time.tsx'
import { hx } from '../../hx.ts'
import { type Frame, Portal } from '../../layouts/portal.tsx'
import { paths, withQuery } from '../../paths.ts'
import { capped, counted } from '../../words.ts'

/** What the vendor calls those below it, and what a seller does. */
export type Noun = 'partner' | 'reseller'

export type ResellerListProps = {
  readonly noun: Noun
  readonly filter: ResellerFilter
  readonly rows: readonly ResellerSummary[]
  readonly pages: Pages
  readonly may: { readonly create: boolean; readonly give: boolean }
}

export const titleOf = (noun: Noun): string => (noun === 'partner' ? 'Partners' : 'Resellers')

const query = ({ filter }: Pick<ResellerListProps, 'filter'>) => ({
  q: filter.q,
  only: filter.only,
  sort: filter.sort === 'login' ? '' : filter.sort,
})

/** The sellers below: who they are, what they hold, when they were last here. */
export const ResellersPage = ({ frame, list }: { frame: Frame; list: ResellerListProps }) => (
  <Portal frame={frame} title={titleOf(list.noun)}>
    <header>
      <h1>{titleOf(list.noun)}</h1>
      <p class="soft">Everybody below you, to any depth, within the credits they were given.</p>
    </header>
    {list.may.create && (
      <p>
        <a class="button main" href={paths.newReseller}>
          Add a new {list.noun}
        </a>
      </p>
    )}
    <Search
      path={paths.resellers}
      q={list.filter.q}
      label="Search by name, login or e-mail"
      keep={{ ...query(list), q: '' }}
    />
    <ResellerList {...list} />
  </Portal>
)

/** The list itself: what a search, a filter, a sort or a page replaces. */
export const ResellerList = (props: ResellerListProps) => {
  const chip = (only: NonNullable<ResellerFilter['only']>, words: string) => (
    <Chip
      href={withQuery(paths.resellers, { ...query(props), only: props.filter.only === only ? '' : only })}
      on={props.filter.only === only}
    >
      {words}
    </Chip>
  )
  return (
    <div id="list" {...hx({ boostBelow: 'swap:outerMorph target:#list' })}>
      <p class="chips">
        {chip('direct', 'Directly below')}
        {chip('low', 'Low on credits')}
        {chip('suspended', 'Suspended')}
      </p>
      {props.rows.length === 0 ? <Nothing {...props} /> : <Table {...props} />}
      <Pager path={paths.resellers} query={query(props)} pages={props.pages} />
    </div>
  )
}

const Table = (props: ResellerListProps) => {
  const { noun, filter, rows, pages } = props
  return (
    <table>
      <caption>
        <span id="count" role="status">
          {counted(rows.length, noun)}
          {(pages.next || pages.previous) && ' on this page'}
        </span>{' '}
        ·{' '}
        <a href={withQuery(paths.resellersCsv, query(props))} download>
          Download CSV
        </a>
      </caption>
      <thead>
        <tr>
          <SortHead path={paths.resellers} query={query(props)} sort={filter.sort} by="login" first="login">
            Login
          </SortHead>
          <th scope="col">E-mail</th>
          <th scope="col">Credits</th>
          <th scope="col">Licenses</th>
          <th scope="col">
            Last sign-in (<Zone />)
          </th>
          <th scope="col">State</th>
          <th scope="col">Actions</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Row row={row} may={props.may} />
        ))}
      </tbody>
    </table>
  )
}

const Row = ({ row, may }: { row: ResellerSummary; may: ResellerListProps['may'] }) => (
  <tr>
    <th scope="row" data-label="Login">
      <a href={paths.reseller(row.id)}>{row.login}</a>
      <small>
        {row.name}
        {row.parentName && `, below ${row.parentName}`}
      </small>
    </th>
    <td data-label="E-mail">{row.email}</td>
    <td data-label="Credits">{row.credits}</td>
    <td data-label="Licenses">{capped(row.licenses)}</td>
    <td data-label="Last sign-in">{row.lastSignInAt ? <At at={row.lastSignInAt} /> : 'Never'}</td>
    <td data-label="State">
      <ResellerStateWords state={resellerStateOf(row)} />
    </td>
    <td>
      <a class="act" href={paths.reseller(row.id)} aria-label={`Edit ${row.login}`}>
        Edit
      </a>{' '}
      {may.give && (
        <a class="act" href={paths.newCredits(row.id)} aria-label={`Give credits to ${row.login}`}>
          Give credits
        </a>
      )}
    </td>
  </tr>
)

const Nothing = ({ noun, filter, may }: ResellerListProps) => (
  <div class="card">
    <p id="count" role="status">
      {filter.q || filter.only ? `No ${noun} fits.` : `No ${noun} yet.`}
    </p>
    {filter.q || filter.only ? (
      <p>
        <a href={paths.resellers}>Show all {noun}s</a>
      </p>
    ) : (
      <>
        <p>
          An account of its own is for whoever sells on, and for important customers, for example with more than 5
          servers. They create activation keys and license files on demand, within the credits you give them, and you
          see what they do.
        </p>
        {may.create && <p>Add one, choose its products, and give it credits.</p>}
      </>
    )}
  </div>
)
