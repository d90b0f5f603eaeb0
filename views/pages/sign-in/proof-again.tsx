import type { FieldError } from '#src/domain/refusal.ts'
import { ErrorSummary } from '../../components/error-summary.tsx'
import { PasswordField } from '../../components/password-field.tsx'
import { Public } from '../../layouts/public.tsx'
import { paths } from '../../paths.ts'

type Props = {
  frame: { vendorName: string; supportEmail: string }
  action: string
  proofs: { readonly password: boolean; readonly code: boolean }
  /** What was typed in the form that was sent: it goes on with the proof. */
  kept: readonly (readonly [name: string, value: string])[]
  errors: readonly FieldError[]
}

/** Asks who is there once more before an act that could lock the owner out, and then goes on with it. */
export const ProofPage = ({ frame, action, proofs, kept, errors }: Props) => (
  <Public title="Is it you?" {...frame} error={errors.length > 0}>
    <header>
      <h1>Is it you?</h1>
      <p class="soft">This is asked again because you signed in more than 15 minutes ago. What you typed is kept.</p>
    </header>
    <ErrorSummary errors={errors} />
    {proofs.password || proofs.code ? (
      <form class="card form" method="post" action={action} novalidate>
        {kept.map(([name, value]) => (
          <input type="hidden" name={name} value={value} />
        ))}
        <PasswordField name="again" label={labelOf(proofs)} autocomplete="current-password" errors={errors} />
        <button type="submit" class="main">
          Go on
        </button>
      </form>
    ) : (
      <p>
        Your login has no password yet. <a href={paths.passwordResets}>Have a link mailed to you</a> that sets one, sign
        in with it, and come back.
      </p>
    )}
    <p>
      <a href={paths.home}>Cancel</a>
    </p>
  </Public>
)

const labelOf = ({ password, code }: Props['proofs']): string =>
  password && code ? 'Password, or a code of your app' : code ? 'Code of your app' : 'Password'
