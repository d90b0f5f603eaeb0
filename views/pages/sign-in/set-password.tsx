import type { FieldError } from '#src/domain/refusal.ts'
import { ErrorSummary } from '../../components/error-summary.tsx'
import { PasswordField, passwordHint } from '../../components/password-field.tsx'
import { Public } from '../../layouts/public.tsx'
import { paths } from '../../paths.ts'
import type { SignInFrame } from './identify.tsx'

type Props = { frame: SignInFrame; token: string; identifier: string; errors: readonly FieldError[] }

/** What a mailed link that sets a password will do, and the form that does it: opening the link changes nothing. */
export const SetPasswordPage = ({ frame, token, identifier, errors }: Props) => (
  <Public title="Set your password" {...frame} error={errors.length > 0}>
    <h1>Set your password</h1>
    <ErrorSummary errors={errors} />
    <form class="card form" method="post" action={paths.link(token)} novalidate>
      <p>
        This sets the password of <b>{identifier}</b>, once. Wherever that login is signed in, it is signed out.
      </p>
      <input type="hidden" name="username" value={identifier} autocomplete="username" />
      <PasswordField
        name="password"
        label="New password"
        hint={passwordHint}
        autocomplete="new-password"
        errors={errors}
      />
      <button type="submit" class="main">
        Set password
      </button>
    </form>
  </Public>
)
