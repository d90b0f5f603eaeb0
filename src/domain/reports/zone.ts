import type { Day } from '../day.ts'

const formats = new Map<string, Intl.DateTimeFormat>()

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone)
  if (known) return known
  const made = new Intl.DateTimeFormat('en-CA', {
    ...({ timeZone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit' } as const),
    ...({ hour: '2-digit', minute: '2-digit', second: '2-digit' } as const),
  })
  formats.set(timeZone, made)
  return made
}

/** Whether a name is that of a time zone, such as `Europe/Paris`. */
export function isTimeZone(name: string): boolean {
  try {
    formatOf(name)
    return true
  } catch {
    return false
  }
}

/** What the clock on the wall of a zone shows at an instant, as if it were UTC, in milliseconds. */
function wallOf(at: number, timeZone: string): number {
  const part = Object.fromEntries(
    formatOf(timeZone)
      .formatToParts(at)
      .map(({ type, value }) => [type, Number(value)]),
  )
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part
  return Date.UTC(year, month - 1, day, hour, minute, second)
}

/** The same as text: `2026-08-21T11:30:00.000Z`, whose Z means nothing. */
export const wallIn = (at: Date, timeZone: string): string =>
  timeZone === 'UTC' ? at.toISOString() : new Date(wallOf(at.getTime(), timeZone)).toISOString()

/** The day that an instant is in a zone. */
export const dayIn = (at: Date, timeZone: string): Day => wallIn(at, timeZone).slice(0, 10) as Day

const aDay = 86_400_000

/**
 * The instant at which it is some hour of a day in a zone. An hour that a clock change leaves out comes as much later as
 * the change is; of one that comes twice it is the first.
 */
export function instantOf(day: Day, hour: number, timeZone: string): Date {
  const wall = Date.parse(`${day}T00:00:00Z`) + hour * 3_600_000
  const offset = (at: number) => wallOf(at, timeZone) - at
  const [before, after] = [offset(wall - aDay), offset(wall + aDay)]
  const fitting = [wall - before, wall - after].filter((at) => wallOf(at, timeZone) === wall)
  return new Date(fitting.length > 0 ? Math.min(...fitting) : wall - before)
}
