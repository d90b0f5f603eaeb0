import { type ComputerSummary, computerStanding } from '#src/domain/computers/computer.ts'
import { type ComputerOrder, isOrderGiven, orderOf } from '#src/domain/computers/filter.ts'
import { SortHead } from '../../components/list-tools.tsx'
import { MachineState } from '../../components/machine-state.tsx'
import { ProductBadge } from '../../components/product-badge.tsx'
import { OnDayOf } from '../../components/time.tsx'
import { hx } from '../../hx.ts'
import { paths, withQuery } from '../../paths.ts'
import { counted } from '../../words.ts'
import { ActiveProducts } from './products.tsx'
import { type ComputerListProps, queryOf } from './props.ts'

/** Computers, each to be expanded, and what is done with those that are marked (R174 to R184 R224 R225). */
export const ComputerTable = (props: ComputerListProps) => {
  const { filter, rows, machine, may, showsOwner } = props
  const query = queryOf(props)
  const head = (by: ComputerOrder, first: string, label: string) =>
    filter.q === '' && (!isOrderGiven(filter) || orderOf(filter.sort) === by) ? (
      <SortHead path={paths.computers} query={query} sort={filter.sort} by={by} first={first}>
        {label}
      </SortHead>
    ) : (
      <th scope="col">{label}</th>
    )
  return (
    <>
      {may.edit && <BulkForm />}
      <table>
        <Caption {...props} />
        <thead>
          <tr>
            {may.edit && (
              <th class="sort" scope="col">
                <span class="hide">Mark</span>
                <input type="checkbox" hidden data-all="bulk" aria-label="Mark all on this page" />
              </th>
            )}
            {head('name', 'name', machine === 'server' ? 'Server name' : 'Name')}
            {showsOwner && <th scope="col">Account</th>}
            {head('ip', 'ip', 'IP')}
            {head('registered', '-registered', 'Registered')}
            <th scope="col">Group</th>
            <th scope="col">Products</th>
            {head('seen', '-seen', 'Last check-in')}
            {filter.key !== null && <th scope="col">Activation key</th>}
          </tr>
        </thead>
        <tbody>
          {rows.map((computer) => (
            <Row {...props} computer={computer} />
          ))}
        </tbody>
      </table>
    </>
  )
}

const Caption = (props: ComputerListProps) => (
  <caption>
    <span id="count" role="status">
      {counted(props.rows.length, props.machine)}
      {(props.pages.next || props.pages.previous) && ' on this page'}
    </span>{' '}
    ·{' '}
    <a href={withQuery(paths.computersCsv, queryOf(props))} download>
      Get {props.machine}s list (CSV)
    </a>
  </caption>
)

/** The marked rows go to a page that says what will happen. */
const BulkForm = () => (
  <form id="bulk" action={paths.bulkComputers} class="row" {...hx({ boost: 'false' })}>
    <span class="soft">Marked rows:</span>
    <button type="submit" name="act" value="remove">
      Remove
    </button>
    <button type="submit" name="act" value="group">
      Put into a group
    </button>
    <button type="submit" name="act" value="move">
      Move to another key
    </button>
  </form>
)

/** Of a list narrowed to products, these decide how a computer stands; else all on it. */
const shownOf = ({ filter }: ComputerListProps, { products }: ComputerSummary) =>
  filter.products.length === 0 ? products : products.filter(({ code }) => filter.products.includes(code))

const Row = (props: ComputerListProps & { computer: ComputerSummary }) => {
  const { computer, now, may, showsOwner, filter } = props
  const shown = shownOf(props, computer)
  const seenAt = filter.products.length === 1 ? (shown[0]?.seenAt ?? null) : (computer.lastCheckInAt?.getTime() ?? null)
  return (
    <tr>
      {may.edit && (
        <td>
          <input type="checkbox" name="id" value={computer.id} form="bulk" aria-label={`Mark ${computer.name}`} />
        </td>
      )}
      <th scope="row" class="any">
        <a href={paths.computer(computer.id)}>
          <bdi>{computer.name}</bdi>
        </a>
      </th>
      {showsOwner && (
        <td data-label="Account">
          <a href={withQuery(paths.computers, { ...queryOf(props), account: computer.accountId })}>
            {computer.accountName}
          </a>
        </td>
      )}
      <td data-label="IP">
        <code>{computer.ip}</code>
      </td>
      <td data-label="Registered">
        <OnDayOf at={computer.registeredAt} />
      </td>
      <td data-label="Group">
        {computer.groupName ? <bdi>{computer.groupName}</bdi> : <span class="soft">None</span>}
      </td>
      <td data-label="Products">
        <Expandable computer={computer} now={now} />
      </td>
      <td data-label="Last check-in">
        <MachineState
          standing={computerStanding(shown, now)}
          seenAt={seenAt === null ? null : new Date(seenAt)}
          now={now}
        />
      </td>
      {filter.key !== null && (
        <td data-label="Activation key">
          <code>{computer.products.find(({ keyId, key }) => keyId === filter.key || key === filter.key)?.key}</code>
        </td>
      )}
    </tr>
  )
}

/** The products by their marks, and opened all that is known of them and of the computer (R178 R182). */
const Expandable = ({ computer, now }: { computer: ComputerSummary; now: Date }) => (
  <details>
    <summary>
      <span class="hide">Details of {computer.name}: </span>
      {computer.products.map(({ code, name }, i) => (
        <>
          {i > 0 && <br />}
          <ProductBadge code={code} name={name} /> {name}
        </>
      ))}
    </summary>
    <ActiveProducts products={computer.products} now={now} />
    <p>
      <small>
        {computer.hostname !== computer.name && `Host name ${computer.hostname} · `}Fingerprint{' '}
        <code class="any">{computer.fingerprint}</code>
      </small>
    </p>
  </details>
)
