import type { LicenseSummary } from '#src/domain/licenses/license.ts'
import type { FieldError } from '#src/domain/refusal.ts'
import { described, ErrorSummary, FieldProblem } from '../../components/error-summary.tsx'
import { licenseDetail } from '../../components/license-name.tsx'
import { hx } from '../../hx.ts'
import { type Frame, Portal } from '../../layouts/portal.tsx'
import { paths } from '../../paths.ts'

export type LicenseDraft = {
  readonly email: string
  readonly comment: string
  readonly version: number
  /** Makes a form sent twice one act. */
  readonly request: string
  readonly errors: readonly FieldError[]
  /** What somebody else wrote meanwhile. */
  readonly theirs?: { readonly email: string; readonly comment: string }
}

type Props = { frame: Frame; license: LicenseSummary; draft: LicenseDraft }

/** The end customer's e-mail and the comment of a license, for those who assign licenses (R114). */
export const EditPage = ({ frame, license, draft }: Props) => (
  <Portal frame={frame} title={`Edit ${license.serial}`} error={draft.errors.length > 0}>
    <nav aria-label="Breadcrumb">
      <a href={paths.licenses}>Licenses</a> › <a href={paths.license(license.id)}>{license.serial}</a>
    </nav>
    <header>
      <h1>Edit license</h1>
      <p class="soft">
        {license.productName}, {licenseDetail(license)} · <code>{license.serial}</code>
      </p>
    </header>
    <ErrorSummary errors={draft.errors} />
    {draft.theirs && (
      <p class="note">
        It says now: e-mail <bdi>{draft.theirs.email || '(none)'}</bdi>, comment{' '}
        <bdi>{draft.theirs.comment || '(none)'}</bdi>
      </p>
    )}
    <form
      class="form"
      method="post"
      action={paths.licenseComment(license.id)}
      novalidate
      {...hx({ disable: 'find button' })}
    >
      <input type="hidden" name="version" value={draft.version} />
      <input type="hidden" name="request" value={draft.request} />
      <EditFields draft={draft} />
      <p class="row">
        <button type="submit" class="main">
          Save
        </button>
        <a class="button" href={paths.license(license.id)}>
          Cancel
        </a>
      </p>
    </form>
  </Portal>
)

/** The fields alone; editing many has them too. */
export const EditFields = ({ draft }: { draft: Pick<LicenseDraft, 'email' | 'comment' | 'errors'> }) => (
  <>
    <div>
      <label for="email">End customer’s e-mail</label>
      <FieldProblem errors={draft.errors} name="email" />
      <input
        id="email"
        type="email"
        name="email"
        value={draft.email}
        autocomplete="off"
        {...described({ errors: draft.errors, name: 'email' })}
      />
    </div>
    <div>
      <label for="comment">Comment</label>
      <FieldProblem errors={draft.errors} name="comment" />
      <textarea
        id="comment"
        name="comment"
        rows={3}
        dir="auto"
        {...described({ errors: draft.errors, name: 'comment' })}
      >
        {draft.comment}
      </textarea>
    </div>
  </>
)
