import type { Role } from '#src/domain/accounts/permissions.ts'
import { roleNames } from '#src/domain/accounts/permissions.ts'
import type { FieldError } from '#src/domain/refusal.ts'
import { described, ErrorSummary, FieldProblem } from '../../components/error-summary.tsx'
import { PasswordField, passwordHint } from '../../components/password-field.tsx'
import { Public } from '../../layouts/public.tsx'
import { paths } from '../../paths.ts'
import type { SignInFrame } from '../sign-in/identify.tsx'

type Props = {
  frame: SignInFrame
  token: string
  invitation: {
    readonly accountName: string
    readonly email: string
    readonly role: Role
    readonly invitedByName: string
  }
  firstName: string
  lastName: string
  errors: readonly FieldError[]
}

/** What accepting an invitation will do, and the form that does it: opening the link changes nothing. */
export const JoinPage = ({ frame, token, invitation, errors, ...names }: Props) => (
  <Public title={`Join ${invitation.accountName}`} {...frame} error={errors.length > 0}>
    <h1>
      Join <bdi>{invitation.accountName}</bdi>
    </h1>
    <ErrorSummary errors={errors} />
    <form class="card form" method="post" action={paths.link(token)} novalidate>
      <p>
        {invitation.invitedByName} invites you in the role <b>{roleNames[invitation.role]}</b>. You will sign in with{' '}
        <b>{invitation.email}</b> and the password you choose here.
      </p>
      <input type="hidden" name="username" value={invitation.email} autocomplete="username" />
      <Name name="firstName" label="First name" autocomplete="given-name" value={names.firstName} errors={errors} />
      <Name name="lastName" label="Last name" autocomplete="family-name" value={names.lastName} errors={errors} />
      <PasswordField name="password" label="Password" hint={passwordHint} autocomplete="new-password" errors={errors} />
      <button type="submit" class="main">
        Accept
      </button>
    </form>
  </Public>
)

type NameProps = { name: string; label: string; autocomplete: string; value: string; errors: readonly FieldError[] }

const Name = ({ name, label, autocomplete, value, errors }: NameProps) => (
  <div>
    <label for={name}>{label}</label>
    <FieldProblem errors={errors} name={name} />
    <input
      id={name}
      name={name}
      type="text"
      value={value}
      autocomplete={autocomplete}
      required
      {...described({ errors, name })}
    />
  </div>
)
