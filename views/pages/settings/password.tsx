import type { FieldError } from '#src/domain/refusal.ts'
import { ErrorSummary } from '../../components/error-summary.tsx'
import { PasswordField, passwordHint } from '../../components/password-field.tsx'
import { At, Zone } from '../../components/time.tsx'
import { hx } from '../../hx.ts'
import { type Frame, Portal } from '../../layouts/portal.tsx'
import { paths } from '../../paths.ts'

type Props = {
  frame: Frame
  /** Somebody else made the password: nothing else is open before it is changed. */
  due: boolean
  /** A login that never had a password proves no current one. */
  hasPassword: boolean
  /** When its owner chose it; `null` where nobody noted that. */
  changedAt: Date | null
  /** Makes a form sent twice one act. */
  request: string
  errors: readonly FieldError[]
}

/** The password of one's own login. */
export const PasswordPage = ({ frame, due, hasPassword, changedAt, request, errors }: Props) => (
  <Portal frame={frame} title="Password" error={errors.length > 0}>
    <header>
      <h1>{due ? 'Choose a password of your own' : 'Password'}</h1>
      {due && <p>Yours was made by somebody else. Change it once; then the portal is open to you.</p>}
      {changedAt && (
        <p class="soft">
          Changed last on <At at={changedAt} /> <Zone />.
        </p>
      )}
    </header>
    <ErrorSummary errors={errors} />
    <form class="card form" method="post" action={paths.password} novalidate {...hx({ boost: 'false' })}>
      <input type="hidden" name="request" value={request} />
      {hasPassword && (
        <PasswordField name="current" label="Current password" autocomplete="current-password" errors={errors} />
      )}
      <PasswordField
        name="password"
        label="New password"
        hint={passwordHint}
        autocomplete="new-password"
        errors={errors}
      />
      <button type="submit" class="main">
        Change password
      </button>
    </form>
    <p class="soft">
      Other browsers that are signed in as you are signed out.
      {hasPassword && (
        <>
          {' '}
          Do not know the current one? <a href={paths.passwordResets}>Have a link mailed to you</a>.
        </>
      )}
    </p>
  </Portal>
)
