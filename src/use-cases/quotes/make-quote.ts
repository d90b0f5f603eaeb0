import { stillStands } from '#src/db/actors.ts'
import { expect } from '#src/db/expect.ts'
import type { PricedOffer } from '#src/db/priced-offers.ts'
import type { Write } from '#src/db/query.ts'
import { findBuyer, listPricedOffers, listQuotable } from '#src/db/quotable.ts'
import { insertQuote, insertQuoteLines } from '#src/db/quotes.ts'
import type { Reach } from '#src/db/reach.ts'
import type { Actor } from '#src/domain/accounts/actor.ts'
import { addDays, type Day, dayOf } from '#src/domain/day.ts'
import type { Id } from '#src/domain/ids.ts'
import { formatMoney } from '#src/domain/money.ts'
import { currencyFor, offersIn } from '#src/domain/quotes/currency.ts'
import type { QuoteItem } from '#src/domain/quotes/item.ts'
import type { PriceList, Quotable } from '#src/domain/quotes/quotable.ts'
import type { QuoteLine } from '#src/domain/quotes/quote.ts'
import { type Reckoned, reckonQuote } from '#src/domain/quotes/reckon-quote.ts'
import { refuse } from '#src/domain/refusal.ts'
import { type Asking, readAs } from '../admit.ts'
import type { Deps } from '../deps.ts'
import { type Answer, commitOnce, earlier, type Once, replayOf } from '../once.ts'
import { byActor, record } from '../record.ts'

/** A quote as it was made; plain data, as it is kept to be answered again. */
export type MadeQuote = {
  readonly id: Id<'quote'>
  readonly currency: string
  readonly totalMinor: number
  readonly validUntil: string
  readonly lines: readonly QuoteLine[]
}

/** How many days a quote can be paid, unless the days that it counts end before. */
const daysOfQuote = 7

/** What reckoning needs, in the one batch of whoever reckons: the account, its licenses, the offers of their products. */
export const readsToReckon = (reach: Reach, items: readonly QuoteItem[]) => {
  const licenses = items.flatMap((item) => ('license' in item ? [item.license] : []))
  const offers = items.flatMap((item) => ('offer' in item ? [item.offer] : []))
  return [findBuyer(reach), listQuotable(reach, licenses), listPricedOffers({ licenses, offers })] as const
}

/** Who buys, and in what. */
export type Buyer = {
  readonly accountId: Id<'account'>
  readonly currency: string | null
  /** The currency of the balance; `null` where the account has nothing that is charged to one. */
  readonly balanceCurrency: string | null
  /** Where the seller sends customers to upgrade, when not to the portal's own page (R252). */
  readonly upgradeUrl: string
}

/** The prices of offers today, in a currency: the one in which somebody buys, unless it is another. */
export function priceListFor(
  deps: Deps,
  buyer: Pick<Buyer, 'currency'>,
  offers: readonly PricedOffer[],
  currency = currencyFor(buyer.currency, offers),
): PriceList {
  return { offers: offersIn(offers, currency), currency, today: dayOf(deps.now()) }
}

/** Reckons items with what was read for them. Refuses `no-balance` where there is none to top up, and what `reckonQuote` refuses. */
export function reckon(
  deps: Deps,
  items: readonly QuoteItem[],
  [buyer, licenses, offers]: readonly [Buyer, readonly Quotable[], readonly PricedOffer[]],
) {
  const isTopUp = items.some((item) => 'topUp' in item)
  if (isTopUp && buyer.balanceCurrency === null) refuse({ code: 'no-balance' })
  const list = priceListFor(deps, buyer, offers, (isTopUp && buyer.balanceCurrency) || undefined)
  return { ...reckonQuote(items, licenses, list), currency: list.currency }
}

/** What a quote is asked for, what it takes the place of, and what else stands in its batch. */
type Wanted = {
  readonly items: readonly QuoteItem[]
  readonly replaces?: Id<'quote'>
  readonly alongside?: (accountId: Id<'account'>, now: Date) => readonly Write[]
}

/** What was read for a quote. */
type ReadFor = {
  readonly actor: Actor
  readonly rows: readonly [readonly Buyer[], readonly Quotable[], readonly PricedOffer[]]
}

/**
 * Keeps a quote for the asking account: reckoned today, payable for a week as it says (R301). Refuses what `reckon`
 * refuses, and `idempotency-key-reused`.
 */
export async function makeQuote(
  deps: Deps,
  asking: Asking,
  wanted: Wanted,
  once: Once | null,
): Promise<Answer<MadeQuote>> {
  const { actor, rows } = await readAs(deps, asking, (reach) => [
    ...readsToReckon(reach, wanted.items),
    earlier(asking, once),
  ])
  const [buyers, licenses, offers, answered] = rows
  const replay = replayOf<MadeQuote>(once, answered)
  return replay ?? keepQuote(deps, asking, { actor, rows: [buyers, licenses, offers] }, wanted, once)
}

/** Reckons what was read and keeps the quote. */
export async function keepQuote(
  deps: Deps,
  asking: Asking,
  { actor, rows: [[buyer], licenses, offers] }: ReadFor,
  { items, replaces, alongside }: Wanted,
  once: Once | null,
): Promise<Answer<MadeQuote>> {
  if (!buyer) return refuse({ code: 'not-found' })
  const reckoned = reckon(deps, items, [buyer, licenses, offers])
  const { currency, totalMinor, lines, prices } = reckoned
  const now = deps.now()
  const id = deps.newId('quote')
  const validUntil = endOf(reckoned, now)
  const by = byActor(actor, asking)
  const { accountId } = buyer
  const writes = [
    expect('signed-out', stillStands(asking.credential.id)),
    insertQuote({
      ...{ id, accountId, currency, totalMinor, quotedOn: dayOf(now), validUntil, items, prices },
      ...{ licenses: reckoned.licenses, madeByKind: by.kind, madeById: by.id, madeByName: by.name },
      ...{ replacesId: replaces ?? null, createdAt: now },
    }),
    insertQuoteLines(id, lines),
    ...(alongside?.(accountId, now) ?? []),
    record(deps, by, {
      action: 'quote.created',
      accountId,
      subject: { kind: 'quote', id, name: id },
      after: {
        total: formatMoney({ minor: totalMinor, currency }),
        lines: lines.length,
        validUntil: dayOf(validUntil),
      },
    }),
  ]
  const response = { id, currency, totalMinor, validUntil: validUntil.toISOString(), lines }
  return commitOnce(deps, asking, once, writes, { status: 201, response })
}

/** A week, or until the last day is over on which the days in it are right. */
function endOf({ lastDay }: Reckoned, now: Date): Date {
  const week = new Date(now.getTime() + daysOfQuote * 86_400_000)
  const over = lastDay === null ? week : startOf(addDays(lastDay, 1))
  return over < week ? over : week
}

const startOf = (day: Day): Date => new Date(`${day}T00:00:00.000Z`)
