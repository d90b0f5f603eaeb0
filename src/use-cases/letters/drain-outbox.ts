import type { Deps } from '../deps.ts'
import { deliverLetters } from './deliver-letters.ts'

const mostRounds = 25

/** Sends letters until none is due, and so many at most: the rest waits a minute. Returns how many were tried. */
export async function drainOutbox(deps: Deps): Promise<number> {
  let tried = 0
  for (let round = 0; round < mostRounds; round++) {
    const count = await deliverLetters(deps)
    if (count === 0) break
    tried += count
  }
  return tried
}
