import { countries } from '#src/domain/accounts/countries.ts'
import type { FieldError } from '#src/domain/refusal.ts'
import type { Registering } from '#src/domain/registrations/registration.ts'
import { described, ErrorSummary, FieldProblem } from '../../components/error-summary.tsx'
import { Public } from '../../layouts/public.tsx'
import { paths } from '../../paths.ts'
import type { SignInFrame } from '../sign-in/identify.tsx'

type Props = { frame: SignInFrame; typed: Registering; errors: readonly FieldError[] }

/** Makes an account (R159): a letter proves the e-mail before anything is made. It says the same to everybody. */
export const RegisterPage = ({ frame, typed, errors }: Props) => (
  <Public title="Register" {...frame} error={errors.length > 0}>
    <header>
      <h1>Register</h1>
      <p class="soft">We mail you a link that proves your address and sets your password.</p>
    </header>
    {frame.notice && (
      <p class="note" role="status">
        {frame.notice}
      </p>
    )}
    <ErrorSummary errors={errors} />
    <form class="card form" method="post" action={paths.register} novalidate>
      <p class="soft">
        Did you buy in our shop? Use the e-mail of your order, and your licenses are in the account. You can also{' '}
        <a href={paths.signIn}>sign in with an order number</a>, without a password.
      </p>
      <Field name="email" label="E-mail address *" type="email" autocomplete="email" typed={typed} errors={errors} />
      <Field name="firstName" label="First name *" autocomplete="given-name" typed={typed} errors={errors} />
      <Field name="lastName" label="Last name *" autocomplete="family-name" typed={typed} errors={errors} />
      <Field name="company" label="Company" autocomplete="organization" typed={typed} errors={errors} />
      <div>
        <label for="country">Country</label>
        <FieldProblem errors={errors} name="country" />
        <select id="country" name="country" autocomplete="country" {...described({ errors, name: 'country' })}>
          <option value="">Not said</option>
          {countries().map(([code, name]) => (
            <option value={code} selected={code === typed.country}>
              {name}
            </option>
          ))}
        </select>
      </div>
      <button type="submit" class="main">
        Register
      </button>
    </form>
    <p>
      <a href={paths.signIn}>Back to sign-in</a>
    </p>
  </Public>
)

type FieldProps = {
  name: 'email' | 'firstName' | 'lastName' | 'company'
  label: string
  type?: string
  autocomplete: string
  typed: Registering
  errors: readonly FieldError[]
}

const Field = ({ name, label, type = 'text', autocomplete, typed, errors }: FieldProps) => (
  <div>
    <label for={name}>{label}</label>
    <FieldProblem errors={errors} name={name} />
    <input
      type={type}
      id={name}
      name={name}
      value={typed[name]}
      autocomplete={autocomplete}
      maxlength={254}
      {...described({ errors, name })}
    />
  </div>
)
