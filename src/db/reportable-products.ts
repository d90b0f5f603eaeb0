import { asc, sql } from 'drizzle-orm'
import { ownAccount } from './own-account.ts'
import { build, compile } from './query.ts'
import { accountInReach, type Reach, within } from './reach.ts'
import { accountProducts, products } from './schema/catalog.ts'
import { computerReach } from './schema/computers.ts'
import { licenseReach } from './schema/licenses.ts'

const reportable = compile(
  build
    .select({ code: products.code, name: products.name })
    .from(products)
    .where(
      sql`exists (select 1 from ${licenseReach}
        where ${licenseReach.accountN} = ${accountInReach} and ${licenseReach.productCode} = ${products}.code)
        or exists (select 1 from ${computerReach}
          where ${computerReach.accountN} = ${accountInReach} and ${computerReach.productCode} = ${products}.code)
        or exists (select 1 from ${accountProducts}
          where ${accountProducts.accountId} = ${ownAccount} and ${accountProducts.productCode} = ${products}.code)`,
    )
    .orderBy(asc(products.position)),
)

/** The products of which a report could tell: there are licenses or computers in reach, or the account was given them. */
export const listReportableProducts = (reach: Reach) => reportable(within(reach))
