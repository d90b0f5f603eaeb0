import { build, type Write, write } from './query.ts'
import { activationKeys, licenses, supportPeriods, supports } from './schema/licenses.ts'

export type NewLicense = typeof licenses.$inferInsert
export type NewSupport = typeof supports.$inferInsert
export type NewSupportPeriod = typeof supportPeriods.$inferInsert

/** SQLite binds at most 32,766 values in a statement; a hundred rows stay far below it. */
const rowsAtOnce = 100

function chunked<T>(rows: readonly T[], insert: (chunk: T[]) => Write): Write[] {
  const starts = Array.from({ length: Math.ceil(rows.length / rowsAtOnce) }, (_, i) => i * rowsAtOnce)
  return starts.map((start) => insert(rows.slice(start, start + rowsAtOnce)))
}

/** Makes a key; a second default one of an account violates `activation_keys.account_id`. */
export const insertActivationKey = (key: typeof activationKeys.$inferInsert) =>
  write(build.insert(activationKeys).values(key))

/** Issues licenses, a hundred to a statement. */
export const insertLicenses = (rows: readonly NewLicense[]) =>
  chunked(rows, (chunk) => write(build.insert(licenses).values(chunk)))

/** Opens support of licenses; each needs a period after it. */
export const insertSupports = (rows: readonly NewSupport[]) =>
  chunked(rows, (chunk) => write(build.insert(supports).values(chunk)))

/** Adds paid stretches of support; the days of the support and its license follow by trigger. */
export const insertSupportPeriods = (rows: readonly NewSupportPeriod[]) =>
  chunked(rows, (chunk) => write(build.insert(supportPeriods).values(chunk)))
