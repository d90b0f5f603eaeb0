import { and, asc, desc, eq, type SQL, sql } from 'drizzle-orm'
import { build, compile } from './query.ts'
import { accountInReach, type Reach, within } from './reach.ts'
import { accountReach, accounts } from './schema/accounts.ts'
import { accountProducts, products } from './schema/catalog.ts'
import { activationKeys, formerCodes } from './schema/licenses.ts'

const ownAccount: SQL = sql`(select ${accounts.id} from ${accounts} where ${accounts.n} = ${accountInReach})`

const product = {
  code: products.code,
  name: products.name,
  unit: products.unit,
  withdrawnAt: products.withdrawnAt,
  serverLicenses: accountProducts.serverLicenses,
  activeServers: accountProducts.activeComputers,
}
const given = and(eq(accountProducts.accountId, sql`${ownAccount}`), eq(accountProducts.given, true))

const keyed = compile(
  build
    .select(product)
    .from(accountProducts)
    .innerJoin(products, eq(products.code, accountProducts.productCode))
    .where(given)
    .orderBy(asc(products.position)),
)

/** The products that the account was given, to make keys for one of them. */
export const listKeyProducts = (reach: Reach) => keyed(within(reach))

const one = compile(
  build
    .select({
      ...product,
      given: accountProducts.given,
      defaultKeyId: activationKeys.id,
      defaultCode: activationKeys.code,
    })
    .from(products)
    .leftJoin(
      accountProducts,
      and(eq(accountProducts.accountId, sql`${ownAccount}`), eq(accountProducts.productCode, products.code)),
    )
    .leftJoin(
      activationKeys,
      and(
        eq(activationKeys.accountId, sql`${ownAccount}`),
        eq(activationKeys.productCode, products.code),
        sql`${activationKeys.isDefault} = 1 and ${activationKeys.removedAt} is null`,
      ),
    )
    .where(eq(products.code, sql.placeholder('product'))),
)

/** A product with what the account owns and uses of it, and its default key there. */
export const findKeyProduct = (reach: Reach, product: string) => one({ ...within(reach), product })
export type KeyProduct = ReturnType<ReturnType<typeof findKeyProduct>['rows']>[number]

const former = compile(
  build
    .select({ code: formerCodes.code, rotatedAt: formerCodes.rotatedAt, validUntil: formerCodes.validUntil })
    .from(formerCodes)
    .innerJoin(activationKeys, eq(activationKeys.id, formerCodes.keyId))
    .innerJoin(accounts, eq(accounts.id, activationKeys.accountId))
    .where(
      and(
        eq(formerCodes.keyId, sql.placeholder('key')),
        sql`exists (select 1 from ${accountReach} where ${accountReach.ancestorN} = ${accountInReach} and ${accountReach.descendantN} = ${accounts.n})`,
      ),
    )
    .orderBy(desc(formerCodes.rotatedAt))
    .limit(20),
)

/** The codes that a key had, the last first, at most twenty. */
export const listFormerCodes = (reach: Reach, key: string) => former({ ...within(reach), key })
