import { type CatalogOffer, creditsOf, offerAs } from '../catalog/catalog-offer.ts'
import type { Exchange } from '../credits/exchange.ts'
import type { Day } from '../day.ts'
import type { LicenseKind } from '../licenses/license.ts'
import { type Refusal, refuse } from '../refusal.ts'

/** What of a license decides its support. */
export type Supportable = {
  readonly productCode: string
  readonly editionCode: string
  readonly size: number | null
  readonly kind: LicenseKind
  readonly orderReference: string | null
  readonly supportEndsOn: Day | null
  /** Whether its owner was given the product. */
  readonly given: boolean
}

/** Why a license gets no support with credits, or `null`: shop licenses pay with money, trials and subscriptions have none. */
export function whyNotSupported({
  kind,
  orderReference,
  given,
}: Pick<Supportable, 'kind' | 'orderReference' | 'given'>): Refusal | null {
  if (orderReference !== null) return { code: 'license-bought' }
  if (kind !== 'permanent') return { code: 'offer-withdrawn' }
  return given ? null : { code: 'product-not-given' }
}

/**
 * The credits that years of support of a license cost: one of its support offer for each year, by the unit as many as
 * there are units. Refuses `license-bought`, `product-not-given`, `offer-withdrawn`.
 */
export function supportCost(license: Supportable, years: number, offers: readonly CatalogOffer[]): Exchange {
  const why = whyNotSupported(license)
  if (why) return refuse(why)
  const { productCode: product, editionCode: edition, size } = license
  const offer = offerAs(offers, { kind: 'support', product, edition, size })
  if (!offer?.sold) return refuse({ code: 'offer-withdrawn' })
  return { offerCode: offer.code, spent: years * creditsOf(offer, size), returned: 0 }
}
