import { type OfferKind, sizeInWords, sizeOf, type Unit } from './offer.ts'

/** An offer as the acts on licenses need it. `size` null is unlimited, or any by the unit. */
export type CatalogOffer = {
  readonly code: string
  readonly kind: OfferKind
  readonly productCode: string
  readonly productName: string
  readonly unit: Unit
  readonly editionCode: string
  readonly editionName: string
  /** Higher editions hold more. */
  readonly rank: number
  readonly size: number | null
  readonly perUnit: boolean
  /** Neither it nor its product was withdrawn. */
  readonly sold: boolean
}

type Wanted = {
  readonly kind: OfferKind
  readonly product: string
  readonly edition: string
  readonly size: number | null
}

/** The offer of an edition in a size, of the license or of a year of its support. */
export const offerAs = (offers: readonly CatalogOffer[], { kind, product, edition, size }: Wanted) =>
  offers.find(
    (one) =>
      one.kind === kind &&
      one.productCode === product &&
      one.editionCode === edition &&
      (one.perUnit ? size !== null : one.size === size),
  )

/** How many credits one license, or one year of its support, costs: by the unit as many as there are units. */
export const creditsOf = ({ perUnit }: CatalogOffer, size: number | null): number => (perUnit ? (size ?? 1) : 1)

/** `Pro, 10 users`, `Standard, by the channel`: an offer among those of its product. */
export const offerDetail = ({ editionName, size, unit, perUnit }: CatalogOffer): string =>
  `${editionName}, ${perUnit ? `by the ${unit}` : sizeInWords(sizeOf(size), unit)}`

/** `Remote Access Pro, 10 users`, `a year of support for …`: an offer as people read it; its code where nobody knows it. */
export function offerWords(offers: readonly CatalogOffer[], code: string): string {
  const offer = offers.find((one) => one.code === code)
  if (!offer) return code
  const what = `${offer.productName} ${offerDetail(offer)}`
  return offer.kind === 'support' ? `Year of support, ${what}` : what
}
