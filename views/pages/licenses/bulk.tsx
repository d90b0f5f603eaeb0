import type { BulkAct } from '#src/domain/licenses/bulk.ts'
import type { LicenseSummary } from '#src/domain/licenses/license.ts'
import type { FieldError } from '#src/domain/refusal.ts'
import { ErrorSummary } from '../../components/error-summary.tsx'
import { licenseDetail } from '../../components/license-name.tsx'
import { hx } from '../../hx.ts'
import { type Frame, Portal } from '../../layouts/portal.tsx'
import { paths } from '../../paths.ts'
import { counted } from '../../words.ts'
import { EditFields } from './edit.tsx'

/** What will happen to one of the chosen licenses; `done` says whether anything will. */
export type BulkRow = { readonly license: LicenseSummary; readonly done: boolean; readonly what: string }

type Props = {
  frame: Frame
  act: BulkAct
  rows: readonly BulkRow[]
  /** Credits that come back, in words. */
  returned: readonly string[]
  draft: { readonly email: string; readonly comment: string; readonly errors: readonly FieldError[] }
  request: string
}

const titles = { edit: 'Edit licenses', delete: 'Delete licenses' } as const

/** What will happen to many licenses, row by row, before it does. */
export const BulkPage = ({ frame, act, rows, returned, draft, request }: Props) => {
  const doable = rows.filter(({ done }) => done)
  return (
    <Portal frame={frame} title={titles[act]} error={draft.errors.length > 0}>
      <nav aria-label="Breadcrumb">
        <a href={paths.licenses}>Licenses</a> › {titles[act]}
      </nav>
      <header>
        <h1>{titles[act]}</h1>
        <p>
          {act === 'delete'
            ? `${counted(doable.length, 'license')} of ${rows.length} will be deleted, with support, and cannot be brought back.`
            : `Write what all ${rows.length} shall say. A field left empty changes nothing.`}
        </p>
        {act === 'delete' && returned.length > 0 && <p>Credits come back: {returned.join('; ')}.</p>}
      </header>
      <ErrorSummary errors={draft.errors} />
      <form class="form" method="post" action={paths.bulkLicenses} novalidate {...hx({ disable: 'find button' })}>
        <input type="hidden" name="act" value={act} />
        <input type="hidden" name="request" value={request} />
        {(act === 'edit' ? rows : doable).map(({ license }) => (
          <input type="hidden" name="id" value={license.id} />
        ))}
        {act === 'edit' && <EditFields draft={draft} />}
        <p class="row">
          {act === 'edit' && (
            <button type="submit" formmethod="get" formaction={paths.bulkLicenses}>
              Show what will change
            </button>
          )}
          {(act === 'edit' || doable.length > 0) && (
            <button type="submit" class="main">
              {act === 'edit'
                ? `Edit ${counted(rows.length, 'license')}`
                : `Delete ${counted(doable.length, 'license')}`}
            </button>
          )}
          <a class="button" href={paths.licenses}>
            {act === 'edit' || doable.length > 0 ? 'Cancel' : 'Back to the list'}
          </a>
        </p>
      </form>
      <Rows rows={rows} />
    </Portal>
  )
}

const Rows = ({ rows }: { rows: readonly BulkRow[] }) => (
  <table>
    <caption>What will happen</caption>
    <thead>
      <tr>
        <th scope="col">License</th>
        <th scope="col">End customer</th>
        <th scope="col">What will happen</th>
      </tr>
    </thead>
    <tbody>
      {rows.map(({ license, done, what }) => (
        <tr>
          <th scope="row">
            <a href={paths.license(license.id)}>{license.productName}</a>
            <br />
            <small>
              {licenseDetail(license)} · <code>{license.serial}</code>
            </small>
          </th>
          <td data-label="End customer">{license.email}</td>
          <td data-label="What will happen">
            <span class={done ? 'good' : 'due'}>{what}</span>
          </td>
        </tr>
      ))}
    </tbody>
  </table>
)
