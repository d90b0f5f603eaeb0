import type { FieldError } from '#src/domain/refusal.ts'
import { described, ErrorSummary, FieldProblem } from '../../components/error-summary.tsx'
import { type Frame, Portal } from '../../layouts/portal.tsx'
import { paths } from '../../paths.ts'
import { RoleField } from './role-field.tsx'

/** An invitation under way: what was typed stays. */
export type LoginDraft = {
  readonly email: string
  readonly role: string
  readonly request: string
  readonly errors: readonly FieldError[]
}

/** The form that invites somebody by e-mail (R262). */
export const NewLoginPage = ({ frame, draft }: { frame: Frame; draft: LoginDraft }) => (
  <Portal frame={frame} title="Invite somebody" error={draft.errors.length > 0}>
    <nav aria-label="Breadcrumb">
      <a href={paths.logins}>Logins</a> › Invite
    </nav>
    <h1>Invite somebody</h1>
    <ErrorSummary errors={draft.errors} />
    <form class="form" method="post" action={paths.logins} novalidate>
      <input type="hidden" name="request" value={draft.request} />
      <div>
        <label for="email">E-mail</label>
        <small id="email-hint">It is what they sign in with.</small>
        <FieldProblem errors={draft.errors} name="email" />
        <input
          id="email"
          name="email"
          type="email"
          value={draft.email}
          autocomplete="off"
          {...described({ errors: draft.errors, name: 'email' }, true)}
        />
      </div>
      <RoleField role={draft.role} errors={draft.errors} />
      <p class="soft">
        A letter takes them a link that works once, for 7 days. They choose their password there; a password is never
        mailed.
      </p>
      <p class="row">
        <button type="submit" class="main">
          Invite
        </button>
        <a class="button" href={paths.logins}>
          Cancel
        </a>
      </p>
    </form>
  </Portal>
)
