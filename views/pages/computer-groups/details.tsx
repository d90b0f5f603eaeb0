import type { FieldError } from '#src/domain/refusal.ts'
import { described, ErrorSummary, FieldProblem } from '../../components/error-summary.tsx'
import { type Frame, Portal } from '../../layouts/portal.tsx'
import { paths, withQuery } from '../../paths.ts'
import { capped } from '../../words.ts'

type Group = { readonly id: string; readonly name: string; readonly computers: number; readonly version: number }

type Props = {
  frame: Frame
  group: Group
  draft: { readonly name: string; readonly request: string; readonly errors: readonly FieldError[] }
}

const Trail = ({ group, here }: { group: Group; here: string }) => (
  <nav aria-label="Breadcrumb">
    <a href={paths.computers}>Computers</a> › <a href={paths.computerGroups}>Groups</a> › <bdi>{group.name}</bdi> ›{' '}
    {here}
  </nav>
)

const Held = ({ group }: { group: Group }) => (
  <a href={withQuery(paths.computers, { group: group.id })}>
    {group.computers === 1 ? '1 computer' : `${capped(group.computers)} computers`}
  </a>
)

/** A group under edit. */
export const GroupPage = ({ frame, group, draft }: Props) => (
  <Portal frame={frame} title={`Group ${group.name}`} error={draft.errors.length > 0}>
    <Trail group={group} here="Rename" />
    <h1>
      Rename <bdi>{group.name}</bdi>
    </h1>
    <ErrorSummary errors={draft.errors} />
    <p>
      It holds <Held group={group} />.
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
export const GroupDeletionPage = ({ frame, group, request }: { frame: Frame; group: Group; request: string }) => (
  <Portal frame={frame} title={`Delete ${group.name}`}>
    <Trail group={group} here="Delete" />
    <h1>
      Delete the group <bdi>{group.name}</bdi>?
    </h1>
    <p>
      It holds <Held group={group} />. They stay, without a group.
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
