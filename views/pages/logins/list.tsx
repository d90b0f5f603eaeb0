import { roleNames } from '#src/domain/accounts/permissions.ts'
import type { InvitationSummary, LoginSummary } from '#src/domain/logins/login.ts'
import type { FieldError } from '#src/domain/refusal.ts'
import { ErrorSummary } from '../../components/error-summary.tsx'
import { SecondFactorState } from '../../components/second-factor-state.tsx'
import { At, Zone } from '../../components/time.tsx'
import { type Frame, Portal } from '../../layouts/portal.tsx'
import { paths } from '../../paths.ts'
import { counted } from '../../words.ts'

type Props = {
  frame: Frame
  logins: readonly LoginSummary[]
  invitations: readonly InvitationSummary[]
  now: Date
  /** Makes an invitation mailed twice by one form one letter. */
  request: string
  errors: readonly FieldError[]
}

/** Who signs in to the account, in which role, and who is invited. */
export const LoginsPage = ({ frame, logins, invitations, now, request, errors }: Props) => (
  <Portal frame={frame} title="Logins" error={errors.length > 0}>
    <header>
      <h1>Logins</h1>
      <p>
        Everybody signs in with a login of their own, in one role: <a href={paths.roles}>what each role may do</a>.
      </p>
    </header>
    <ErrorSummary errors={errors} />
    <p>
      <a class="button main" href={paths.newLogin}>
        Invite somebody
      </a>
    </p>
    <table>
      <caption>{counted(logins.length, 'login')}</caption>
      <thead>
        <tr>
          <th scope="col">Who</th>
          <th scope="col">Role</th>
          <th scope="col">
            Last sign-in (<Zone />)
          </th>
          <th scope="col">Two-factor</th>
          <th scope="col">
            <span class="hide">Actions</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {logins.map((login) => (
          <Row login={login} now={now} />
        ))}
      </tbody>
    </table>
    {invitations.length > 0 && <Invitations invitations={invitations} now={now} request={request} />}
  </Portal>
)

const Row = ({
  login: { id, name, login, email, role, isMaster, lastSignInAt, ...factor },
  now,
}: {
  login: LoginSummary
  now: Date
}) => (
  <tr>
    <th scope="row" data-label="Who">
      <bdi>{name}</bdi>
      <small class="any">{login ? `${login}, ${email}` : email}</small>
    </th>
    <td data-label="Role">{isMaster ? 'Master login, full access' : roleNames[role]}</td>
    <td data-label="Last sign-in">{lastSignInAt ? <At at={lastSignInAt} /> : 'Never'}</td>
    <td data-label="Two-factor">
      <SecondFactorState login={factor} now={now} />
    </td>
    <td>
      {!isMaster && (
        <a class="act" href={paths.login(id)}>
          Edit<span class="hide"> {name}</span>
        </a>
      )}
    </td>
  </tr>
)

type Invited = Pick<Props, 'invitations' | 'now' | 'request'>

const Invitations = ({ invitations, now, request }: Invited) => (
  <section>
    <h2>Invited</h2>
    <table>
      <thead>
        <tr>
          <th scope="col">E-mail</th>
          <th scope="col">Role</th>
          <th scope="col">
            State (<Zone />)
          </th>
          <th scope="col">
            <span class="hide">Actions</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {invitations.map((one) => (
          <Invitation invitation={one} now={now} request={request} />
        ))}
      </tbody>
    </table>
  </section>
)

type One = { invitation: InvitationSummary; now: Date; request: string }

const Invitation = ({
  invitation: { id, email, role, invitedByName, sentAt, expiresAt, version },
  now,
  request,
}: One) => (
  <tr>
    <th scope="row" data-label="E-mail" class="any">
      {email}
      <small>by {invitedByName}</small>
    </th>
    <td data-label="Role">{roleNames[role]}</td>
    <td data-label="State">
      {expiresAt <= now ? (
        <span class="due">Expired</span>
      ) : (
        <>
          Open until <At at={expiresAt} />
        </>
      )}
      <small>
        Mailed <At at={sentAt} />
      </small>
    </td>
    <td>
      <span class="row">
        <form method="post" action={paths.invitationLetters(id)}>
          <input type="hidden" name="version" value={version} />
          <input type="hidden" name="request" value={`${request}-${id}`} />
          <button type="submit">
            Mail again<span class="hide"> to {email}</span>
          </button>
        </form>
        <form method="post" action={paths.invitationWithdrawals(id)}>
          <input type="hidden" name="version" value={version} />
          <button type="submit">
            Withdraw<span class="hide"> the invitation of {email}</span>
          </button>
        </form>
      </span>
    </td>
  </tr>
)
