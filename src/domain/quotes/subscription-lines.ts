import { addDays, type Day } from '../day.ts'
import { formatMoney } from '../money.ts'
import { refuse } from '../refusal.ts'
import { lastDayOfTerms, mostChannels, nextTermEnd } from '../subscriptions/subscription.ts'
import type { LicenseItem } from './item.ts'
import { basisOf, type Terms, worthToBuy } from './offered.ts'
import { inFull, type Priced, together, wrong } from './priced.ts'
import type { PriceList, Quotable } from './quotable.ts'
import { amountFor, leftUntil, wordsOf } from './span.ts'

type Subscription = NonNullable<Quotable['subscription']>

/** More channels for the days that are left of a subscription, or further terms of it (R129–R134). */
export function linesOfSubscription(license: Quotable, item: LicenseItem, list: PriceList): Priced {
  const { subscription } = license
  if (!subscription) return refuse({ code: 'not-found' })
  if (subscription.ofShop) refuse({ code: 'subscription-of-shop' })
  if (!subscription.canceled) refuse({ code: 'not-sold-for-money' })
  if (item.supportYears !== undefined) wrong('supportYears', 'Support is part of a subscription')
  if (item.supportUntil !== undefined) wrong('supportUntil', 'Support is part of a subscription')
  if (item.edition !== undefined && item.edition !== license.editionCode)
    wrong('edition', 'A subscription keeps its edition')
  const had = license.size ?? 0
  const channels =
    item.size === undefined ? had : item.size === 'unlimited' ? wrong('size', 'Write a whole number') : item.size
  if (channels < had) wrong('size', `It has ${had} channels already: choose more`)
  if (channels > mostChannels) wrong('size', `Write at most ${mostChannels}`)
  if (channels === had && !item.terms) wrong('size', 'It has that already: choose more channels, or further terms')
  const terms = { product: license.productCode, edition: license.editionCode, size: channels }
  const more = channels > had ? [moreChannels(license, subscription, terms, list)] : []
  return together([...more, ...(item.terms ? [furtherTerms(license, subscription, terms, item.terms, list)] : [])])
}

function moreChannels(license: Quotable, { endsOn }: Subscription, terms: Terms, list: PriceList): Priced {
  if (endsOn < list.today) wrong('size', 'It has ended: pay a further term first')
  const worth = worthToBuy(list.offers, 'license', terms)
  const from = license.size ?? 0
  const to = worth.units
  const span = leftUntil(endsOn, list.today)
  const price = formatMoney({ minor: worth.unitMinor, currency: list.currency })
  const listMinor = amountFor(worth.minor, span)
  const dueMinor = amountFor((to - from) * worth.unitMinor, span)
  const line = {
    text: `${worth.offer.productName}, ${to} channels instead of ${from} (${license.serial})`,
    reckoning: `${to - from} more × ${price} a year × ${wordsOf(span)} left`,
    change: { kind: 'channels' as const, license: license.id, from, to },
    ...{ quantity: to - from, offerCode: worth.offer.code, startsOn: list.today, endsOn },
    ...{ listMinor, creditMinor: listMinor - dueMinor, dueMinor },
  }
  return { lines: [line], prices: basisOf(worth), lastDay: endsOn }
}

function furtherTerms(
  license: Quotable,
  subscription: Subscription,
  wanted: Terms,
  terms: number,
  list: PriceList,
): Priced {
  const worth = worthToBuy(list.offers, 'license', wanted)
  const { term } = subscription
  const isOver = subscription.endsOn < list.today
  const startsOn = isOver ? list.today : addDays(subscription.endsOn, 1)
  const endsOn = isOver ? lastDayOfTerms(startsOn, term, terms) : endAfter(subscription, terms)
  const months = (term === 'year' ? 12 : 1) * terms
  const price = formatMoney({ minor: worth.unitMinor, currency: list.currency })
  const line = inFull({
    text: `${worth.offer.productName}, ${worth.units} channels from ${startsOn} to ${endsOn} (${license.serial})`,
    reckoning: `${worth.units} × ${price} a year × ${months} of 12 months`,
    change: { kind: 'subscription-term', license: license.id, startsOn, endsOn },
    ...{ quantity: terms, offerCode: worth.offer.code, startsOn, endsOn },
    listMinor: amountFor(worth.minor, { days: months, of: 12 }),
  })
  return { lines: [line], prices: basisOf(worth), lastDay: isOver ? null : subscription.endsOn }
}

function endAfter({ startsOn, term, endsOn }: Subscription, terms: number): Day {
  let end = endsOn
  for (let i = 0; i < terms; i++) end = nextTermEnd(startsOn, term, end)
  return end
}
