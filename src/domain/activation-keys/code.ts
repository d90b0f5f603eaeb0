import type { FieldError } from '../refusal.ts'

const shape = /^[A-Z0-9]{4}(-[A-Z0-9]{4}){3}$/

/** A key's code as it is kept: no blanks around it, in capitals. */
export const codeFrom = (typed: string): string => typed.trim().toUpperCase()

/** What is wrong with a code that somebody chose, or nothing (R97). */
export function codeError(code: string): FieldError | null {
  if (shape.test(code)) return null
  const groups = code.replaceAll(/[\s-]/g, '')
  const detail =
    groups.length === 16 && /^[A-Z0-9]+$/.test(groups)
      ? `Put a dash after every four characters: ${(groups.match(/.{4}/g) ?? []).join('-')}`
      : 'Write the key as XXXX-XXXX-XXXX-XXXX: four groups of four, letters A to Z and digits'
  return { pointer: 'code', code: 'format', detail }
}

/** What two codes share that are read as one: no dashes, and O is 0, I and L are 1. The database folds them likewise. */
export const normalOf = (code: string): string =>
  code.toUpperCase().replaceAll(/[\s-]/g, '').replaceAll('O', '0').replaceAll(/[IL]/g, '1')
