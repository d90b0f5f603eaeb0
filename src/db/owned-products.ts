import { and, asc, eq, type SQL, sql } from 'drizzle-orm'
import type { Day } from '#src/domain/day.ts'
import { type OwnedProduct, productCap } from '#src/domain/products/product.ts'
import { build, compile } from './query.ts'
import { accountInReach, type Reach, within } from './reach.ts'
import { accounts } from './schema/accounts.ts'
import { accountProducts, families, products } from './schema/catalog.ts'
import { computerReach } from './schema/computers.ts'
import { activationKeys, licenseReach, noSupport } from './schema/licenses.ts'

const ownAccount: SQL = sql`(select ${accounts.id} from ${accounts} where ${accounts.n} = ${accountInReach})`
const cap = sql.raw(String(productCap + 1))

const licensesOf = (more: SQL) => sql<number>`(select count(*) from (select 1 from ${licenseReach}
  where ${licenseReach.accountN} = ${accountInReach} and ${licenseReach.productCode} = ${products}.code ${more} limit ${cap}))`
const missing = sql`and ${licenseReach.supportEndsOn} >= ${sql.raw(`'${noSupport}'`)} and ${licenseReach.supportEndsOn} < ${sql.placeholder('today')}`
const computersOf = sql`from ${computerReach}
  where ${computerReach.accountN} = ${accountInReach} and ${computerReach.productCode} = ${products}.code`

const owned = compile(
  build
    .select({
      code: products.code,
      name: products.name,
      unit: products.unit,
      family: families.code,
      familyName: families.name,
      managedBy: families.managedBy,
      serverLicenses: accountProducts.serverLicenses,
      activeServers: sql<number>`coalesce(${accountProducts.activeComputers}, 0)`,
      licenses: licensesOf(sql``),
      missingSupport: licensesOf(missing),
      servers: sql<number>`(select count(*) from (select 1 ${computersOf} limit ${cap}))`,
      defaultKey: sql<string | null>`(select json_object('id', k.id, 'code', k.code) from ${activationKeys} k
        where k.account_id = ${ownAccount} and k.product_code = ${products}.code and k.is_default = 1 and k.removed_at is null)`.mapWith(
        (json: string | null) => (json === null ? null : (JSON.parse(json) as OwnedProduct['defaultKey'])),
      ) as SQL<OwnedProduct['defaultKey']>,
    })
    .from(products)
    .innerJoin(families, eq(families.code, products.familyCode))
    .leftJoin(
      accountProducts,
      and(eq(accountProducts.accountId, sql`${ownAccount}`), eq(accountProducts.productCode, products.code)),
    )
    .where(
      sql`${accountProducts.given} = 1
        or exists (select 1 ${computersOf})
        or exists (select 1 from ${licenseReach} where ${licenseReach.accountN} = ${accountInReach} and ${licenseReach.productCode} = ${products}.code)
        or (${products.withdrawnAt} is null and exists (select 1 from ${accounts} me where me.n = ${accountInReach} and me.kind = 'vendor'))`,
    )
    .orderBy(asc(families.position), asc(products.position)),
)

/**
 * The products that the account was given or of which there is anything in reach, in the catalog's order; to the vendor
 * all that are sold. What it counts is read off indexes, up to a cap.
 */
export const listOwnedProductsWithUse = (reach: Reach, today: Day) => owned({ ...within(reach), today })
