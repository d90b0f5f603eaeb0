import * as z from 'zod'
import { looksLikeEmail } from '#src/domain/accounts/identifier.ts'
import { withoutControls } from '#src/domain/text.ts'

const longestLine = 200

// Marks that turn the direction of what stands beside them: a name with one can dress up as another.
const turning = /[\u202A-\u202E\u2066-\u2069]/g

/** A text as one line without control characters, cut to its first 200 characters. */
function oneLine(text: string): string {
  const clean = withoutControls(text.replace(turning, '')).replace(/\s+/g, ' ').trim()
  return Array.from(clean).slice(0, longestLine).join('').toWellFormed()
}

/** A text that is needed. */
export const line = z.string().transform(oneLine).pipe(z.string().min(1))

/** A text that is nice to have: anything else is `null`. */
export const maybeLine = line.nullable().catch(null)

/** Two letters of ISO 3166, upper case. */
export const maybeCountry = z
  .string()
  .regex(/^[A-Za-z]{2}$/)
  .transform((code) => code.toUpperCase())
  .nullable()
  .catch(null)

/** A link that a page may show. */
export const maybeUrl = z
  .url({ protocol: /^https$/ })
  .max(1000)
  .nullable()
  .catch(null)

/** The provider's id of a thing. */
const providerId = z.string().regex(/^[\x21-\x7e]{1,200}$/)

/** The id of a thing that comes as its id or, with "webhook expansion", as an object. */
export const idOf = z.union([providerId, z.object({ id: providerId }).transform(({ id }) => id)])
export const maybeId = idOf.nullable().catch(null)

/** A decimal amount, as a number or as digits. */
export const amount = z.union([
  z.number(),
  z
    .string()
    .regex(/^-?\d{1,15}(\.\d{1,6})?$/)
    .transform(Number),
])

/** A whole number from zero, as a number or as digits. */
export const count = z.union([
  z.int().min(0),
  z
    .string()
    .regex(/^\d{1,15}$/)
    .transform(Number),
])

/** An address that can be mailed to, as typed. */
export const maybeEmail = z
  .string()
  .max(1000)
  .transform((typed) => typed.trim())
  .refine((typed) => looksLikeEmail(typed) && typed.isWellFormed() && !/[\p{C}/?#%[\]]/u.test(typed))
  .nullable()
  .catch(null)

const from = Date.UTC(2000, 0, 1)
const until = Date.UTC(2100, 0, 1)

/** An instant in milliseconds of this century, or `null`. */
export const instantIn = (value: unknown): Date | null =>
  typeof value === 'number' && value >= from && value < until ? new Date(Math.floor(value)) : null
