import type { FieldError } from '#src/domain/refusal.ts'
import { described, FieldProblem } from './error-summary.tsx'

type Props = {
  name: string
  label: string
  hint?: string
  autocomplete: 'current-password' | 'new-password'
  errors: readonly FieldError[]
}

/** A field for a password, never filled in by the server; where scripts run it can be shown. */
export const PasswordField = ({ name, label, hint, autocomplete, errors }: Props) => (
  <div>
    <label for={name}>{label}</label>
    {hint && (
      <p class="soft" id={`${name}-hint`}>
        {hint}
      </p>
    )}
    <FieldProblem errors={errors} name={name} />
    <input
      id={name}
      name={name}
      type="password"
      autocomplete={autocomplete}
      maxlength={256}
      required
      {...described({ errors, name }, hint !== undefined)}
    />
    <button type="button" hidden data-show={name} aria-pressed="false">
      Show<span class="hide"> what was typed as {label.toLowerCase()}</span>
    </button>
  </div>
)

/** What is asked of a password; the rules themselves are the domain's. */
export const passwordHint =
  '8 characters or more, and not one of those that are guessed first. A sentence of four words is good.'
