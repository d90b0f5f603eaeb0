const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

/** How long a session lives: remembered 30 days and 14 unused, else 12 hours (`threats.md`, A9). */
export const sessionLife = (remember: boolean) =>
  remember ? { absoluteMs: 30 * day, idleMs: 14 * day } : { absoluteMs: 12 * hour, idleMs: 12 * hour }

/** The token between the two steps of sign-in. */
export const stepSeconds = 5 * 60

/** The token between a right password and the code of the second factor. */
export const codeSeconds = 10 * 60

/** How long a proof of who one is holds for acts that could lock the owner out: then it is asked for again. */
export const proofMs = 15 * minute

/** A mailed link signs in once within this time. */
export const linkMs = 10 * minute

/** Failures allowed before an identifier or an address has to wait (`threats.md`, A3). */
export const limits = {
  identity: { perQuarter: 5, perDay: 20 },
  address: { perQuarter: 30 },
  /** Codes of a second factor tried for one login (`threats.md`, A12). */
  codesPerTenMinutes: 5,
  /** Links mailed to one identifier while one of them lives: more would only fill a mailbox. */
  linksAtOnce: 2,
  /** Letters mailed to one address in an hour whose links live longer than that. */
  linksPerHour: 5,
  /** Failures in an hour, over all, that alarm the vendor. */
  alarmPerHour: 1000,
} as const

export const tenMinutesMs = 10 * minute
export const quarterMs = 15 * minute
export const dayMs = day
export const hourMs = hour

/** The number of the window an instant falls in. */
export const windowOf = (at: Date, lengthMs: number): number => Math.floor(at.getTime() / lengthMs)
