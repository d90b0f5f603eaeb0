import type { FieldError } from '#src/domain/refusal.ts'
import { described, ErrorSummary, FieldProblem } from '../../components/error-summary.tsx'
import { Public } from '../../layouts/public.tsx'
import { paths } from '../../paths.ts'
import type { SignInFrame } from './identify.tsx'

type Props = { frame: SignInFrame; identifier: string; errors: readonly FieldError[] }

/** Asks for a link that sets the password; it says the same to everybody. */
export const PasswordResetPage = ({ frame, identifier, errors }: Props) => (
  <Public title="Set your password" {...frame} error={errors.length > 0}>
    <header>
      <h1>Set your password</h1>
      <p class="soft">We mail you a link that sets it, once.</p>
    </header>
    {frame.notice && (
      <p class="note" role="status">
        {frame.notice}
      </p>
    )}
    <ErrorSummary errors={errors} />
    <form class="card form" method="post" action={paths.passwordResets} novalidate>
      <div>
        <label for="identifier">E-mail address / login</label>
        <p class="soft" id="identifier-hint">
          Those who sign in with an order number have no password and need none
        </p>
        <FieldProblem errors={errors} name="identifier" />
        <input
          type="text"
          id="identifier"
          name="identifier"
          value={identifier}
          autocomplete="username"
          autocapitalize="none"
          spellcheck={false}
          maxlength={254}
          required
          {...described({ errors, name: 'identifier' }, true)}
        />
      </div>
      <button type="submit" class="main">
        Mail me a link
      </button>
    </form>
    <p>
      <a href={paths.signIn}>Back to sign-in</a>
    </p>
  </Public>
)
