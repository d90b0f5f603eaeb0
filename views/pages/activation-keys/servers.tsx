import type { ActivationKeySummary } from '#src/domain/activation-keys/activation-key.ts'
import { type ComputerSummary, type Machine, productStanding } from '#src/domain/computers/computer.ts'
import type { Day } from '#src/domain/day.ts'
import { Chip, Pager, type Pages } from '../../components/list-tools.tsx'
import { MachineState } from '../../components/machine-state.tsx'
import { OnDayOf } from '../../components/time.tsx'
import { hx } from '../../hx.ts'
import { paths, withQuery } from '../../paths.ts'
import { counted } from '../../words.ts'

/** Days between which a server was registered; null leaves a side open. */
type Days = { readonly from: Day | null; readonly to: Day | null }

export type KeyServersProps = {
  readonly activationKey: ActivationKeySummary
  readonly filter: Days & { readonly q: string }
  readonly rows: readonly ComputerSummary[]
  readonly pages: Pages
  readonly now: Date
  /** Pages of server products say server. */
  readonly machine: Machine
  readonly may: { readonly edit: boolean }
}

const queryOf = ({ filter: { q, from, to } }: Pick<KeyServersProps, 'filter'>) => ({ q, from, to })

/** The servers that run with a key, with filters and what is done with those that are marked (R220 R221 R222). */
export const KeyServers = (props: KeyServersProps) => {
  const { activationKey: key, filter, machine } = props
  const path = paths.activationKey(key.id)
  return (
    <section>
      <h2>{machine === 'server' ? 'Servers' : 'Computers'}</h2>
      {/* biome-ignore lint/a11y/useSemanticElements: <search> is unknown to browsers of five years ago */}
      <form
        class="row"
        role="search"
        action={path}
        {...hx({
          ...{ get: path, target: '#servers', swap: 'outerMorph', trigger: 'submit, input changed delay:250ms' },
          ...{ sync: 'replace', replaceUrl: 'true', include: 'this' },
        })}
      >
        <input
          type="search"
          name="q"
          value={filter.q}
          aria-label={`Search in ${machine} names`}
          placeholder={`Search in ${machine} names`}
          maxlength={100}
          autocomplete="off"
        />
        <label for="from">Registered from</label>
        <input id="from" type="date" name="from" value={filter.from ?? ''} />
        <label for="to">to</label>
        <input id="to" type="date" name="to" value={filter.to ?? ''} />
        <button type="submit">Search</button>
      </form>
      <ServerList {...props} />
    </section>
  )
}

/** What a search, a filter or a page replaces. */
export const ServerList = (props: KeyServersProps) => {
  const path = paths.activationKey(props.activationKey.id)
  return (
    <div id="servers" {...hx({ boostBelow: 'swap:outerMorph target:#servers' })}>
      <Limits {...props} />
      {props.rows.length === 0 ? <None {...props} /> : <Table {...props} />}
      <Pager path={path} query={queryOf(props)} pages={props.pages} />
    </div>
  )
}

/** The keys that limit their servers, and those that do not. */
const Limits = ({ activationKey: { productCode: product } }: KeyServersProps) => (
  <p class="chips">
    <Chip href={withQuery(paths.activationKeys, { limit: 'limited', product })} on={false}>
      All limited keys
    </Chip>
    <Chip href={withQuery(paths.activationKeys, { limit: 'unlimited', product })} on={false}>
      All unlimited keys
    </Chip>
  </p>
)

const None = ({ activationKey: key, filter, machine }: KeyServersProps) => (
  <p class="card" id="count" role="status">
    {key.activeComputers > 0 && (filter.q || filter.from || filter.to)
      ? `No ${machine} of this key fits.`
      : `No ${machine} runs with this key yet.`}
  </p>
)

const Table = (props: KeyServersProps) => (
  <>
    {props.may.edit && (
      <form id="bulk" action={paths.bulkComputers} class="row" {...hx({ boost: 'false' })}>
        <span class="soft">Marked {props.machine}s:</span>
        <button type="submit" name="act" value="remove">
          Remove
        </button>
        <button type="submit" name="act" value="move">
          Move to another key
        </button>
      </form>
    )}
    <table>
      <caption>
        <span id="count" role="status">
          {counted(props.rows.length, props.machine)}
          {(props.pages.next || props.pages.previous) && ' on this page'}
        </span>{' '}
        · <a href={withQuery(paths.computers, { ...queryOf(props), key: props.activationKey.id })}>All filters</a>
      </caption>
      <thead>
        <tr>
          {props.may.edit && (
            <th scope="col">
              <span class="hide">Mark</span>
              <input type="checkbox" hidden data-all="bulk" aria-label="Mark all on this page" />
            </th>
          )}
          <th scope="col">{props.machine === 'server' ? 'Server name' : 'Name'}</th>
          <th scope="col">IP</th>
          <th scope="col">Registered</th>
          <th scope="col">Last check-in</th>
        </tr>
      </thead>
      <tbody>
        {props.rows.map((server) => (
          <Row {...props} server={server} />
        ))}
      </tbody>
    </table>
  </>
)

const Row = ({ server, activationKey: key, now, may }: KeyServersProps & { server: ComputerSummary }) => {
  const [product] = server.products.filter(({ keyId }) => keyId === key.id)
  return (
    <tr>
      {may.edit && (
        <td>
          <input type="checkbox" name="id" value={server.id} form="bulk" aria-label={`Mark ${server.name}`} />
        </td>
      )}
      <th scope="row" class="any">
        <a href={paths.computer(server.id)}>
          <bdi>{server.name}</bdi>
        </a>
      </th>
      <td data-label="IP">
        <code>{server.ip}</code>
      </td>
      <td data-label="Registered">
        <OnDayOf at={server.registeredAt} />
      </td>
      <td data-label="Last check-in">
        {product && (
          <MachineState
            standing={productStanding(product, now)}
            seenAt={product.seenAt === null ? null : new Date(product.seenAt)}
            now={now}
          />
        )}
      </td>
    </tr>
  )
}
