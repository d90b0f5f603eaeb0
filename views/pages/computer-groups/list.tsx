import type { Machine } from '#src/domain/computers/computer.ts'
import type { FieldError } from '#src/domain/refusal.ts'
import { described, ErrorSummary, FieldProblem } from '../../components/error-summary.tsx'
import { Pager, type Pages } from '../../components/list-tools.tsx'
import { type Frame, Portal } from '../../layouts/portal.tsx'
import { paths, withQuery } from '../../paths.ts'
import { capped, counted } from '../../words.ts'

type Group = { readonly id: string; readonly name: string; readonly computers: number }

export type GroupDraft = { readonly name: string; readonly request: string; readonly errors: readonly FieldError[] }

type Props = {
  frame: Frame
  machine: Machine
  groups: readonly Group[]
  pages: Pages
  draft: GroupDraft
  may: { readonly edit: boolean }
}

const titleOf = (machine: Machine): string => (machine === 'server' ? 'Servers' : 'Computers')

/** The groups of the account's computers (R331). */
export const GroupsPage = ({ frame, machine, groups, pages, draft, may }: Props) => (
  <Portal frame={frame} title="Groups" error={draft.errors.length > 0}>
    <nav aria-label="Breadcrumb">
      <a href={paths.computers}>{titleOf(machine)}</a> › Groups
    </nav>
    <header>
      <h1>Groups</h1>
      <p class="soft">
        A {machine} is in one group or in none. Mark rows of the list of {machine}s to put them into one.
      </p>
    </header>
    <ErrorSummary errors={draft.errors} />
    {groups.length === 0 ? (
      <div class="card">
        <p>No groups yet. {may.edit && 'Name the first one below, such as Web or Databases.'}</p>
      </div>
    ) : (
      <Table groups={groups} machine={machine} may={may} paged={Boolean(pages.previous || pages.next)} />
    )}
    <Pager path={paths.computerGroups} query={{}} pages={pages} />
    {may.edit && (
      <section>
        <h2>New group</h2>
        <form class="form" method="post" action={paths.computerGroups} novalidate>
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
            Create the group
          </button>
        </form>
      </section>
    )}
  </Portal>
)

const Table = ({ groups, machine, may, paged }: Pick<Props, 'groups' | 'machine' | 'may'> & { paged: boolean }) => (
  <table>
    <caption>
      {counted(groups.length, 'group')}
      {paged && ' on this page'}
    </caption>
    <thead>
      <tr>
        <th scope="col">Name</th>
        <th scope="col">{titleOf(machine)}</th>
        {may.edit && <th scope="col">Actions</th>}
      </tr>
    </thead>
    <tbody>
      {groups.map(({ id, name, computers }) => (
        <tr>
          <th scope="row">
            <a href={withQuery(paths.computers, { group: id })}>
              <bdi>{name}</bdi>
            </a>
          </th>
          <td data-label={titleOf(machine)}>{capped(computers)}</td>
          {may.edit && (
            <td>
              <a class="act" href={paths.computerGroup(id)}>
                Rename<span class="hide"> {name}</span>
              </a>{' '}
              <a class="act" href={paths.computerGroupDeletion(id)}>
                Delete<span class="hide"> {name}</span>
              </a>
            </td>
          )}
        </tr>
      ))}
    </tbody>
  </table>
)
