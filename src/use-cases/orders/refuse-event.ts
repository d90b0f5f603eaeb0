import type { Id } from '#src/domain/ids.ts'
import { fastspring, type ProviderEvent } from '#src/gateways/fastspring/envelope.ts'
import type { Deps } from '../deps.ts'
import { post } from '../record.ts'
import { commitOnce, eventRow, keptIdOf } from './keep-event.ts'

/** Keeps an event that cannot be acted on, and tells the vendor. Returns the letter to send. */
export async function refuseEvent(deps: Deps, event: ProviderEvent, reason: string): Promise<Id<'letter'>[]> {
  const id = await keptIdOf(event)
  const letterId = deps.newId('letter')
  const first = await commitOnce(deps, [
    eventRow(deps, id, event, { outcome: 'refused', note: reason }),
    post(deps, {
      id: letterId,
      template: 'unreadable-event',
      accountId: null,
      to: deps.settings.supportEmail,
      once: `${fastspring}:${id}`,
      params: { provider: fastspring, eventId: id, type: event.type, live: event.live, reason },
    }),
  ])
  if (!first) return []
  deps.log({ level: 'error', message: 'shop event refused', event: id, type: event.type, reason })
  return [letterId]
}
