import type { ComputerSummary, Machine } from '#src/domain/computers/computer.ts'
import type { FieldError } from '#src/domain/refusal.ts'
import { described, ErrorSummary, FieldProblem } from '../../components/error-summary.tsx'
import { hx } from '../../hx.ts'
import { type Frame, Portal } from '../../layouts/portal.tsx'
import { paths } from '../../paths.ts'
import { counted } from '../../words.ts'

/** What is done with many computers at once. */
export const computerActs = ['remove', 'group', 'move'] as const
export type ComputerAct = (typeof computerActs)[number]

export type KeyChoice = {
  readonly id: string
  readonly name: string
  readonly code: string
  readonly productName: string | null
  readonly computerLimit: number | null
  readonly activeComputers: number
}

export type BulkDraft = {
  readonly group: string
  readonly newGroup: string
  readonly activationKey: string
  readonly errors: readonly FieldError[]
}

type Props = {
  frame: Frame
  act: ComputerAct
  computers: readonly ComputerSummary[]
  machine: Machine
  groups: readonly { readonly id: string; readonly name: string }[]
  keys: readonly KeyChoice[]
  draft: BulkDraft
  request: string
}

const titles = (machine: Machine): Record<ComputerAct, string> => ({
  remove: `Remove ${machine}s`,
  group: 'Put into a group',
  move: 'Move to another key',
})

/** Asks once before something happens to many computers, and names them all (R179 R180 R200 R222 R331). */
export const BulkComputersPage = (props: Props) => {
  const { frame, act, computers, machine, draft, request } = props
  const title = titles(machine)[act]
  return (
    <Portal frame={frame} title={title} error={draft.errors.length > 0}>
      <nav aria-label="Breadcrumb">
        <a href={paths.computers}>{machine === 'server' ? 'Servers' : 'Computers'}</a> › {title}
      </nav>
      <header>
        <h1>{title}</h1>
        <p>{whatHappens(props)}</p>
      </header>
      <ErrorSummary errors={draft.errors} />
      <form class="form" method="post" action={paths.bulkComputers} novalidate {...hx({ disable: 'find button' })}>
        <input type="hidden" name="act" value={act} />
        <input type="hidden" name="request" value={request} />
        {computers.map(({ id }) => (
          <input type="hidden" name="id" value={id} />
        ))}
        {act === 'group' && <GroupFields {...props} />}
        {act === 'move' && <KeyField {...props} />}
        <p class="row">
          <button type="submit" class="main">
            {verbs[act]} {counted(computers.length, machine)}
          </button>
          <a class="button" href={paths.computers}>
            Cancel
          </a>
        </p>
      </form>
      <Named {...props} />
    </Portal>
  )
}

const verbs = { remove: 'Remove', group: 'Put', move: 'Move' } as const

function whatHappens({ act, computers, machine }: Props): string {
  if (act === 'group') return `A ${machine} is in one group or in none.`
  if (act === 'move') return 'What a key is for moves to it. What runs on a license of its own stays where it is.'
  const those = computers.length === 1 ? `this ${machine}` : `these ${computers.length} ${machine}s`
  return `All products stop on ${those} at the next check-in, and their places become free. For a day you can undo it.`
}

const GroupFields = ({ groups, draft }: Props) => (
  <>
    <div>
      <label for="group">Group</label>
      <FieldProblem errors={draft.errors} name="group" />
      <select id="group" name="group" {...described({ ...draft, name: 'group' })}>
        <option value="">No group</option>
        {groups.map(({ id, name }) => (
          <option value={id} selected={id === draft.group}>
            {name}
          </option>
        ))}
      </select>
    </div>
    <div>
      <label for="newGroup">Or a new group</label>
      <small id="newGroup-hint">Its name; leave it empty to use the group above</small>
      <FieldProblem errors={draft.errors} name="newGroup" />
      <input
        type="text"
        id="newGroup"
        name="newGroup"
        value={draft.newGroup}
        dir="auto"
        autocomplete="off"
        {...described({ ...draft, name: 'newGroup' }, true)}
      />
    </div>
  </>
)

const KeyField = ({ keys, draft }: Props) => (
  <div>
    <label for="activationKey">Activation key</label>
    <FieldProblem errors={draft.errors} name="activationKey" />
    <select id="activationKey" name="activationKey" {...described({ ...draft, name: 'activationKey' })}>
      <option value="">Choose a key</option>
      {keys.map((key) => (
        <option value={key.id} selected={key.id === draft.activationKey}>
          {key.name}: {key.productName ?? 'any product'}, {key.activeComputers} / {key.computerLimit ?? 'unlimited'}
        </option>
      ))}
    </select>
  </div>
)

const Named = ({ computers, machine }: Props) => (
  <table>
    <caption>{counted(computers.length, machine)}</caption>
    <thead>
      <tr>
        <th scope="col">Name</th>
        <th scope="col">IP</th>
        <th scope="col">Group</th>
        <th scope="col">Products and keys</th>
      </tr>
    </thead>
    <tbody>
      {computers.map((computer) => (
        <tr>
          <th scope="row" class="any">
            <a href={paths.computer(computer.id)}>
              <bdi>{computer.name}</bdi>
            </a>
            {!computer.isOwn && <small>{computer.accountName}</small>}
          </th>
          <td data-label="IP">
            <code>{computer.ip}</code>
          </td>
          <td data-label="Group">{computer.groupName ?? <span class="soft">None</span>}</td>
          <td data-label="Products and keys">
            {computer.products.map(({ name, keyName, license }) => (
              <div>
                {name}, {license ? `license ${license}` : `key ${keyName}`}
              </div>
            ))}
          </td>
        </tr>
      ))}
    </tbody>
  </table>
)
