import { type Role, roles } from '../accounts/permissions.ts'
import { isAddressRange } from '../address.ts'
import { type FieldError, refuse } from '../refusal.ts'
import { withoutControls } from '../text.ts'

export const longestKeyName = 60
export const mostRanges = 20

/** Whom a key acts as: one of the six roles, or the master login itself. */
export const actsAs = ['master', ...roles] as const
export type ActsAs = (typeof actsAs)[number]

/** How long a key works, in days; `never` is without end. */
export const lifetimes = ['30', '90', '180', '365', 'never'] as const

/** How long the old key goes on after it was rotated, in hours. */
export const overlaps = ['0', '1', '24', '168'] as const

/** A key as it was asked for, field by field as typed. */
export type TypedApiKey = {
  readonly name: string
  readonly access: string
  readonly as: string
  readonly lifetime: string
  /** Addresses and CIDR ranges, separated by blanks, commas or lines; empty is from everywhere. */
  readonly ranges: string
}

/** The same as it would be kept. */
export type WantedApiKey = {
  readonly name: string
  readonly access: 'read' | 'write'
  readonly role: Role
  readonly isMaster: boolean
  readonly days: number | null
  readonly allowedRanges: readonly string[] | null
}

const isOneOf = <T extends string>(values: readonly T[], value: string): value is T => values.includes(value as T)

/** Reads a key as typed. Refuses `invalid-request`, each field with its sentence. */
export function wantedApiKeyFrom(typed: TypedApiKey): WantedApiKey {
  const name = withoutControls(typed.name).replace(/\s+/g, ' ').trim()
  const ranges = typed.ranges.split(/[\s,;]+/).filter(Boolean)
  const { access, as, lifetime } = typed
  const errors = [
    ...wrong(
      name === '' || Array.from(name).length > longestKeyName,
      'name',
      `Write a name of at most ${longestKeyName} characters`,
    ),
    ...wrong(access !== 'read' && access !== 'write', 'access', 'Choose whether it reads only, or reads and writes'),
    ...wrong(!isOneOf(actsAs, as), 'as', 'Choose whom it acts as'),
    ...wrong(!isOneOf(lifetimes, lifetime), 'lifetime', 'Choose how long it works'),
    ...rangeErrors(ranges),
  ]
  if (errors.length > 0) refuse({ code: 'invalid-request', errors })
  return {
    name,
    access: access as 'read' | 'write',
    role: as === 'master' ? 'full' : (as as Role),
    isMaster: as === 'master',
    days: lifetime === 'never' ? null : Number(lifetime),
    allowedRanges: ranges.length === 0 ? null : [...new Set(ranges)],
  }
}

const wrong = (is: boolean, pointer: string, detail: string): FieldError[] =>
  is ? [{ pointer, code: 'invalid', detail }] : []

function rangeErrors(ranges: readonly string[]): FieldError[] {
  if (ranges.length > mostRanges) return wrong(true, 'ranges', `Name at most ${mostRanges} addresses and ranges`)
  const bad = ranges.find((text) => !isAddressRange(text))
  const detail = `${bad?.slice(0, 50)} is neither an address nor a range such as 192.0.2.0/24 or 2001:db8::/32`
  return wrong(bad !== undefined, 'ranges', detail)
}
