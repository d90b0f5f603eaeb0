import { type FieldError, refuse } from '../refusal.ts'
import { withoutControls } from '../text.ts'

/** As long as a host name may be; and as a group's name. */
export const longestComputerName = 253
export const longestGroupName = 60

/** The most computers that one act takes. */
export const mostComputers = 100

const lineFrom = (typed: string): string => withoutControls(typed.toWellFormed()).replaceAll(/\s+/g, ' ').trim()

/** A name in the form in which it is kept. Refuses `invalid-request`. */
export function computerNameFrom(typed: string, pointer = 'name'): string {
  return checked(lineFrom(typed), longestComputerName, pointer, 'Give it a name')
}

/** A group's name. Refuses `invalid-request`. */
export function groupNameFrom(typed: string, pointer = 'name'): string {
  return checked(lineFrom(typed), longestGroupName, pointer, 'Give the group a name')
}

function checked(name: string, longest: number, pointer: string, missing: string): string {
  const error = nameError(name, longest, pointer, missing)
  return error ? refuse({ code: 'invalid-request', errors: [error] }) : name
}

function nameError(name: string, longest: number, pointer: string, missing: string): FieldError | null {
  const { length } = Array.from(name)
  if (length === 0) return { pointer, code: 'missing', detail: missing }
  if (length <= longest) return null
  return { pointer, code: 'too-long', detail: `Shorten the name to ${longest} characters; it has ${length}` }
}

export const fewestStaleDays = 7
export const mostStaleDays = 3650

/** Days after which the clock removes: a whole number, or empty for never. Refuses `invalid-request`. */
export function staleDaysFrom(typed: string, pointer = 'afterDays'): number | null {
  const text = typed.trim()
  if (text === '') return null
  const days = /^\d{1,4}$/.test(text) ? Number(text) : Number.NaN
  if (days >= fewestStaleDays && days <= mostStaleDays) return days
  const detail = `Write a whole number of days from ${fewestStaleDays} to ${mostStaleDays}, or leave it empty`
  return refuse({ code: 'invalid-request', errors: [{ pointer, code: 'range', detail }] })
}
