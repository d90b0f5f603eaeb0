import type { FieldError } from '#src/domain/refusal.ts'
import { CodeField } from '../../components/code-field.tsx'
import { ErrorSummary } from '../../components/error-summary.tsx'
import { Public } from '../../layouts/public.tsx'
import { paths } from '../../paths.ts'
import type { SignInFrame } from './identify.tsx'

type Props = { frame: SignInFrame; name: string; errors: readonly FieldError[] }

/** The last step of sign-in where two-factor is on. */
export const CodePage = ({ frame, name, errors }: Props) => (
  <Public title="Your code" {...frame} error={errors.length > 0}>
    <header>
      <h1>Your code</h1>
      <p class="soft">
        Signing in as <b>{name}</b>
      </p>
    </header>
    <ErrorSummary errors={errors} />
    <form class="card form" method="post" action={paths.signInCode} novalidate>
      <CodeField
        label="Code of your authenticator app"
        hint="Six digits. Lost your phone? Type one of your recovery codes."
        errors={errors}
      />
      <button type="submit" class="main">
        Login
      </button>
    </form>
    <p>
      <a href={paths.signIn}>Start again</a>
    </p>
  </Public>
)
