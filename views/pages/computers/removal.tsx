import type { Machine } from '#src/domain/computers/computer.ts'
import { isUndoable, type RemovalSummary } from '#src/domain/computers/removal.ts'
import type { FieldError } from '#src/domain/refusal.ts'
import { ErrorSummary } from '../../components/error-summary.tsx'
import { At, OnDayOf } from '../../components/time.tsx'
import { hx } from '../../hx.ts'
import { type Frame, Portal } from '../../layouts/portal.tsx'
import { paths } from '../../paths.ts'
import { agoInWords, counted } from '../../words.ts'

type Props = {
  frame: Frame
  machine: Machine
  removal: RemovalSummary
  computers: readonly { readonly id: string; readonly name: string; readonly accountName: string }[]
  now: Date
  request: string
  may: boolean
  errors: readonly FieldError[]
}

const titleOf = (machine: Machine): string => (machine === 'server' ? 'Servers' : 'Computers')

/** What was removed together, and its undoing for a day. */
export const RemovalPage = ({ frame, machine, removal, computers, now, request, may, errors }: Props) => (
  <Portal frame={frame} title="Removal" error={errors.length > 0}>
    <nav aria-label="Breadcrumb">
      <a href={paths.computers}>{titleOf(machine)}</a> › <a href={paths.removals}>Removals</a> ›{' '}
      <OnDayOf at={removal.at} />
    </nav>
    <h1>
      {counted(removal.computers, machine)} {removal.undoneAt ? 'removed and brought back' : 'removed'}
    </h1>
    <ErrorSummary errors={errors} />
    <p>
      Removed <At at={removal.at} />. <State machine={machine} removal={removal} now={now} />
    </p>
    {may && isUndoable(removal, now) && (
      <form method="post" action={paths.restoration(removal.id)} {...hx({ disable: 'find button' })}>
        <input type="hidden" name="request" value={request} />
        <p class="row">
          <button type="submit" class="main">
            Undo
          </button>
          <a class="button" href={paths.computers}>
            Back to the list
          </a>
        </p>
      </form>
    )}
    {computers.length > 0 && (
      <ul>
        {computers.map(({ id, name, accountName }) => (
          <li>
            <a href={paths.computer(id)}>
              <bdi>{name}</bdi>
            </a>
            {accountName !== removal.accountName && `, ${accountName}`}
          </li>
        ))}
      </ul>
    )}
  </Portal>
)

const State = ({ machine, removal, now }: Pick<Props, 'machine' | 'removal' | 'now'>) => {
  if (removal.undoneAt) {
    return (
      <>
        <b class="good">Undone</b> <At at={removal.undoneAt} />.
      </>
    )
  }
  if (!isUndoable(removal, now)) return <span>It cannot be undone any more: activate them again with their key.</span>
  return (
    <>
      <b class="due">Can be undone</b> until <At at={removal.undoUntil} />: the {counted(removal.computers, machine)}{' '}
      come back as they were, where their keys and licenses still have room.
    </>
  )
}

type ListProps = { frame: Frame; machine: Machine; removals: readonly RemovalSummary[]; now: Date }

/** The account's removals of the last month. */
export const RemovalsPage = ({ frame, machine, removals, now }: ListProps) => (
  <Portal frame={frame} title="Removals">
    <nav aria-label="Breadcrumb">
      <a href={paths.computers}>{titleOf(machine)}</a> › Removals
    </nav>
    <h1>Removals</h1>
    {removals.length === 0 ? (
      <div class="card">
        <p>Nothing was removed in the last 30 days.</p>
      </div>
    ) : (
      <table>
        <caption>The latest of the last 30 days</caption>
        <thead>
          <tr>
            <th scope="col">Removed</th>
            <th scope="col">{titleOf(machine)}</th>
            <th scope="col">State</th>
          </tr>
        </thead>
        <tbody>
          {removals.map((one) => (
            <tr>
              <th scope="row">
                <a href={paths.removal(one.id)}>
                  <At at={one.at} />
                </a>
                <small>{agoInWords(one.at, now)}</small>
              </th>
              <td data-label={titleOf(machine)}>{one.computers}</td>
              <td data-label="State">
                {one.undoneAt ? (
                  <b class="good">Undone</b>
                ) : isUndoable(one, now) ? (
                  <b class="due">Can be undone</b>
                ) : (
                  'Removed for good'
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    )}
  </Portal>
)
