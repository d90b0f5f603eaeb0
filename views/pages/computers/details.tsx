import {
  type ComputerSummary,
  computerStanding,
  type Machine,
  productStanding,
} from '#src/domain/computers/computer.ts'
import type { FieldError } from '#src/domain/refusal.ts'
import { described, ErrorSummary, FieldProblem } from '../../components/error-summary.tsx'
import { MachineState } from '../../components/machine-state.tsx'
import { ProductBadge } from '../../components/product-badge.tsx'
import { At, OnDayOf } from '../../components/time.tsx'
import { type Frame, Portal } from '../../layouts/portal.tsx'
import { paths, withQuery } from '../../paths.ts'

/** The name under edit: what was typed stays, whatever was wrong with it. */
export type NameDraft = {
  readonly name: string
  readonly version: number
  readonly request: string
  readonly errors: readonly FieldError[]
}

type Props = {
  frame: Frame
  computer: ComputerSummary & { readonly removedAt: Date | null }
  machine: Machine
  now: Date
  draft: NameDraft
  may: { readonly edit: boolean; readonly rename: boolean; readonly file: boolean }
}

/** One computer: what it is, what runs on it, its name (R40 R183 R184). */
export const ComputerPage = (props: Props) => {
  const { frame, computer, machine, draft, may } = props
  const list = machine === 'server' ? 'Servers' : 'Computers'
  const there = computer.removedAt === null
  return (
    <Portal frame={frame} title={computer.name} error={draft.errors.length > 0}>
      <nav aria-label="Breadcrumb">
        <a href={paths.computers}>{list}</a> › <bdi>{computer.name}</bdi>
      </nav>
      <h1 class="any">
        <bdi>{computer.name}</bdi>
      </h1>
      <ErrorSummary errors={draft.errors} />
      {computer.removedAt && (
        <p class="note">
          This {machine} was removed on <OnDayOf at={computer.removedAt} />. Its products run on it no more.{' '}
          {may.edit && <a href={paths.removals}>Removals</a>}
        </p>
      )}
      <Facts {...props} />
      {there && <Products {...props} />}
      {there && may.rename && <Rename {...props} />}
      {there && may.edit && <Acts {...props} />}
    </Portal>
  )
}

const Facts = ({ computer, now }: Props) => (
  <dl class="card">
    <dt>Last check-in</dt>
    <dd>
      <MachineState standing={computerStanding(computer.products, now)} seenAt={computer.lastCheckInAt} now={now} />
    </dd>
    <dt>Registered</dt>
    <dd>
      <At at={computer.registeredAt} />
    </dd>
    <dt>IP</dt>
    <dd>
      <code>{computer.ip ?? 'not known'}</code>
    </dd>
    <dt>Group</dt>
    <dd>
      {computer.groupId ? (
        <a href={withQuery(paths.computers, { group: computer.groupId })}>{computer.groupName}</a>
      ) : (
        <span class="soft">None</span>
      )}
    </dd>
    <dt>Host name</dt>
    <dd>{computer.hostname || <span class="soft">Not told</span>}</dd>
    <dt>Fingerprint</dt>
    <dd>
      <code class="any">{computer.fingerprint}</code>
    </dd>
    {!computer.isOwn && (
      <>
        <dt>Account</dt>
        <dd>{computer.accountName}</dd>
      </>
    )}
  </dl>
)

const Products = ({ computer, now, may }: Props) => (
  <section>
    <h2>Installed products</h2>
    <table>
      <caption>Each checks in on its own</caption>
      <thead>
        <tr>
          <th scope="col">Product</th>
          <th scope="col">Version</th>
          <th scope="col">Last check-in</th>
          <th scope="col">Activated</th>
          <th scope="col">Activation key</th>
          <th scope="col">License</th>
          {may.file && <th scope="col">License file</th>}
        </tr>
      </thead>
      <tbody>
        {computer.products.map((one) => (
          <tr>
            <th scope="row">
              <ProductBadge code={one.code} name={one.name} /> {one.name}
            </th>
            <td data-label="Version">{one.version ?? 'Not told'}</td>
            <td data-label="Last check-in">
              <MachineState
                standing={productStanding(one, now)}
                seenAt={one.seenAt === null ? null : new Date(one.seenAt)}
                now={now}
              />
            </td>
            <td data-label="Activated">
              <OnDayOf at={new Date(one.activatedAt)} />
            </td>
            <td data-label="Activation key">
              <a href={paths.activationKey(one.keyId)}>
                <code>{one.key}</code>
              </a>
            </td>
            <td data-label="License">
              {one.licenseId ? (
                <a href={paths.license(one.licenseId)}>
                  <code>{one.license}</code>
                </a>
              ) : (
                <span class="soft">By its key</span>
              )}
            </td>
            {may.file && (
              <td data-label="License file">
                <a href={paths.licenseFile(one.activationId)}>
                  View<span class="hide"> the license file of {one.name}</span>
                </a>
              </td>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  </section>
)

const Rename = ({ computer, draft }: Props) => (
  <section>
    <h2>Name</h2>
    <form class="form" method="post" action={paths.computer(computer.id)} novalidate>
      <input type="hidden" name="version" value={draft.version} />
      <input type="hidden" name="request" value={draft.request} />
      <div>
        <label for="name">Name</label>
        <small id="name-hint">What the lists show. The host name stays as the software tells it.</small>
        <FieldProblem errors={draft.errors} name="name" />
        <input
          type="text"
          id="name"
          name="name"
          value={draft.name}
          dir="auto"
          autocomplete="off"
          {...described({ ...draft, name: 'name' }, true)}
        />
      </div>
      <button type="submit">Save</button>
    </form>
  </section>
)

const Acts = ({ computer, machine }: Props) => {
  const act = (name: string) => withQuery(paths.bulkComputers, { act: name, id: computer.id })
  return (
    <section>
      <h2>Group, key, removal</h2>
      <p class="row">
        {computer.isOwn && (
          <>
            <a class="button" href={act('group')}>
              Put into a group
            </a>
            <a class="button" href={act('move')}>
              Move to another key
            </a>
          </>
        )}
        <a class="button" href={act('remove')}>
          Remove this {machine}
        </a>
      </p>
    </section>
  )
}
