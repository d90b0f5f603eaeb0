import type { FieldError } from '#src/domain/refusal.ts'
import { described, FieldProblem } from './error-summary.tsx'

type Props = { label: string; hint: string; errors: readonly FieldError[] }

/** A field for the code of an authenticator app; phones and password managers fill it in. */
export const CodeField = ({ label, hint, errors }: Props) => (
  <div>
    <label for="code">{label}</label>
    <p class="soft" id="code-hint">
      {hint}
    </p>
    <FieldProblem errors={errors} name="code" />
    <input
      id="code"
      name="code"
      type="text"
      class="mono"
      autocomplete="one-time-code"
      autocapitalize="none"
      spellcheck={false}
      maxlength={20}
      size={14}
      required
      {...described({ errors, name: 'code' }, true)}
    />
  </div>
)
