import type { Tier } from '../quotes/offered.ts'
import { type CatalogOffer, offerAs } from './catalog-offer.ts'

/** What a price pays for. */
export type Per = 'once' | 'month' | 'year'

/** An offer as the catalog shows it, with its prices in one currency. */
export type ListedOffer = CatalogOffer & { readonly per: Per | null; readonly tiers: readonly Tier[] }

/** A license that is sold, in a size or by the unit, with what a year of its support costs where that is sold apart. */
export type CatalogLine = { readonly offer: ListedOffer; readonly support: ListedOffer | null }

export type CatalogProduct = {
  readonly code: string
  readonly name: string
  readonly unit: CatalogOffer['unit']
  readonly lines: readonly CatalogLine[]
}

/** Products with their licenses for sale, in the order of the offers. What has no price in the currency is left out. */
export function catalogOf(offers: readonly ListedOffer[]): CatalogProduct[] {
  const priced = offers.filter(({ tiers }) => tiers.length > 0)
  const byProduct = Map.groupBy(
    priced.filter(({ kind }) => kind === 'license'),
    ({ productCode }) => productCode,
  )
  return [...byProduct].map(([code, licenses]) => ({
    code,
    name: licenses[0]?.productName ?? code,
    unit: licenses[0]?.unit ?? 'user',
    lines: licenses.map((offer) => ({ offer, support: supportOf(priced, offer) })),
  }))
}

function supportOf(offers: readonly ListedOffer[], { productCode, editionCode, size, perUnit }: ListedOffer) {
  const terms = { kind: 'support' as const, product: productCode, edition: editionCode, size: perUnit ? 1 : size }
  return (offerAs(offers, terms) as ListedOffer | undefined) ?? null
}
