import type { EmailChangeSummary } from '#src/domain/email-changes/email-change.ts'
import type { LoginSummary } from '#src/domain/logins/login.ts'
import type { FieldError } from '#src/domain/refusal.ts'
import { hasSecondFactor } from '#src/domain/sign-in/two-factor.ts'
import { ErrorSummary } from '../../components/error-summary.tsx'
import { SecondFactorState } from '../../components/second-factor-state.tsx'
import { At, Zone } from '../../components/time.tsx'
import { type Frame, Portal } from '../../layouts/portal.tsx'
import { paths, withQuery } from '../../paths.ts'
import { RoleField } from './role-field.tsx'

type Props = {
  frame: Frame
  login: LoginSummary
  /** The move to another e-mail that it has under way. */
  change: EmailChangeSummary | null
  /** The role that is chosen in the form. */
  role: string
  now: Date
  request: string
  errors: readonly FieldError[]
}

/** One login: its role, and its removal. */
export const LoginPage = ({ frame, login, change, role, now, request, errors }: Props) => (
  <Portal frame={frame} title={login.name} error={errors.length > 0}>
    <nav aria-label="Breadcrumb">
      <a href={paths.logins}>Logins</a> › <bdi>{login.name}</bdi>
    </nav>
    <h1>
      <bdi>{login.name}</bdi>
    </h1>
    <ErrorSummary errors={errors} />
    <dl class="card">
      <dt>E-mail</dt>
      <dd>
        {login.email}
        {change && (
          <form method="post" action={paths.emailChangeStops(change.id)}>
            moves to <b class="any">{change.newEmail}</b> once both addresses confirmed it{' '}
            <button type="submit">Stop the change</button>
          </form>
        )}
      </dd>
      <dt>
        Last sign-in (<Zone />)
      </dt>
      <dd>{login.lastSignInAt ? <At at={login.lastSignInAt} /> : 'Never'}</dd>
      <dt>Two-factor</dt>
      <dd>
        <SecondFactorState login={login} now={now} />
        {hasSecondFactor(login, now) && !login.isMaster && (
          <>
            {' '}
            · <a href={paths.twoFactorReset(login.id)}>Reset it</a>
          </>
        )}
      </dd>
      <dt>Audit trail</dt>
      <dd>
        <a href={withQuery(paths.events, { actor: login.id })}>What they did</a> ·{' '}
        <a href={withQuery(paths.events, { subject: login.id })}>What happened to the login</a>
      </dd>
    </dl>
    {login.isMaster ? (
      <p class="note">This is the master login. It has full access and cannot be removed.</p>
    ) : (
      <>
        <section>
          <h2>Role</h2>
          <form class="form" method="post" action={paths.login(login.id)} novalidate>
            <input type="hidden" name="version" value={login.version} />
            <input type="hidden" name="request" value={request} />
            <RoleField role={role} errors={errors} />
            <button type="submit" class="main">
              Save
            </button>
          </form>
        </section>
        <section>
          <h2>Remove</h2>
          <p>
            {login.name} is signed out everywhere and cannot sign in any more; reports go to them no more. What they did
            stays in the audit trail. To come back they must be invited again.
          </p>
          <form method="post" action={paths.loginRemovals(login.id)}>
            <input type="hidden" name="version" value={login.version} />
            <button type="submit" class="bad">
              Remove this login
            </button>
          </form>
        </section>
      </>
    )}
  </Portal>
)
