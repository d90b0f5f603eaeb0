import type { FieldError } from '#src/domain/refusal.ts'
import { described, ErrorSummary, FieldProblem } from '../../components/error-summary.tsx'
import { Public } from '../../layouts/public.tsx'
import { paths } from '../../paths.ts'
import type { SignInFrame } from '../sign-in/identify.tsx'

type Props = { frame: SignInFrame; errors: readonly FieldError[] }

/** Asks for a mailed link that releases a lost computer; it says the same to everybody (R304). */
export const LostComputerPage = ({ frame, errors }: Props) => (
  <Public title="Lost a computer?" {...frame} error={errors.length > 0}>
    <header>
      <h1>Lost a computer?</h1>
      <p class="soft">We mail the owner of the license a link that releases it, so that it runs elsewhere.</p>
    </header>
    {frame.notice && (
      <p class="note" role="status">
        {frame.notice}
      </p>
    )}
    <ErrorSummary errors={errors} />
    <form class="card form" method="post" action={paths.releases} novalidate>
      <div>
        <label for="activationKey">Activation key</label>
        <p class="soft" id="activationKey-hint">
          It stands in the letter of your order: <code>XXXX-XXXX-XXXX-XXXX</code>
        </p>
        <FieldProblem errors={errors} name="activationKey" />
        <input
          type="text"
          id="activationKey"
          name="activationKey"
          autocomplete="off"
          autocapitalize="characters"
          spellcheck={false}
          maxlength={64}
          required
          {...described({ errors, name: 'activationKey' }, true)}
        />
      </div>
      <button type="submit" class="main">
        Mail a link to the owner
      </button>
    </form>
    <p>
      <a href={paths.signIn}>Back to sign-in</a>
    </p>
  </Public>
)
