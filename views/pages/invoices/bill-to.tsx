import { billToFields, invoiceId } from '#src/domain/invoices/invoice.ts'
import type { FieldError } from '#src/domain/refusal.ts'
import { ErrorSummary } from '../../components/error-summary.tsx'
import { SettingsFieldInput } from '../../components/settings-field.tsx'
import { hx } from '../../hx.ts'
import { type Frame, Portal } from '../../layouts/portal.tsx'
import { paths } from '../../paths.ts'

export type BillToDraft = {
  readonly values: Readonly<Record<string, string>>
  readonly version: number
  readonly request: string
  readonly errors: readonly FieldError[]
}

/** Whom an invoice names, to be completed after it was made (R323). */
export const BillToPage = ({ frame, number, draft }: { frame: Frame; number: number; draft: BillToDraft }) => {
  const id = invoiceId(number)
  return (
    <Portal frame={frame} title={`Billing data of ${id}`} error={draft.errors.length > 0}>
      <nav aria-label="Breadcrumb">
        <a href={paths.invoices}>Invoices</a> › <a href={paths.invoice(id)}>{id}</a> › Billing data
      </nav>
      <header>
        <h1>Billing data of {id}</h1>
        <p class="soft">
          They stand on this invoice alone; the change is kept in the events. For invoices to come, see{' '}
          <a href={paths.company}>Settings</a>.
        </p>
      </header>
      <ErrorSummary errors={draft.errors} />
      <form
        class="card form"
        method="post"
        action={paths.invoiceBillTo(id)}
        novalidate
        {...hx({ disable: 'find button' })}
      >
        <input type="hidden" name="request" value={draft.request} />
        <input type="hidden" name="version" value={draft.version} />
        {billToFields.map((field) => (
          <SettingsFieldInput field={field} values={draft.values} errors={draft.errors} />
        ))}
        <p class="soft">* must be filled in.</p>
        <p class="row">
          <button type="submit" class="main">
            Save
          </button>
          <a class="button" href={paths.invoice(id)}>
            Cancel
          </a>
        </p>
      </form>
    </Portal>
  )
}
