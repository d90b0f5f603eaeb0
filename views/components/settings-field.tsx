import { countries } from '#src/domain/accounts/countries.ts'
import type { FieldError } from '#src/domain/refusal.ts'
import { type SettingsField, settingsRules } from '#src/domain/settings/fields.ts'
import { formatLocales } from '#src/domain/settings/format-locales.ts'
import { described, FieldProblem } from './error-summary.tsx'

type Choices = readonly (readonly [value: string, name: string])[]

/** The fields that choose one of a list. */
const choicesOf: Partial<Record<SettingsField, () => Choices>> = {
  country: () => [['', 'Not said'], ...countries()],
  formatLocale: () => [['', 'As the portal writes: 2026-08-21, EUR 152.24'], ...formatLocales],
  timeZone: () => [['', 'UTC'], ...Intl.supportedValuesOf('timeZone').map((zone) => [zone, zone] as const)],
}

type Props = {
  readonly field: SettingsField
  readonly values: Readonly<Record<string, string>>
  readonly errors: readonly FieldError[]
}

/** A field of the settings, as it is or as it was typed, with what is wrong with it. */
export const SettingsFieldInput = ({ field, values, errors }: Props) => {
  const { label, most, required, autocomplete, hint } = settingsRules[field]
  const value = values[field] ?? ''
  const choices = choicesOf[field]?.()
  const attributes = {
    ...{ id: field, name: field, autocomplete: autocomplete ?? 'off' },
    ...described({ errors, name: field }, hint !== undefined),
  }
  return (
    <div>
      <label for={field}>
        {label}
        {required && ' *'}
      </label>
      {hint && (
        <p class="soft" id={`${field}-hint`}>
          {hint}
        </p>
      )}
      <FieldProblem errors={errors} name={field} />
      {choices ? (
        <select {...attributes}>
          {choices.map(([code, name]) => (
            <option value={code} selected={code === value}>
              {name}
            </option>
          ))}
        </select>
      ) : (
        <input type="text" value={value} maxlength={most} dir="auto" {...attributes} />
      )}
    </div>
  )
}
