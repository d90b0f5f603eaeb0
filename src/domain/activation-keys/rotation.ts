import { type FieldError, refuse } from '../refusal.ts'
import { codeError, codeFrom, normalOf } from './code.ts'

export const longestGraceDays = 90
export const usualGraceDays = 7
const day = 86_400_000

/** What somebody asks for: a code of their own or, empty, a random one; and for how long the old one still works. */
export type RotationDraft = { readonly code: string; readonly graceDays: number }

/** A code that a key had, good until its grace ends. */
export type FormerCode = { readonly code: string; readonly rotatedAt: Date; readonly validUntil: Date }

/** The new code, null for a random one, and when the old one stops. Refuses `invalid-request`. */
export function rotationFrom(draft: RotationDraft, old: string, now: Date) {
  const code = codeFrom(draft.code)
  const chosen = code === '' ? null : (codeError(code) ?? sameError(code, old))
  const errors = [chosen, graceError(draft.graceDays)].filter((error) => error !== null)
  if (errors.length > 0) refuse({ code: 'invalid-request', errors })
  return { code: code || null, validUntil: new Date(now.getTime() + draft.graceDays * day) }
}

function sameError(code: string, old: string): FieldError | null {
  if (normalOf(code) !== normalOf(old)) return null
  return {
    pointer: 'code',
    code: 'same',
    detail: 'This is the key as it is: choose another one, or have a random one made',
  }
}

function graceError(days: number): FieldError | null {
  if (Number.isInteger(days) && days >= 0 && days <= longestGraceDays) return null
  const detail = `Write for how many days the old key still works: 0 to ${longestGraceDays}`
  return { pointer: 'graceDays', code: 'range', detail }
}
