import { eq, type SQL, sql } from 'drizzle-orm'
import { ofEdition, offerColumns, ofProduct } from './offer-columns.ts'
import { build, compile } from './query.ts'
import { editions, offers, products, shopItems } from './schema/catalog.ts'

const offer = { offerCode: offers.code, ...offerColumns }

const among = (list: string): SQL => sql`(select value from json_each(${sql.placeholder(list)}))`

const itemsByPath = compile(
  build
    .select({ path: shopItems.path, quantityIs: shopItems.quantityIs, supportYears: shopItems.supportYears, ...offer })
    .from(shopItems)
    .innerJoin(offers, eq(offers.code, shopItems.offerCode))
    .innerJoin(products, ofProduct)
    .innerJoin(editions, ofEdition)
    .where(sql`${shopItems.path} in ${among('paths')}`),
)

/** What the catalog knows of the shop's product paths; withdrawn offers too, since they were paid. */
export const listShopItems = (paths: readonly string[]) => itemsByPath({ paths: JSON.stringify(paths) })

const offersBySku = compile(
  build
    .select({ sku: offers.sku, ...offer })
    .from(offers)
    .innerJoin(products, ofProduct)
    .innerJoin(editions, ofEdition)
    .where(sql`${offers.sku} in ${among('skus')}`),
)

/** The offers that have one of the SKUs. */
export const listOffersBySku = (skus: readonly string[]) => offersBySku({ skus: JSON.stringify(skus) })
