import type { FieldError } from '#src/domain/refusal.ts'
import { described, ErrorSummary, FieldProblem } from '../../components/error-summary.tsx'
import { Public } from '../../layouts/public.tsx'
import { paths } from '../../paths.ts'
import type { SignInFrame } from './identify.tsx'

type Props = {
  frame: SignInFrame
  identifier: string
  kind: 'email' | 'login'
  remember: boolean
  errors: readonly FieldError[]
}

/** The second step of sign-in, the same for known and unknown: an order number or password for an e-mail, a password for a login. */
export const ProvePage = ({ frame, identifier, kind, remember, errors }: Props) => (
  <Public title="License portal" {...frame} error={errors.length > 0}>
    <header>
      <h1>License portal</h1>
      <p class="soft">Manage your licenses</p>
    </header>
    {frame.notice && (
      <p class="note" role="status">
        {frame.notice}
      </p>
    )}
    <ErrorSummary errors={errors} />
    <form class="card form" method="post" action={paths.signInProof} novalidate>
      <p>
        Signing in as <b>{identifier}</b>. <a href={paths.signIn}>Change</a>
      </p>
      <input type="hidden" name="username" value={identifier} autocomplete="username" />
      <div>
        <label for="proof">{kind === 'email' ? 'Order number or password' : 'Password'}</label>
        {kind === 'email' && (
          <p class="soft" id="proof-hint">
            Any of your order numbers, for example {frame.orderPrefix}190815-1002-10002
          </p>
        )}
        <FieldProblem errors={errors} name="proof" />
        <input
          id="proof"
          name="proof"
          type="password"
          autocomplete="current-password"
          maxlength={256}
          required
          {...described({ errors, name: 'proof' }, kind === 'email')}
        />
      </div>
      <p>
        <input type="checkbox" id="remember" name="remember" value="on" checked={remember} />{' '}
        <label for="remember">Remember me on this device for 30 days</label>
      </p>
      <button type="submit" class="main">
        Login
      </button>
    </form>
    <form method="post" action={paths.signInLinks}>
      <p>No order number at hand?</p>
      <button type="submit">Mail me a sign-in link</button>
    </form>
    <p>
      <a href={paths.passwordResets}>Forgot your password?</a>
    </p>
  </Public>
)
