import { asc, eq, sql } from 'drizzle-orm'
import type { Tier } from '#src/domain/quotes/offered.ts'
import { isSold, ofEdition, offerColumns, ofProduct } from './offer-columns.ts'
import { build, compile } from './query.ts'
import { editions, families, offers, products } from './schema/catalog.ts'

const tiersByCurrency = sql<string>`(select json_group_array(json_array(p.currency, p.min_quantity, p.unit_minor))
  from prices as p where p.offer_code = ${offers.code})`

const columns = {
  code: offers.code,
  ...offerColumns,
  rank: editions.rank,
  sold: isSold.mapWith(Boolean),
  prices: tiersByCurrency.mapWith(pricesFrom),
}

const inOrder = [
  asc(products.position),
  asc(editions.rank),
  sql`${offers.size} is null`,
  asc(offers.size),
  asc(offers.kind),
] as const

/** Offers with their prices in every currency, in the catalog's order; whoever builds on it says which. */
export const pricedOffers = () =>
  build
    .select(columns)
    .from(offers)
    .innerJoin(products, ofProduct)
    .innerJoin(editions, ofEdition)
    .orderBy(...inOrder)

/** An offer with its prices in every currency. */
export type PricedOffer = ReturnType<typeof pricedOffers>['_']['result'][number]

const catalog = compile(
  build
    .select({
      ...columns,
      sku: offers.sku,
      familyCode: products.familyCode,
      familyName: families.name,
      per: sql<
        'once' | 'month' | 'year' | null
      >`(select min(p.per) from prices as p where p.offer_code = ${offers.code})`,
    })
    .from(offers)
    .innerJoin(products, ofProduct)
    .innerJoin(families, eq(families.code, products.familyCode))
    .innerJoin(editions, ofEdition)
    .where(isSold)
    .orderBy(asc(families.position), ...inOrder),
)

/** All that is sold, in the catalog's order: a catalog is short. */
export const listCatalog = () => catalog()

export type CatalogRow = ReturnType<ReturnType<typeof listCatalog>['rows']>[number]

function pricesFrom(text: string): readonly (Tier & { readonly currency: string })[] {
  const rows = JSON.parse(text) as [string, number, number][]
  return rows.map(([currency, minQuantity, unitMinor]) => ({ currency, minQuantity, unitMinor }))
}
