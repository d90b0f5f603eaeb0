import type { LicenseSummary } from '#src/domain/licenses/license.ts'
import type { FieldError } from '#src/domain/refusal.ts'
import { ErrorSummary } from '../../components/error-summary.tsx'
import { licenseDetail } from '../../components/license-name.tsx'
import { type Frame, Portal } from '../../layouts/portal.tsx'
import { paths } from '../../paths.ts'
import { dayInDigits } from '../../words.ts'

/** Credits that come back, by the offer in words. */
export type Returned = { readonly label: string; readonly quantity: number }

type Props = {
  frame: Frame
  license: LicenseSummary & { accountName: string }
  returned: readonly Returned[]
  /** Why it cannot be deleted, where it cannot. */
  errors: readonly FieldError[]
  request: string
}

/** Names a license and what its deletion takes along and gives back; its form does it (R115 R118). */
export const DeletionPage = ({ frame, license, returned, errors, request }: Props) => (
  <Portal frame={frame} title={`Delete ${license.serial}`} error={errors.length > 0}>
    <nav aria-label="Breadcrumb">
      <a href={paths.licenses}>Licenses</a> › <a href={paths.license(license.id)}>{license.serial}</a>
    </nav>
    <header>
      <h1>{errors.length > 0 ? 'This license stays' : 'Delete this license?'}</h1>
      <p class="soft">
        {license.productName}, {licenseDetail(license)} · <code>{license.serial}</code>
        {license.email && ` · ${license.email}`}
      </p>
    </header>
    <ErrorSummary errors={errors} />
    {errors.length === 0 && (
      <section class="card">
        <p>
          The license is gone at once and cannot be brought back; nobody activated it.
          {license.supportEndsOn && ` Its support to ${dayInDigits(license.supportEndsOn)} goes with it.`}
        </p>
        {returned.length === 0 ? (
          <p>No credits come back: none were spent on it.</p>
        ) : (
          <p>
            {license.accountName} gets back {returned.map(({ label, quantity }) => `${quantity} × ${label}`).join('; ')}
            .
          </p>
        )}
      </section>
    )}
    <form method="post" action={paths.licenseDeletion(license.id)} class="row">
      <input type="hidden" name="request" value={request} />
      {errors.length === 0 && (
        <button type="submit" class="main">
          Delete license
        </button>
      )}
      <a class="button" href={paths.license(license.id)}>
        {errors.length === 0 ? 'Cancel' : 'Back to the license'}
      </a>
    </form>
  </Portal>
)
