import type { KeptFields, KeyFields } from '#src/domain/activation-keys/fields.ts'
import type { FieldError } from '#src/domain/refusal.ts'
import type { KeyTexts } from '#views/pages/activation-keys/fields.tsx'

/** The fields of a key as a form sends them; one that the form does not hold is left out. */
export function keyFieldsIn({
  name,
  note,
  computerLimit,
  expiresOn,
  allowedRanges,
}: Record<string, string>): KeyFields {
  return {
    name,
    note,
    ...(computerLimit === undefined ? {} : { computerLimit: limitIn(computerLimit.trim()) }),
    ...(expiresOn === undefined ? {} : { expiresOn: expiresOn.trim() || null }),
    ...(allowedRanges === undefined ? {} : { allowedRanges: allowedRanges.split('\n') }),
  }
}

/** Nothing is no limit; nonsense is no number, and refused as such. */
const limitIn = (typed: string): number | null =>
  typed === '' ? null : /^\d{1,9}$/.test(typed) ? Number(typed) : Number.NaN

/** The same as the form shows it again, whatever was wrong with it. */
export const textsIn = (form: Record<string, string>): KeyTexts => ({
  name: form.name ?? '',
  note: form.note ?? '',
  computerLimit: form.computerLimit ?? '',
  expiresOn: form.expiresOn ?? '',
  allowedRanges: form.allowedRanges ?? '',
})

/** The fields of a key that is there, as a form shows them. */
export const textsOf = ({ name, note, computerLimit, expiresOn, allowedRanges }: KeptFields): KeyTexts => ({
  name,
  note,
  computerLimit: computerLimit === null ? '' : String(computerLimit),
  expiresOn: expiresOn ?? '',
  allowedRanges: allowedRanges?.join('\n') ?? '',
})

/** What is wrong in one line of a field of many lines is shown at the field. */
export const atFields = (errors: readonly FieldError[]): readonly FieldError[] =>
  errors.map((error) => ({ ...error, pointer: error.pointer.split('/')[0] ?? '' }))
