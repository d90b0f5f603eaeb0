import { countryName } from '#src/domain/accounts/countries.ts'
import type { FieldError } from '#src/domain/refusal.ts'
import { type SettingsField, settingsRules } from '#src/domain/settings/fields.ts'
import type { FormStatus } from './mendable.ts'

/** A form that goes out again: what was typed, what is wrong with it, and the status that says so. */
export type Again = {
  readonly form: Readonly<Record<string, string>>
  readonly errors: readonly FieldError[]
  readonly status: FormStatus
}

/** The version that a form goes out with: as it was shown, or, where somebody was faster, as it is now, so that it can be sent again. */
export const versionOf = (again: Again | null, shown: string | undefined, now: number): number =>
  again === null || again.status === 412 ? now : Number(shown)

const inWords = (field: string, value: string) => (field === 'country' ? countryName(value) : value)

/** What a form says that goes out again; where somebody was faster, at each field that says something else, what it says now. */
export function saidBy(again: Again | null, now: object = {}, fields: readonly string[] = []): readonly FieldError[] {
  if (again === null || again.status !== 412) return again?.errors ?? []
  const values = now as Readonly<Record<string, unknown>>
  const others = fields.filter((field) => again.form[field]?.trim() !== String(values[field] ?? ''))
  const told = others.map((field) => at(field, inWords(field, String(values[field] ?? ''))))
  return [...again.errors, ...told]
}

/** With several of them on top of the page, each has to say of which field it tells. */
const at = (pointer: string, value: string): FieldError => {
  const rule = isSettingsField(pointer) ? settingsRules[pointer] : null
  const says = value === '' ? 'is empty now' : `says “${value}” now`
  return { pointer, code: 'version-mismatch', detail: rule ? `${rule.label}: it ${says}` : `It ${says}` }
}

const isSettingsField = (name: string): name is SettingsField => name in settingsRules
