import { type FieldError, refuse } from '../refusal.ts'

/** What is done with many licenses at once, and with how many. */
export const bulkActs = ['edit', 'delete'] as const
export type BulkAct = (typeof bulkActs)[number]
export const mostAtOnce = 100

/** Ids that were chosen, each once. Refuses `invalid-request` for none and for too many. */
export function chosenFrom(ids: readonly string[], pointer = 'id'): string[] {
  const chosen = [...new Set(ids.flatMap((id) => id.split(',')).filter((id) => id !== ''))]
  const bad = (code: string, detail: string): FieldError => ({ pointer, code, detail })
  if (chosen.length === 0) {
    refuse({ code: 'invalid-request', errors: [bad('missing', 'Go back and mark at least one row of the list')] })
  }
  if (chosen.length > mostAtOnce) {
    refuse({ code: 'invalid-request', errors: [bad('too-big', `Go back and mark at most ${mostAtOnce} rows`)] })
  }
  return chosen
}
