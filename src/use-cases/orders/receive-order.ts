import { commit, Violation } from '#src/db/commit.ts'
import type { Id } from '#src/domain/ids.ts'
import type { ShopOrder } from '#src/domain/orders/shop-order.ts'
import type { ProviderEvent } from '#src/gateways/fastspring/envelope.ts'
import type { Deps } from '../deps.ts'
import type { By } from '../record.ts'
import { eventRow, keepEvent, keptIdOf } from './keep-event.ts'
import { lookUpOrder } from './look-up-order.ts'
import { refuseEvent } from './refuse-event.ts'
import { writeOrder } from './write-order.ts'

/** Twins race for an account, a key, a contact: who loses looks again and finds what the other made. */
const attempts = 5
/** Where what it follows is told at the same moment, there may be many: each is soon done. */
const attemptsWhenOvertaken = 40
const overtaken = 'version-mismatch'

/**
 * Brings a paid order in, once: customer, contact, items, licenses, support, key, letters, in one batch with the event.
 * An order that is in already stays as it is. Returns the letters to send.
 */
export async function receiveOrder(
  deps: Deps,
  event: ProviderEvent,
  order: ShopOrder,
  by: By,
): Promise<Id<'letter'>[]> {
  const eventId = await keptIdOf(event)
  let refused = ''
  for (let attempt = 1; attempt <= (refused === overtaken ? attemptsWhenOvertaken : attempts); attempt++) {
    const found = await lookUpOrder(deps, eventId, order)
    if (found.eventKept) return []
    if (found.received) return keepEvent(deps, event, { outcome: 'done', note: 'The order was received before' })
    if (found.referenceTaken) return refuseEvent(deps, event, 'reference: another order has it')
    try {
      const { writes, letters } = writeOrder(deps, by, order, found)
      await commit(deps.db, [eventRow(deps, eventId, event, { outcome: 'done' }), ...writes], true)
      return letters
    } catch (error) {
      if (!(error instanceof Violation)) throw error
      refused = error.constraint
    }
  }
  if (refused === overtaken) throw new Error('Others were faster, again and again')
  return refuseEvent(deps, event, `The database refused it: ${refused}`)
}
