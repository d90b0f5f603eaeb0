import type { Id } from '#src/domain/ids.ts'
import type { Deps } from '../deps.ts'
import { deliverLetters } from './deliver-letters.ts'

/**
 * Has letters that were just written sent without waiting for the clock: by the queue where one is bound, else here and
 * now. What either misses leaves with the clock, for a letter stands in the outbox and is leased before it is sent.
 */
export async function sendLetters(deps: Deps, letters: readonly Id<'letter'>[]): Promise<void> {
  if (letters.length === 0) return
  // The answer to whoever caused them leaves first: how long they take to write tells nobody whom they go to (`threats.md`, A2).
  await new Promise((resolve) => setTimeout(resolve))
  if (await queued(deps, letters)) return
  await deliverLetters(deps, letters)
}

async function queued({ letterQueue, log }: Deps, letters: readonly Id<'letter'>[]): Promise<boolean> {
  if (!letterQueue) return false
  try {
    await letterQueue.send({ letters })
    return true
  } catch (error) {
    log({ level: 'warn', message: 'the queue took no letters', error: String(error) })
    return false
  }
}
