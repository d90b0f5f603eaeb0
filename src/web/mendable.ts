import { type FieldError, type Refusal, Refused } from '#src/domain/refusal.ts'
import { statuses } from '#src/http/statuses.ts'
import { errorsOf } from '#views/refusal-words.ts'

/** The status of a form that comes back with what is wrong. */
export type FormStatus = 409 | 412 | 422

/** What a form says of a refusal that it can mend, at `field` where the refusal names none; any other error is thrown on. */
export function mendable(error: unknown, field = '') {
  const refusal: Refusal | null = error instanceof Refused ? error.refusal : null
  const errors: readonly FieldError[] | null = refusal && errorsOf(refusal, field)
  if (!refusal || !errors) throw error
  return { errors, status: statuses[refusal.code] as FormStatus }
}
