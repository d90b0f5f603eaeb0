import type { Machine } from '#src/domain/computers/computer.ts'
import type { FieldError } from '#src/domain/refusal.ts'
import { described, ErrorSummary, FieldProblem } from '../../components/error-summary.tsx'
import { type Frame, Portal } from '../../layouts/portal.tsx'
import { paths, withQuery } from '../../paths.ts'
import { capped } from '../../words.ts'

type Group = { readonly id: string; readonly name: string; readonly computers: number; readonly version: number }

type Props = {
  frame: Frame
  machine: Machine
  group: Group
  draft: { readonly name: string; readonly request: string; readonly errors: readonly FieldError[] }
}

const Trail = ({ group, machine, here }: { group: Group; machine: Machine; here: string }) => (
  <nav aria-label="Breadcrumb">
    <a href={paths.computers}>{machine === 'server' ? 'Servers' : 'Computers'}</a> ›{' '}
    <a href={paths.computerGroups}>Groups</a> › <bdi>{group.name}</bdi> › {here}
  </nav>
)

const Held = ({ group, machine }: { group: Group; machine: Machine }) => (
  <a href={withQuery(paths.computers, { group: group.id })}>
    {group.computers === 1 ? `1 ${machine}` : `${capped(group.computers)} ${machine}s`}
  </a>
)

/** A group under edit. */
export const GroupPage = ({ frame, machine, group, draft }: Props) => (
  <Portal frame={frame} title={`Group ${group.name}`} error={draft.errors.length > 0}>
    <Trail group={group} machine={machine} here="Rename" />
    <h1>
      Rename <bdi>{group.name}</bdi>
    </h1>
    <ErrorSummary errors={draft.errors} />
    <p>
      It holds <Held group={group} machine={machine} />.
    </p>
    <form class="form" method="post" action={paths.computerGroup(group.id)} novalidate>
      <input type="hidden" name="version" value={group.version} />
      <input type="hidden" name="request" value={draft.request} />
      <div>
        <label for="name">Name</label>
        <FieldProblem errors={draft.errors} name="name" />
        <input
          type="text"
          id="name"
          name="name"
          value={draft.name}
          dir="auto"
          autocomplete="off"
          {...described({ ...draft, name: 'name' })}
        />
      </div>
      <button type="submit" class="main">
        Save
      </button>
    </form>
  </Portal>
)

/** Asks once before a group is deleted. */
export const GroupDeletionPage = ({ frame, machine, group, request }: Omit<Props, 'draft'> & { request: string }) => (
  <Portal frame={frame} title={`Delete ${group.name}`}>
    <Trail group={group} machine={machine} here="Delete" />
    <h1>
      Delete the group <bdi>{group.name}</bdi>?
    </h1>
    <p>
      It holds <Held group={group} machine={machine} />. They stay, without a group.
    </p>
    <form method="post" action={paths.computerGroupDeletion(group.id)}>
      <input type="hidden" name="version" value={group.version} />
      <input type="hidden" name="request" value={request} />
      <p class="row">
        <button type="submit" class="main">
          Delete
        </button>
        <a class="button" href={paths.computerGroups}>
          Keep it
        </a>
      </p>
    </form>
  </Portal>
)
