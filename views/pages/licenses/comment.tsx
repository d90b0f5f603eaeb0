import type { LicenseSummary } from '#src/domain/licenses/license.ts'
import type { FieldError } from '#src/domain/refusal.ts'
import { described, ErrorSummary, FieldProblem } from '../../components/error-summary.tsx'
import { licenseDetail } from '../../components/license-name.tsx'
import { hx } from '../../hx.ts'
import { type Frame, Portal } from '../../layouts/portal.tsx'
import { paths } from '../../paths.ts'

/** A comment under edit: what was typed stays, whatever was wrong with it. */
export type CommentDraft = {
  readonly comment: string
  readonly version: number
  /** Makes a form sent twice one act. */
  readonly request: string
  readonly errors: readonly FieldError[]
  /** What somebody else wrote meanwhile. */
  readonly theirs?: string
}

/** In a list several may be open at once. */
const fieldId = (id: string, inPlace: boolean) => (inPlace ? `text-${id}` : 'comment')
const cellId = (id: string) => `comment-${id}`

/** The comment in a list, with its way to edit it in place. */
export const CommentCell = ({ license, may }: { license: LicenseSummary; may: boolean }) => (
  <div id={cellId(license.id)}>
    {license.comment && (
      <>
        <bdi>{license.comment}</bdi>{' '}
      </>
    )}
    {may && (
      <a
        class="act"
        href={paths.licenseComment(license.id)}
        aria-label={`Edit comment of ${license.serial}`}
        {...hx({ get: paths.licenseComment(license.id), target: 'closest div', swap: 'outerHTML', pushUrl: 'false' })}
      >
        Edit
      </a>
    )}
  </div>
)

/** The same form in the list's cell and on its own page. */
export const CommentForm = ({
  license,
  draft,
  inPlace,
}: {
  license: LicenseSummary
  draft: CommentDraft
  inPlace: boolean
}) => (
  <form
    class="form"
    method="post"
    action={paths.licenseComment(license.id)}
    novalidate
    {...(inPlace
      ? {
          id: cellId(license.id),
          ...hx({
            post: paths.licenseComment(license.id),
            target: 'this',
            swap: 'outerHTML',
            pushUrl: 'false',
            disable: 'find button',
          }),
        }
      : {})}
  >
    <input type="hidden" name="version" value={draft.version} />
    <input type="hidden" name="request" value={draft.request} />
    <div>
      <label for={fieldId(license.id, inPlace)}>Comment</label>
      <FieldProblem errors={draft.errors} name="comment" id={fieldId(license.id, inPlace)} />
      {draft.theirs !== undefined && (
        <p class="note">
          It says now: <bdi>{draft.theirs || '(nothing)'}</bdi>
        </p>
      )}
      <textarea
        id={fieldId(license.id, inPlace)}
        name="comment"
        rows={3}
        dir="auto"
        autofocus={inPlace}
        {...described({ errors: draft.errors, name: 'comment', id: fieldId(license.id, inPlace) })}
      >
        {draft.comment}
      </textarea>
    </div>
    <p class="row">
      <button type="submit" class="main">
        Save
      </button>
      <a
        class="button"
        href={paths.license(license.id)}
        {...(inPlace
          ? hx({
              get: `${paths.licenseComment(license.id)}?as=read`,
              target: 'closest form',
              swap: 'outerHTML',
              pushUrl: 'false',
            })
          : {})}
      >
        Cancel
      </a>
    </p>
  </form>
)

export const CommentPage = ({
  frame,
  license,
  draft,
}: {
  frame: Frame
  license: LicenseSummary
  draft: CommentDraft
}) => (
  <Portal frame={frame} title="Edit comment" error={draft.errors.length > 0}>
    <nav aria-label="Breadcrumb">
      <a href={paths.home}>Licenses</a> › <a href={paths.license(license.id)}>{license.serial}</a>
    </nav>
    <header>
      <h1>Edit comment</h1>
      <p class="soft">
        {license.productName}, {licenseDetail(license)} · <code>{license.serial}</code>
      </p>
    </header>
    <ErrorSummary errors={draft.errors} />
    <CommentForm license={license} draft={draft} inPlace={false} />
  </Portal>
)
