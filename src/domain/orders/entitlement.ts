import type { OfferKind } from '../catalog/offer.ts'

/** More licenses than this in one order, or a larger size, is a slip of somebody's: the vendor looks at it first. */
export const mostLicenses = 1000
const largestSize = 100_000

/** What the catalog says of an item of the shop. */
export type CatalogItem = {
  readonly offerCode: string
  readonly kind: OfferKind
  readonly size: number | null
  readonly perUnit: boolean
  readonly quantityIs: 'licenses' | 'size'
  readonly supportYears: number
}

/** What an item brings its buyer, or a note for the vendor, who has to see to it. */
export type Entitlement =
  | { readonly known: true; readonly licenses: number; readonly size: number | null }
  | { readonly known: false; readonly note: string }

const forVendor = (note: string): Entitlement => ({ known: false, note })

/** What so many of a catalog item bring; `room` is how many licenses the order may still hold. */
export function entitlementOf(quantity: number, item: CatalogItem | null, room: number): Entitlement {
  if (!item) return forVendor('The catalog does not know this item')
  if (item.kind === 'support') return forVendor('Support alone: no license to attach it to')
  if (quantity === 0) return { known: true, licenses: 0, size: item.size }
  if (item.quantityIs === 'size') {
    if (quantity > largestSize) return forVendor(`A size above ${largestSize}`)
    return room < 1 ? tooMany : { known: true, licenses: 1, size: quantity }
  }
  return quantity > room
    ? tooMany
    : { known: true, licenses: quantity, size: item.perUnit ? (item.size ?? 1) : item.size }
}

const tooMany = forVendor(`More than ${mostLicenses} licenses in one order`)
