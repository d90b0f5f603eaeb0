import type { Side } from '#src/domain/email-changes/email-change.ts'
import type { FieldError } from '#src/domain/refusal.ts'
import { ErrorSummary } from '../../components/error-summary.tsx'
import { Public } from '../../layouts/public.tsx'
import { paths } from '../../paths.ts'
import type { SignInFrame } from '../sign-in/identify.tsx'

type Props = {
  frame: SignInFrame
  token: string
  change: {
    readonly side: Side
    readonly oldEmail: string
    readonly newEmail: string
    readonly isConfirmed: boolean
    readonly isLast: boolean
  }
  errors: readonly FieldError[]
}

/** What following the link of one address does to the change of an e-mail: opening it changes nothing. */
export const EmailChangeLinkPage = ({ frame, token, change, errors }: Props) => (
  <Public title="Change of e-mail" {...frame} error={errors.length > 0}>
    <h1>Change of e-mail</h1>
    <ErrorSummary errors={errors} />
    <section class="card">
      <p>
        A login wants to move from <b class="any">{change.oldEmail}</b> to <b class="any">{change.newEmail}</b>.
      </p>
      {change.isConfirmed ? <Confirmed {...change} /> : <Confirm token={token} isLast={change.isLast} />}
      {change.side === 'old' && <Stop token={token} />}
    </section>
  </Public>
)

const Confirmed = ({ side, oldEmail, newEmail }: Props['change']) => (
  <p>
    <span class="good">You confirmed it.</span> It is made once the link that was mailed to{' '}
    <b class="any">{side === 'old' ? newEmail : oldEmail}</b> is followed too.
  </p>
)

const Confirm = ({ token, isLast }: { token: string; isLast: boolean }) => (
  <form class="form" method="post" action={paths.link(token)}>
    <p>
      {isLast
        ? 'The other address has confirmed: with you the change is made.'
        : 'The other address has to confirm it, too.'}
    </p>
    <input type="hidden" name="answer" value="confirmed" />
    <button type="submit" class="main">
      Confirm
    </button>
  </form>
)

const Stop = ({ token }: { token: string }) => (
  <form class="form" method="post" action={paths.link(token)}>
    <p>Was it not you? Stop it, then sign in and set a new password.</p>
    <input type="hidden" name="answer" value="stopped" />
    <button type="submit" class="bad">
      Stop the change
    </button>
  </form>
)

/** The change is stopped. */
export const EmailChangeStoppedPage = ({ frame }: Pick<Props, 'frame'>) => (
  <Public title="Change stopped" {...frame}>
    <h1>Change stopped</h1>
    <p class="card">
      The e-mail stays as it is. Was it not you who asked for the change?{' '}
      <a href={paths.passwordResets}>Set a new password</a>.
    </p>
  </Public>
)
