import { type Size, sizeInWords } from '#src/domain/catalog/offer.ts'
import { editionRows, productRows } from './catalog.ts'
import { offerRows, priceRows, shopItemRows } from './offers.ts'

/** What an item of the shop stands for. */
export type Sold = {
  readonly offerCode: string
  readonly sku: string | null
  readonly product: string
  readonly edition: string
  readonly size: Size
  /** One of it for each license, or for each unit of one license. */
  readonly quantityIs: 'licenses' | 'size'
  readonly supportYears: number
  readonly display: string
  unitMinor(currency: string): number
}

/** An item of the shop by its path; the world sells nothing that the catalog does not know. */
export function soldAs(path: string): Sold {
  const item = shopItemRows.find((row) => row.path === path)
  const offer = offerRows.find(({ code }) => code === item?.offerCode)
  if (!item || !offer) throw new Error(`The shop does not sell ${path}`)
  const { code: offerCode, sku = null, productCode: product, editionCode: edition } = offer
  const supportYears = item.supportYears ?? 0
  return {
    ...{ offerCode, sku, product, edition, size: offer.size ?? 'unlimited', supportYears },
    quantityIs: item.quantityIs ?? 'licenses',
    display: displayOf(offer) + (supportYears > 0 ? ', with a year of support' : ''),
    unitMinor: (currency) => {
      const price = priceRows.find((row) => row.offerCode === offerCode && row.currency === currency)
      if (!price) throw new Error(`The shop does not sell ${path} in ${currency}`)
      return price.unitMinor
    },
  }
}

function displayOf({ productCode, editionCode, size, perUnit }: (typeof offerRows)[number]): string {
  const product = productRows.find(({ code }) => code === productCode)
  if (perUnit) return `${product?.name}, ${product?.unit} for a year`
  const edition = editionRows.find((row) => row.productCode === productCode && row.code === editionCode)
  const name = `${product?.name} ${edition?.name} edition`
  return product?.code === 'advanced-security' ? name : `${name}, ${sizeInWords(size ?? 'unlimited', 'user')}`
}
