import { eventsOf } from '#src/gateways/fastspring/envelope.ts'
import type { Deps } from '../deps.ts'
import { receiveProviderEvents } from './receive-provider-events.ts'

/** So many answers of the provider at a time; the rest waits for the next run. */
const mostRounds = 20

/**
 * Asks the provider for events that it holds as not processed, such as those of an outage longer than its patience, and
 * takes them in as if they had been posted. Returns how many.
 */
export async function catchUp(deps: Deps): Promise<number> {
  let caught = 0
  for (let round = 0; round < mostRounds; round++) {
    const held = await deps.checkout.unprocessed()
    const events = held ? (eventsOf(held.body) ?? []) : []
    if (!held || events.length === 0) break
    const processed = await receiveProviderEvents(deps, events, { address: '', requestId: 'catch-up' })
    const ids = processed.map(({ id }) => id).filter((id) => id !== null)
    await deps.checkout.markProcessed(ids)
    caught += ids.length
    if (!held.more || ids.length === 0) break
  }
  return caught
}
