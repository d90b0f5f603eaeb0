import type { ActivationKeySummary } from '#src/domain/activation-keys/activation-key.ts'
import { Copyable } from '../../components/copyable.tsx'
import { LastDay } from '../../components/last-day.tsx'
import { SortHead } from '../../components/list-tools.tsx'
import { OnDayOf } from '../../components/time.tsx'
import { UsedOfLimit } from '../../components/used-of-limit.tsx'
import { hx } from '../../hx.ts'
import { paths, withQuery } from '../../paths.ts'
import { capped, counted, dayInDigits } from '../../words.ts'
import { type KeyListProps, queryOf } from './props.ts'

type Column = readonly [label: string, by?: string, first?: string]

/** The columns between the name and the servers; sellers see what a key holds, server customers what it is for. */
const columnsOf = ({ ofServers, product }: KeyListProps): readonly Column[] => [
  ['Name', 'name', 'name'],
  ['Activation key', 'code', 'code'],
  ...(ofServers && !product ? [['License type'] as const] : []),
  ['Note'],
  ...(ofServers ? [] : [['Licenses'] as const]),
  ['Servers', 'servers', '-servers'],
  ofServers ? ['Last day', 'expires', 'expires'] : ['Made', 'made', '-made'],
]

/** Keys, and what is done with those that are marked (R196 to R202 R206 R212). */
export const KeyTable = (props: KeyListProps) => {
  const { rows, may, filter } = props
  return (
    <>
      {may.remove && <BulkForm {...props} />}
      <table>
        <Caption {...props} />
        <thead>
          <tr>
            {may.remove && (
              <th scope="col">
                <span class="hide">Mark</span>
                <input type="checkbox" hidden data-all="bulk" aria-label="Mark all on this page" />
              </th>
            )}
            {columnsOf(props).map(([label, by, first]) =>
              by && first && filter.q === '' ? (
                <SortHead path={paths.activationKeys} query={queryOf(props)} sort={filter.sort} by={by} first={first}>
                  {label}
                </SortHead>
              ) : (
                <th scope="col">{label}</th>
              ),
            )}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <KeyLine {...props} row={row} />
          ))}
        </tbody>
      </table>
    </>
  )
}

const Caption = (props: KeyListProps) => (
  <caption>
    <span id="count" role="status">
      {counted(props.rows.length, 'activation key')}
      {(props.pages.next || props.pages.previous) && ' on this page'}
    </span>{' '}
    ·{' '}
    <a href={withQuery(paths.activationKeysCsv, queryOf(props))} download>
      Download CSV
    </a>
  </caption>
)

/** The marked keys go to a page that says what will happen. */
const BulkForm = (props: KeyListProps) => (
  <form id="bulk" action={paths.activationKeyRemovals} class="row" {...hx({ boost: 'false' })}>
    <input type="hidden" name="back" value={withQuery(paths.activationKeys, queryOf(props))} />
    <span class="soft">Marked keys:</span>
    <button type="submit">Remove</button>
  </form>
)

const KeyLine = (props: KeyListProps & { row: ActivationKeySummary }) => {
  const { row, today, ofServers, product, may } = props
  return (
    <tr>
      {may.remove && <Mark {...row} />}
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
        <Beneath {...props} />
      </th>
      <td data-label="Activation key">
        <Copyable text={row.code} label={`the key ${row.name}`} href={paths.activationKey(row.id)} />
      </td>
      {ofServers && !product && <td data-label="License type">{row.productName ?? 'Any product'}</td>}
      <td data-label="Note">{row.note ? <bdi>{row.note}</bdi> : <span class="soft">None</span>}</td>
      {!ofServers && <td data-label="Licenses">{row.licenses === 0 ? 'None yet' : capped(row.licenses)}</td>}
      <td data-label="Servers">
        <UsedOfLimit used={row.activeComputers} limit={row.computerLimit} label={`Servers of ${row.name}`} />
      </td>
      {ofServers ? (
        <td data-label="Last day">
          <LastDay day={row.expiresOn} today={today} />
        </td>
      ) : (
        <td data-label="Made">
          <OnDayOf at={row.createdAt} />
        </td>
      )}
    </tr>
  )
}

/** Whose a seller's key is and what for, and whether it works no more. */
const Beneath = ({ row, ofServers, today }: KeyListProps & { row: ActivationKeySummary }) => {
  const ended =
    !ofServers && row.expiresOn !== null && row.expiresOn < today ? `ended ${dayInDigits(row.expiresOn)}` : ''
  const words = [row.isOwn ? '' : row.accountName, ofServers ? '' : (row.productName ?? ''), ended].filter(Boolean)
  return words.length > 0 ? <small>{words.join(' · ')}</small> : null
}

/** A default key cannot be marked for removal, nor one of an account below (R202). */
const Mark = ({ id, name, isDefault, isOwn }: ActivationKeySummary) => {
  const why = isDefault ? 'the default key stays' : isOwn ? '' : 'not your own'
  return (
    <td>
      <input
        type="checkbox"
        name="id"
        value={id}
        form="bulk"
        aria-label={`Mark ${name}${why && `, ${why}`}`}
        {...(why ? { disabled: true, title: why } : {})}
      />
    </td>
  )
}
