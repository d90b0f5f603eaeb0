import { and, eq, sql } from 'drizzle-orm'
import { editions, offers, products } from './schema/catalog.ts'

/** What an offer is of, in words and codes; its product and edition are joined by `ofProduct` and `ofEdition`. */
export const offerColumns = {
  kind: offers.kind,
  productCode: offers.productCode,
  productName: products.name,
  unit: products.unit,
  editionCode: offers.editionCode,
  editionName: editions.name,
  size: offers.size,
  perUnit: offers.perUnit,
}

export const ofProduct = eq(products.code, offers.productCode)
export const ofEdition = and(eq(editions.productCode, offers.productCode), eq(editions.code, offers.editionCode))

/** Whether an offer can be bought: it and its product are not withdrawn. */
export const isSold = sql<boolean>`${offers.withdrawnAt} is null and ${products.withdrawnAt} is null`
