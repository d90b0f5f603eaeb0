import type { FieldError } from '#src/domain/refusal.ts'
import { described, ErrorSummary, FieldProblem } from '../../components/error-summary.tsx'
import { Public } from '../../layouts/public.tsx'
import { paths } from '../../paths.ts'

export type SignInFrame = {
  readonly vendorName: string
  readonly supportEmail: string
  readonly orderPrefix: string
  readonly notice: string | null
}

type Props = { frame: SignInFrame; identifier: string; next: string; errors: readonly FieldError[] }

/** The first step of sign-in: who are you? */
export const IdentifyPage = ({ frame, identifier, next, errors }: Props) => (
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
    <form class="card form" method="post" action={paths.signIn} novalidate>
      <div>
        <label for="identifier">E-mail address / login</label>
        <p class="soft" id="identifier-hint">
          The e-mail of your purchase order, or your login
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
      {next !== '/' && <input type="hidden" name="next" value={next} />}
      <button type="submit" class="main">
        Continue
      </button>
    </form>
    <p>
      New here? <a href={paths.register}>Register</a>
    </p>
    <p>
      <a href={paths.lostComputer}>Lost a computer?</a>
    </p>
  </Public>
)
