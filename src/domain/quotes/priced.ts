import type { Day } from '../day.ts'
import { type FieldError, Refused, refuse } from '../refusal.ts'
import type { PriceBasis, QuoteLine } from './quote.ts'

/** What one item of a quote comes to: its lines, the prices they were reckoned from, and the last day on which the days in them are right. */
export type Priced = {
  readonly lines: readonly QuoteLine[]
  readonly prices: readonly PriceBasis[]
  readonly lastDay: Day | null
}

/** Several as one. */
export const together = (all: readonly Priced[]): Priced => ({
  lines: all.flatMap(({ lines }) => lines),
  prices: all.flatMap(({ prices }) => prices),
  lastDay: all.flatMap(({ lastDay }) => lastDay ?? []).sort()[0] ?? null,
})

/** A line for which nothing was paid before. */
export const inFull = (line: Omit<QuoteLine, 'creditMinor' | 'dueMinor'>): QuoteLine => ({
  ...line,
  creditMinor: 0,
  dueMinor: line.listMinor,
})

/** Refuses one field of an item, with how to mend it. */
export const wrong = (pointer: string, detail: string): never =>
  refuse({ code: 'invalid-request', errors: [{ pointer, code: 'invalid', detail }] })

/** Does something with an item; fields that it refuses are named by the item's place: `items/0/size`. */
export function atItem<T>(position: number, act: () => T): T {
  try {
    return act()
  } catch (error) {
    if (!(error instanceof Refused) || error.refusal.code !== 'invalid-request') throw error
    const named = (one: FieldError) => ({ ...one, pointer: `items/${position}/${one.pointer}` })
    return refuse({ ...error.refusal, errors: error.refusal.errors.map(named) })
  }
}
