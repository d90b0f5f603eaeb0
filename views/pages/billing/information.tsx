import type { FieldError } from '#src/domain/refusal.ts'
import { BillingTabs } from '../../components/billing-tabs.tsx'
import { described, ErrorSummary, FieldProblem } from '../../components/error-summary.tsx'
import type { Tab } from '../../components/settings-tabs.tsx'
import { hx } from '../../hx.ts'
import { type Frame, Portal } from '../../layouts/portal.tsx'
import { paths } from '../../paths.ts'

type Props = {
  frame: Frame
  tabs: readonly Tab[]
  draft: {
    readonly billingEmail: string
    readonly version: number
    readonly request: string
    readonly errors: readonly FieldError[]
  }
}

/** The e-mail that letters about money go to (R235). */
export const BillingInformationPage = ({ frame, tabs, draft }: Props) => (
  <Portal frame={frame} title="Billing information" error={draft.errors.length > 0}>
    <h1>Billing information</h1>
    <BillingTabs tabs={tabs} path={paths.billingInformation} />
    <ErrorSummary errors={draft.errors} />
    <form
      class="card form"
      method="post"
      action={paths.billingInformation}
      novalidate
      {...hx({ disable: 'find button' })}
    >
      <input type="hidden" name="request" value={draft.request} />
      <input type="hidden" name="version" value={draft.version} />
      <div>
        <label for="billingEmail">E-mail for billing</label>
        <FieldProblem errors={draft.errors} name="billingEmail" />
        <input
          id="billingEmail"
          name="billingEmail"
          type="email"
          value={draft.billingEmail}
          autocomplete="email"
          {...described({ errors: draft.errors, name: 'billingEmail' })}
        />
      </div>
      <p class="soft">
        Name and address stand under <a href={paths.billingContact}>Settings</a>.
      </p>
      <button type="submit" class="main">
        Save
      </button>
    </form>
  </Portal>
)
