import { useContext } from 'hono/jsx'
import type { Day } from '#src/domain/day.ts'
import { FormatsOfReader } from './formats.ts'

/** `November 2026`: the month of a day. */
export const monthInWords = (day: Day): string =>
  new Intl.DateTimeFormat(useContext(FormatsOfReader).locale || 'en-US', {
    ...({ timeZone: 'UTC', year: 'numeric', month: 'long' } as const),
  }).format(Date.parse(day))
