import type { Day } from '../day.ts'
import { type FieldError, refuse } from '../refusal.ts'
import { codeError, codeFrom } from './code.ts'
import { fieldErrors, type KeptFields, type KeyFields, keptFrom } from './fields.ts'

/** The most keys that are made at once. */
export const mostKeys = 100

/**
 * What somebody asks new keys to be. `code` empty: made at random. `count`: as a form sends it. `name` empty: a key of a
 * product is named by itself.
 */
export type KeyDraft = KeyFields & {
  readonly name: string
  readonly code: string
  readonly note: string
  readonly count: string
  /** The code of the one product that it is for, or nothing. */
  readonly product: string
}

/** A key that is wanted; `name` and `code` null where they are still to be made. */
type WantedKey = Omit<KeptFields, 'name'> & { readonly name: string | null; readonly code: string | null }

/** The keys that a draft asks for. Refuses `invalid-request`. */
export function keysFrom(draft: KeyDraft, today: Day): readonly WantedKey[] {
  const { name = '', ...rest } = keptFrom(draft)
  const named = name !== '' || draft.product === '' ? { name } : {}
  const code = codeFrom(draft.code)
  const count = countIn(draft.count)
  const chosen = code === '' ? null : (codeError(code) ?? onlyOne(count))
  const errors = [...fieldErrors({ ...named, ...rest }, draft, today), chosen, countError(count)].filter(
    (one) => one !== null,
  )
  if (errors.length > 0) refuse({ code: 'invalid-request', errors })
  const key = { note: '', computerLimit: null, expiresOn: null, allowedRanges: null, ...rest }
  if (count === 1) return [{ ...key, name: name || null, code: code || null }]
  return Array.from({ length: count }, (_, i) => ({ ...key, name: name ? `${name} ${i + 1}` : null, code: null }))
}

const countIn = (typed: string): number => (/^\d{1,9}$/.test(typed.trim()) ? Number(typed) : Number.NaN)

function countError(count: number): FieldError | null {
  if (count >= 1 && count <= mostKeys) return null
  return { pointer: 'count', code: 'range', detail: `Make 1 to ${mostKeys} keys at once: write a whole number` }
}

function onlyOne(count: number): FieldError | null {
  if (!(count > 1)) return null
  return { pointer: 'code', code: 'one', detail: 'A key of your own is one key: leave it empty to make several' }
}
