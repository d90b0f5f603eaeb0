import { isAddressRange } from '../address.ts'
import { type Day, isDay } from '../day.ts'
import type { FieldError } from '../refusal.ts'
import { withoutControls } from '../text.ts'

export const longestName = 100
export const longestNote = 500
export const largestLimit = 1_000_000
export const mostRanges = 50

/** What somebody sets of a key; what is left out stays. `computerLimit` and `expiresOn` null: none. */
export type KeyFields = {
  readonly name?: string | undefined
  readonly note?: string | undefined
  readonly computerLimit?: number | null | undefined
  readonly expiresOn?: string | null | undefined
  /** Addresses and CIDR ranges, one each; none admit every address. */
  readonly allowedRanges?: readonly string[] | undefined
}

/** The same as it is kept. */
export type KeptFields = {
  readonly name: string
  readonly note: string
  readonly computerLimit: number | null
  readonly expiresOn: Day | null
  readonly allowedRanges: readonly string[] | null
}

/** What was typed in one line, without control characters, and blanks as one. */
export const lineFrom = (typed: string): string => withoutControls(typed.toWellFormed()).replaceAll(/\s+/g, ' ').trim()

/** Fields as they are kept; those left out are left out. */
export const keptFrom = ({ name, note, allowedRanges, expiresOn, computerLimit }: KeyFields): Partial<KeptFields> => ({
  ...(name === undefined ? {} : { name: lineFrom(name) }),
  ...(note === undefined ? {} : { note: withoutControls(note.toWellFormed()).trim() }),
  ...(computerLimit === undefined ? {} : { computerLimit }),
  ...(expiresOn === undefined ? {} : { expiresOn: expiresOn as Day | null }),
  ...(allowedRanges === undefined ? {} : { allowedRanges: rangesFrom(allowedRanges) }),
})

/** Ranges without blanks around them and without empty lines; each once. */
function rangesFrom(typed: readonly string[]): readonly string[] | null {
  const ranges = [...new Set(typed.map((one) => one.trim().toLowerCase()).filter((one) => one !== ''))]
  return ranges.length === 0 ? null : ranges
}

/** What is wrong with fields as they are kept, and as they were typed; a day that stays as it was may be past. */
export function fieldErrors(
  kept: Partial<KeptFields>,
  typed: KeyFields,
  today: Day,
  before?: Day | null,
): FieldError[] {
  const { name, note, computerLimit = null, expiresOn = null } = kept
  return [
    name === undefined ? null : nameError(name),
    tooLong('note', note ?? '', longestNote),
    limitError(computerLimit),
    expiresOn === before ? null : expiryError(expiresOn, today),
    ...rangeErrors(typed.allowedRanges ?? []),
  ].filter((error) => error !== null)
}

function nameError(name: string): FieldError | null {
  if (name !== '') return tooLong('name', name, longestName)
  return { pointer: 'name', code: 'missing', detail: 'Give the key a name, such as the customer’s' }
}

function tooLong(pointer: 'name' | 'note', text: string, most: number): FieldError | null {
  const { length } = Array.from(text)
  if (length <= most) return null
  return { pointer, code: 'too-long', detail: `Shorten the ${pointer} to ${most} characters; it has ${length}` }
}

function limitError(limit: number | null): FieldError | null {
  if (limit === null || (Number.isInteger(limit) && limit >= 0 && limit <= largestLimit)) return null
  const detail = `Write how many servers the key activates at most, 0 to ${largestLimit}, or nothing for no limit`
  return { pointer: 'computerLimit', code: 'range', detail }
}

function expiryError(day: string | null, today: Day): FieldError | null {
  const error = (code: string, detail: string) => ({ pointer: 'expiresOn', code, detail })
  if (day === null) return null
  if (!isDay(day)) return error('format', 'Write the last day as 2026-08-21, or nothing for a key that never ends')
  return day < today ? error('past', 'This day is past: choose today or a later day, or remove the key') : null
}

/** Each names its line. */
function rangeErrors(lines: readonly string[]): FieldError[] {
  if (lines.length > mostRanges) {
    return [{ pointer: 'allowedRanges', code: 'too-many', detail: `Write at most ${mostRanges} addresses or ranges` }]
  }
  return lines.flatMap((line, i) => {
    const text = line.trim()
    if (text === '' || isAddressRange(text)) return []
    const detail = `Line ${i + 1}, “${text.slice(0, 50)}”, is no address or range: write it as 192.0.2.7, 192.0.2.0/24 or 2001:db8::/32`
    return [{ pointer: `allowedRanges/${i}`, code: 'format', detail }]
  })
}
