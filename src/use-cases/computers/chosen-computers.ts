import type { ComputerDetails } from '#src/db/computer-rows.ts'
import { chosenFrom } from '#src/domain/licenses/bulk.ts'
import { refuse } from '#src/domain/refusal.ts'

/**
 * The computers that an act names, those that were removed already left out. Refuses `invalid-request` for none and for
 * too many, `not-found` where one is out of reach.
 */
export function chosenComputers(ids: readonly string[], found: readonly ComputerDetails[]): readonly ComputerDetails[] {
  const chosen = new Set(chosenFrom(ids))
  const named = found.filter(({ id }) => chosen.has(id))
  if (named.length < chosen.size) refuse({ code: 'not-found' })
  return named.filter(({ removedAt }) => removedAt === null)
}

/** The same of the account's own alone: groups and keys are an account's. Refuses `computer-of-another-account` too. */
export function ownComputers(ids: readonly string[], found: readonly ComputerDetails[]): readonly ComputerDetails[] {
  const computers = chosenComputers(ids, found)
  if (computers.length === 0) refuse({ code: 'not-found' })
  return computers.every(({ isOwn }) => isOwn) ? computers : refuse({ code: 'computer-of-another-account' })
}
