import type { Deps } from '../deps.ts'
import { deliverLetters } from './deliver-letters.ts'

const mostRounds = 25
/** The clock comes each minute: so long after it came, the next one goes on. */
const longestMs = 50_000

/**
 * Sends letters until none is due, or the mailer asks for a pause, and so many and so long at most: the rest waits a minute.
 * Returns how many were tried.
 */
export async function drainOutbox(deps: Deps): Promise<number> {
  const began = deps.now().getTime()
  let tried = 0
  for (let round = 0; round < mostRounds && deps.now().getTime() - began < longestMs; round++) {
    const { count, isPaused } = await deliverLetters(deps)
    tried += count
    if (count === 0 || isPaused) break
  }
  return tried
}
