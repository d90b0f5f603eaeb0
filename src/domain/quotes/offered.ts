import { type CatalogOffer, offerAs } from '../catalog/catalog-offer.ts'
import { refuse } from '../refusal.ts'
import type { PriceBasis } from './quote.ts'

/** From this quantity on, a unit costs this much. */
export type Tier = { readonly minQuantity: number; readonly unitMinor: number }

/** An offer with its prices in the currency of a quote. */
export type Offered = CatalogOffer & { readonly tiers: readonly Tier[] }

/** The license of an edition in a size, or a year of its support. */
export type Terms = { readonly product: string; readonly edition: string; readonly size: number | null }

/** What a quantity of an offer costs: the whole, the price of one, and how many priced units that are. */
export type Worth = {
  readonly offer: Offered
  readonly units: number
  readonly unitMinor: number
  readonly minor: number
}

/** The unit price at a quantity: the tier with the greatest `minQuantity` not above it. Refuses `not-sold-for-money`. */
export function unitMinorAt(offer: Offered, quantity: number): number {
  const tier = offer.tiers.filter((one) => one.minQuantity <= quantity).sort((a, b) => b.minQuantity - a.minQuantity)[0]
  return tier ? tier.unitMinor : refuse({ code: 'not-sold-for-money' })
}

/** What terms cost in full, by the tier of their own size. Refuses `not-sold-for-money` where nobody asks a price for them. */
export function worthOf(offers: readonly Offered[], kind: 'license' | 'support', terms: Terms): Worth {
  const offer = offerAs(offers, { kind, ...terms }) as Offered | undefined
  if (!offer) return refuse({ code: 'not-sold-for-money' })
  const units = offer.perUnit ? (terms.size ?? 1) : 1
  const unitMinor = unitMinorAt(offer, units)
  return { offer, units, unitMinor, minor: units * unitMinor }
}

/** The same for what is to be bought. Refuses `offer-withdrawn` too. */
export function worthToBuy(...[offers, kind, terms]: Parameters<typeof worthOf>): Worth {
  const worth = worthOf(offers, kind, terms)
  return worth.offer.sold ? worth : refuse({ code: 'offer-withdrawn' })
}

/** What a quote keeps of a price. What is no longer sold has none that could change. */
export const basisOf = ({ offer, units, unitMinor }: Worth): PriceBasis[] =>
  offer.sold ? [{ offerCode: offer.code, quantity: units, unitMinor }] : []
