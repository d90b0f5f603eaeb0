import type { EmailChangeSummary } from '#src/domain/email-changes/email-change.ts'
import type { FieldError } from '#src/domain/refusal.ts'
import { described, ErrorSummary, FieldProblem } from '../../components/error-summary.tsx'
import { At, Zone } from '../../components/time.tsx'
import { hx } from '../../hx.ts'
import { type Frame, Portal } from '../../layouts/portal.tsx'
import { paths } from '../../paths.ts'

type Props = {
  frame: Frame
  email: string
  /** The change that is under way. */
  change: EmailChangeSummary | null
  /** Whether the account's own e-mail moves along. */
  movesAccount: boolean
  typed: string
  /** Makes a form sent twice one act. */
  request: string
  errors: readonly FieldError[]
}

/** The e-mail of one's own login, and its move to another one. */
export const EmailPage = ({ frame, email, change, movesAccount, typed, request, errors }: Props) => (
  <Portal frame={frame} title="E-mail" error={errors.length > 0}>
    <h1>E-mail</h1>
    <ErrorSummary errors={errors} />
    {change && <UnderWay change={change} />}
    <form class="card form" method="post" action={paths.email} novalidate {...hx({ disable: 'find button' })}>
      <h2>{change ? 'Change to another e-mail instead' : 'Change your e-mail'}</h2>
      <p>
        E-mail: <b class="any">{email}</b>
      </p>
      <input type="hidden" name="request" value={request} />
      <div>
        <label for="email">New e-mail</label>
        <p class="soft" id="email-hint">
          Both addresses get a letter with a link. Once both were followed, you sign in with the new one
          {movesAccount && ', and letters to your account go there'}.
        </p>
        <FieldProblem errors={errors} name="email" />
        <input
          id="email"
          name="email"
          type="email"
          value={typed}
          autocomplete="email"
          maxlength={254}
          {...described({ errors, name: 'email' }, true)}
        />
      </div>
      <button type="submit" class="main">
        Mail both links
      </button>
    </form>
    <p class="soft">
      Is the old mailbox lost? The master login of your account can remove your login and invite your new address; the
      vendor helps the master login.
    </p>
  </Portal>
)

const UnderWay = ({ change }: { change: EmailChangeSummary }) => (
  <section class="card">
    <h2>Under way</h2>
    <p>
      From <b class="any">{change.oldEmail}</b> to <b class="any">{change.newEmail}</b>, until{' '}
      <At at={change.expiresAt} /> <Zone />.
    </p>
    <ul>
      <Side address={change.oldEmail} at={change.oldConfirmedAt} />
      <Side address={change.newEmail} at={change.newConfirmedAt} />
    </ul>
    <form method="post" action={paths.emailChangeStops(change.id)} {...hx({ disable: 'find button' })}>
      <button type="submit">Stop the change</button>
    </form>
  </section>
)

const Side = ({ address, at }: { address: string; at: Date | null }) => (
  <li>
    <span class="any">{address}</span>:{' '}
    {at ? <span class="good">confirmed</span> : <span class="due">waits for its link</span>}
  </li>
)
