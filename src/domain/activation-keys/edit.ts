import type { Day } from '../day.ts'
import { type FieldError, refuse } from '../refusal.ts'
import { fieldErrors, type KeptFields, type KeyFields, keptFrom } from './fields.ts'

/** What is changed of a key: its fields, and whether it becomes the default. */
export type KeyChange = KeyFields & { readonly default?: boolean | undefined }

type Kept = KeptFields & { readonly isDefault: boolean }

/** What an edit comes to: the key as it then is, and the names of what differs, none where nothing does. */
export type KeyEdited = { readonly edited: Kept; readonly changed: readonly (keyof Kept)[] }

const names = ['name', 'note', 'computerLimit', 'expiresOn', 'allowedRanges', 'isDefault'] as const

/** What an edit changes. Refuses `invalid-request`; a default stays one until another key takes its place. */
export function editOf(key: Kept, { default: wanted, ...fields }: KeyChange, today: Day): KeyEdited {
  const kept = keptFrom(fields)
  const errors = [
    ...fieldErrors(kept, fields, today, key.expiresOn),
    ...(key.isDefault && wanted === false ? [staysDefault] : []),
  ]
  if (errors.length > 0) refuse({ code: 'invalid-request', errors })
  const edited = { ...key, ...kept, isDefault: wanted ?? key.isDefault }
  const changed = names.filter((name) => JSON.stringify(edited[name]) !== JSON.stringify(key[name]))
  return { edited, changed }
}

const staysDefault: FieldError = {
  pointer: 'default',
  code: 'stays',
  detail: 'This is the default key: make another key the default instead',
}
