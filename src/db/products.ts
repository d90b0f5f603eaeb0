import { asc, sql } from 'drizzle-orm'
import { build, compile } from './query.ts'
import { accountInReach, type Reach, within } from './reach.ts'
import { products } from './schema/catalog.ts'
import { licenseReach } from './schema/licenses.ts'

const owned = compile(
  build
    .select({ code: products.code, name: products.name })
    .from(products)
    .where(
      sql`exists (select 1 from ${licenseReach}
        where ${licenseReach.accountN} = ${accountInReach} and ${licenseReach.productCode} = ${products}.code)`,
    )
    .orderBy(asc(products.position)),
)

/** The products of which there are licenses in reach, in the catalog's order. */
export const listOwnedProducts = (reach: Reach) => owned(within(reach))
