import { sizeInWords, sizeOf } from '../catalog/offer.ts'
import { formatMoney } from '../money.ts'
import { refuse } from '../refusal.ts'
import { mostChannels } from '../subscriptions/subscription.ts'
import type { QuoteChange } from './change.ts'
import type { OfferItem } from './item.ts'
import { basisOf, type Offered, unitMinorAt, worthToBuy } from './offered.ts'
import { inFull, type Priced, wrong } from './priced.ts'
import type { PriceList } from './quotable.ts'

/** How many licenses one line buys, and how many units one license has. */
export const mostLicenses = 500
export const mostUnits = 100_000

/**
 * What something new costs (R35): licenses of a size, one license by the unit with its first year, a subscription by the
 * channel for a year. The tier is that of the quantity. Refuses `invalid-request`, `offer-withdrawn`, `not-sold-for-money`.
 */
export function linesOfOffer(item: OfferItem, list: PriceList): Priced {
  const offer = list.offers.find((one) => one.code === item.offer)
  if (!offer) return wrong('offer', 'Nothing is sold under this code')
  if (!offer.sold) return refuse({ code: 'offer-withdrawn' })
  if (offer.kind === 'support') wrong('offer', 'Support is bought for a license: name the license and supportYears')
  if (offer.unit === 'server') wrong('offer', 'Servers are paid from the balance: ask us for more licenses')
  const most = offer.unit === 'channel' ? mostChannels : offer.perUnit ? mostUnits : mostLicenses
  if (item.quantity > most) wrong('quantity', `Write at most ${most}`)
  const unitMinor = unitMinorAt(offer, item.quantity)
  const support = supportWith(offer, item, list)
  const price = { offerCode: offer.code, quantity: item.quantity, unitMinor }
  const line = inFull({
    ...{ text: textOf(offer, item), reckoning: reckoningOf(offer, item, unitMinor, support, list) },
    ...{ change: changeOf(offer, item, support.years), quantity: item.quantity, offerCode: offer.code },
    ...{ startsOn: null, endsOn: null, listMinor: item.quantity * unitMinor + support.minor },
  })
  return { lines: [line], prices: [price, ...support.prices], lastDay: null }
}

/** The first year of what is paid by the year comes with it; every other year is paid for. */
function supportWith(offer: Offered, { quantity, supportYears = 0 }: OfferItem, { offers }: PriceList) {
  const included = offer.perUnit && offer.unit !== 'channel' ? 1 : 0
  const years = Math.max(included, supportYears)
  if (years === included) return { years, paid: 0, minor: 0, each: 0, prices: [] }
  if (offer.unit === 'channel') return wrong('supportYears', 'Support is part of a subscription')
  const size = offer.perUnit ? quantity : offer.size
  const worth = worthToBuy(offers, 'support', { product: offer.productCode, edition: offer.editionCode, size })
  const each = offer.perUnit ? worth.minor : quantity * worth.minor
  return { years, paid: years - included, each, minor: (years - included) * each, prices: basisOf(worth) }
}

const textOf = ({ productName, editionName, perUnit, unit, size }: Offered, { quantity }: OfferItem): string =>
  perUnit
    ? `${productName} ${editionName}, ${sizeInWords(quantity, unit)}`
    : `${productName} ${editionName}, ${sizeInWords(sizeOf(size), unit)}${quantity === 1 ? '' : `, ${quantity} licenses`}`

function reckoningOf(
  { perUnit, unit }: Offered,
  { quantity }: OfferItem,
  unitMinor: number,
  support: ReturnType<typeof supportWith>,
  { currency }: PriceList,
): string {
  const money = (minor: number) => formatMoney({ minor, currency })
  const what = perUnit
    ? `${sizeInWords(quantity, unit)} × ${money(unitMinor)} for the first year`
    : `${quantity} × ${money(unitMinor)}`
  return support.paid === 0
    ? what
    : `${what} + ${support.paid} × ${money(support.each)} for ${perUnit ? 'further years' : 'years of support'}`
}

function changeOf(
  { productCode: product, editionCode: edition, perUnit, unit, size }: Offered,
  { quantity }: OfferItem,
  supportYears: number,
): QuoteChange {
  if (unit === 'channel') return { kind: 'subscription-new', product, edition, channels: quantity, term: 'year' }
  const of = { kind: 'license-new' as const, product, edition, supportYears }
  return perUnit ? { ...of, licenses: 1, size: quantity } : { ...of, licenses: quantity, size }
}
