import { commit, Violation } from '#src/db/commit.ts'
import { insertProviderEvent, providerEventKept } from '#src/db/provider-events.ts'
import type { Write } from '#src/db/query.ts'
import type { Id } from '#src/domain/ids.ts'
import { fastspring, type ProviderEvent } from '#src/gateways/fastspring/envelope.ts'
import { fingerprintOf } from '#src/gateways/secrets.ts'
import type { Deps } from '../deps.ts'

/** What became of an event: acted on, kept for later, or unreadable and for the vendor to look at. */
export type Outcome = { readonly outcome: 'done' | 'kept' | 'refused'; readonly note?: string }

/** The id an event is kept by: the provider's, or the fingerprint of the text where it gave none. */
export const keptIdOf = async (event: ProviderEvent): Promise<string> =>
  event.id ?? `sha256-${await fingerprintOf(event.text)}`

/** The row of an event as received; it stands first in its batch, so that a second time is told from other trouble. */
export function eventRow(deps: Deps, id: string, event: ProviderEvent, { outcome, note }: Outcome): Write {
  const receivedAt = deps.now()
  return insertProviderEvent({
    provider: fastspring,
    id,
    type: event.type,
    live: event.live,
    payload: event.text,
    outcome,
    note: note ?? null,
    createdAt: event.createdAt ?? receivedAt,
    receivedAt,
  })
}

/** Keeps an event and does nothing else about it. One that is kept already stays as it is. */
export async function keepEvent(deps: Deps, event: ProviderEvent, outcome: Outcome): Promise<Id<'letter'>[]> {
  await commitOnce(deps, [eventRow(deps, await keptIdOf(event), event, outcome)])
  return []
}

/** Commits what begins with an event's row. False: the event is kept already, and nothing changed. */
export async function commitOnce(deps: Deps, writes: readonly Write[]): Promise<boolean> {
  try {
    await commit(deps.db, writes, true)
    return true
  } catch (error) {
    if (error instanceof Violation && error.constraint === providerEventKept) return false
    throw error
  }
}
