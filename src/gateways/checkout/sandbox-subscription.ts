import { addDays } from '#src/domain/day.ts'
import type { WantedChange } from '../checkout.ts'

/** The provider's words for a subscription that was canceled or goes on. */
export function subscriptionTold(id: string, wanted: WantedChange, at: Date) {
  const next = Date.parse(addDays(wanted.endsOn, 1))
  const ends = wanted.act === 'cancel'
  return {
    ...{ id, processed: false, created: at.getTime(), live: false },
    type: ends ? 'subscription.canceled' : 'subscription.uncanceled',
    data: {
      ...{ id: wanted.id, subscription: wanted.id, quantity: wanted.quantity, active: true, live: false },
      ...{ state: ends ? 'canceled' : 'active', changed: at.getTime(), autoRenew: !ends },
      ...{ begin: Date.parse(wanted.startsOn), intervalUnit: wanted.term, intervalLength: 1 },
      ...(ends
        ? { canceledDate: at.getTime(), end: next, deactivationDate: next, next: null, nextChargeDate: null }
        : { canceledDate: null, end: null, deactivationDate: null, next, nextChargeDate: next }),
    },
  }
}
