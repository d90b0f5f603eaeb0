import type { CatalogRow } from '#src/db/priced-offers.ts'
import { sizeOf } from '#src/domain/catalog/offer.ts'
import type { Tier } from '#src/domain/quotes/offered.ts'

/** An offer as the API shows it: its unit prices from which quantity on, in the currency of whoever asks. */
export const offerShape = (offer: Omit<CatalogRow, 'prices'> & { tiers: readonly Tier[] }, currency: string) => ({
  code: offer.code,
  kind: offer.kind,
  product: offer.productCode,
  productName: offer.productName,
  family: offer.familyCode,
  edition: offer.editionCode,
  editionName: offer.editionName,
  unit: offer.unit,
  size: offer.perUnit ? null : sizeOf(offer.size),
  perUnit: offer.perUnit,
  sku: offer.sku,
  per: offer.per,
  tiers: offer.tiers.map(({ minQuantity, unitMinor }) => ({
    from: minQuantity,
    price: { minor: unitMinor, currency },
  })),
})
