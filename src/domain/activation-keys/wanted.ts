import { type FieldError, refuse } from '../refusal.ts'
import { withoutControls } from '../text.ts'
import { codeError, codeFrom } from './code.ts'

export const longestName = 100
export const longestNote = 500
/** The most keys that are made at once. */
export const mostKeys = 100

/** What somebody types for new keys. `code` empty: made at random. `count`: as a form sends it. */
export type KeyDraft = {
  readonly name: string
  readonly code: string
  readonly note: string
  readonly count: string
}

type Named = { readonly name: string; readonly note: string }

const lineFrom = (typed: string): string => withoutControls(typed.toWellFormed()).replaceAll(/\s+/g, ' ').trim()
const noteFrom = (typed: string): string => withoutControls(typed.toWellFormed()).trim()

/** The keys that a draft asks for, each with its name; `code` where it is chosen. Refuses `invalid-request`. */
export function keysFrom(draft: KeyDraft): readonly (Named & { readonly code: string | null })[] {
  const { name, note } = { name: lineFrom(draft.name), note: noteFrom(draft.note) }
  const code = codeFrom(draft.code)
  const count = countIn(draft.count)
  const chosen = code === '' ? null : (codeError(code) ?? onlyOne(count))
  const errors = [nameError(name), chosen, noteError(note), countError(count)].filter((error) => error !== null)
  if (errors.length > 0) refuse({ code: 'invalid-request', errors })
  if (count === 1) return [{ name, note, code: code || null }]
  return Array.from({ length: count }, (_, i) => ({ name: `${name} ${i + 1}`, note, code: null }))
}

/** New name and note of a key, each as it is kept. Refuses `invalid-request`. */
export function renamedFrom(typed: { name?: string | undefined; note?: string | undefined }): Partial<Named> {
  const name = typed.name === undefined ? undefined : lineFrom(typed.name)
  const note = typed.note === undefined ? undefined : noteFrom(typed.note)
  const errors = [name === undefined ? null : nameError(name), noteError(note ?? '')].filter((error) => error !== null)
  if (errors.length > 0) refuse({ code: 'invalid-request', errors })
  return { ...(name === undefined ? {} : { name }), ...(note === undefined ? {} : { note }) }
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

function nameError(name: string): FieldError | null {
  const { length } = Array.from(name)
  if (length === 0) return { pointer: 'name', code: 'missing', detail: 'Give the key a name, such as the customer’s' }
  if (length <= longestName) return null
  const detail = `Shorten the name to ${longestName} characters; it has ${length}`
  return { pointer: 'name', code: 'too-long', detail }
}

function noteError(note: string): FieldError | null {
  const { length } = Array.from(note)
  if (length <= longestNote) return null
  const detail = `Shorten the note to ${longestNote} characters; it has ${length}`
  return { pointer: 'note', code: 'too-long', detail }
}
