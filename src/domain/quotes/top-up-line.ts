import { isTopUp, topUpRule } from '../billing/top-up.ts'
import type { TopUpItem } from './item.ts'
import { inFull, type Priced, wrong } from './priced.ts'

/** An amount that is paid into the balance (R233), in the balance's currency. Refuses `invalid-request` field by field. */
export function lineOfTopUp({ topUp }: TopUpItem, currency: string): Priced {
  if (topUp.currency !== currency) wrong('topUp/currency', `The balance is in ${currency}: pay in that`)
  if (!isTopUp(topUp.minor, currency)) wrong('topUp/minor', topUpRule(currency))
  const line = inFull({
    ...{ text: 'Payment into the balance', reckoning: 'Servers are charged to it month by month' },
    ...{ change: { kind: 'top-up' }, quantity: 1, offerCode: null, startsOn: null, endsOn: null },
    listMinor: topUp.minor,
  })
  return { lines: [line], prices: [], lastDay: null }
}
