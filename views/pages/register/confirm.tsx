import type { FieldError } from '#src/domain/refusal.ts'
import { ErrorSummary } from '../../components/error-summary.tsx'
import { PasswordField, passwordHint } from '../../components/password-field.tsx'
import { Public } from '../../layouts/public.tsx'
import { paths } from '../../paths.ts'
import type { SignInFrame } from '../sign-in/identify.tsx'

type Props = {
  frame: SignInFrame
  token: string
  registration: { readonly email: string; readonly owner: { readonly name: string } | null }
  errors: readonly FieldError[]
}

/** What confirming a registration will do, and the form that does it: opening the link changes nothing. */
export const ConfirmRegistrationPage = ({ frame, token, registration, errors }: Props) => (
  <Public title="Choose your password" {...frame} error={errors.length > 0}>
    <h1>Choose your password</h1>
    <ErrorSummary errors={errors} />
    <form class="card form" method="post" action={paths.link(token)} novalidate>
      <p>
        {registration.owner ? (
          <>
            It is added to the account of <bdi>{registration.owner.name}</bdi>, with all its orders and licenses. An
            order number still opens it too.
          </>
        ) : (
          'It opens the account that is made for you now.'
        )}{' '}
        You will sign in with <b class="any">{registration.email}</b>.
      </p>
      <input type="hidden" name="username" value={registration.email} autocomplete="username" />
      <PasswordField name="password" label="Password" hint={passwordHint} autocomplete="new-password" errors={errors} />
      <button type="submit" class="main">
        {registration.owner ? 'Add the password' : 'Make my account'}
      </button>
    </form>
  </Public>
)
