import { dayOf } from '#src/domain/day.ts'
import type { QuoteChange } from '#src/domain/quotes/change.ts'
import { idOf } from './ids.ts'
import { priceRows } from './offers.ts'
import { fabrikam } from './people.ts'
import type { World } from './rows.ts'

const offerCode = 'remote-access/pro/3'
const change: QuoteChange = {
  ...{ kind: 'license-new', product: 'remote-access', edition: 'pro' },
  ...{ size: 3, licenses: 1, supportYears: 0 },
}

/** A quote that Fabrikam was given this morning and began to pay in the sandbox shop. */
export const begunCheckout = { id: idOf('checkout', 'fabrikam'), quoteId: idOf('quote', 'fabrikam') } as const

/** A quote of Fabrikam's that costs nothing: a license in place of one that went wrong. */
const gift = { id: idOf('quote', 'fabrikam-gift'), offerCode: 'remote-access/essentials/3' } as const
const given: QuoteChange = { ...change, edition: 'essentials' }

export function tellCheckouts(world: World): void {
  const { accountId, logins } = fabrikam
  const createdAt = new Date(world.now.getTime() - 3_600_000)
  const unitMinor = priceRows.find((row) => row.offerCode === offerCode && row.currency === 'EUR')?.unitMinor ?? 0
  const { id, quoteId } = begunCheckout
  const madeBy = { madeByKind: 'login', madeById: logins.full.loginId, madeByName: logins.full.name } as const
  const until = (hours: number) => new Date(world.now.getTime() + hours * 3_600_000)
  world.quotes.push({
    ...{ id: quoteId, accountId, currency: 'EUR', totalMinor: unitMinor, quotedOn: dayOf(createdAt), createdAt },
    ...{ validUntil: until(30 * 24), items: [{ offer: offerCode, quantity: 1 }], licenses: [], ...madeBy },
    prices: [{ offerCode, quantity: 1, unitMinor }],
  })
  world.quoteLines.push({
    ...{ quoteId, position: 1, text: 'Remote Access Pro edition, 3 users', reckoning: 'One license', change },
    ...{ quantity: 1, offerCode, listMinor: unitMinor, creditMinor: 0, dueMinor: unitMinor },
  })
  const terms = { accountId, currency: 'EUR', quotedOn: dayOf(createdAt), createdAt, validUntil: until(30 * 24) }
  world.quotes.push({ ...terms, ...madeBy, id: gift.id, totalMinor: 0, items: [], licenses: [], prices: [] })
  world.quoteLines.push({
    ...{ quoteId: gift.id, position: 1, text: 'Remote Access Essentials edition, 3 users', change: given, quantity: 1 },
    ...{ reckoning: 'In place of a license that went wrong', offerCode: gift.offerCode },
    ...{ listMinor: 9900, creditMinor: 9900, dueMinor: 0 },
  })
  world.checkouts.push({
    ...{ id, quoteId, accountId, provider: 'sandbox', currency: 'EUR', dueMinor: unitMinor, createdAt },
    ...{ sessionId: 'demo-session-fabrikam', sessionUrl: 'http://localhost:8787/sandbox-shop/demo-session-fabrikam' },
    ...{ startedById: logins.full.loginId, startedByName: logins.full.name, expiresAt: until(20) },
  })
}
