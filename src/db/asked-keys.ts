import { and, eq, sql } from 'drizzle-orm'
import { isSuspended } from './actors.ts'
import { keyOfCode } from './machines.ts'
import { build, compile } from './query.ts'
import { accounts } from './schema/accounts.ts'
import { accountProducts, products } from './schema/catalog.ts'
import { activationKeys } from './schema/licenses.ts'

/** The product that is asked for; without one the key's own, where it is for one alone. */
const productAsked = sql`coalesce(${sql.placeholder('product')}, ${activationKeys.productCode})`

const asked = compile(
  build
    .select({
      id: activationKeys.id,
      accountId: activationKeys.accountId,
      name: activationKeys.name,
      productCode: activationKeys.productCode,
      computerLimit: activationKeys.computerLimit,
      activeComputers: activationKeys.activeComputers,
      allowedRanges: activationKeys.allowedRanges,
      expiresOn: activationKeys.expiresOn,
      removedAt: activationKeys.removedAt,
      /** Until when a code that was rotated out is good; null for the code of today. */
      goodUntil: sql<
        number | null
      >`(select valid_until from former_codes where code_normal = ${sql.placeholder('code')})`,
      suspended: isSuspended,
      product: {
        code: products.code,
        name: products.name,
        unit: products.unit,
        graceDays: products.graceDays,
        checkInHours: products.checkInHours,
        checkInGraceDays: products.checkInGraceDays,
      },
      given: accountProducts.given,
      serverLicenses: accountProducts.serverLicenses,
      activeOfProduct: accountProducts.activeComputers,
    })
    .from(activationKeys)
    .innerJoin(accounts, eq(accounts.id, activationKeys.accountId))
    .leftJoin(products, sql`${products.code} = ${productAsked}`)
    .leftJoin(
      accountProducts,
      and(eq(accountProducts.accountId, activationKeys.accountId), eq(accountProducts.productCode, products.code)),
    )
    .where(sql`${activationKeys.id} = ${keyOfCode}`),
)

/** The key that a code names, removed ones too, with the product that is asked for and what the account owns of it. */
export const findAskedKey = (code: string, product: string | null) => asked({ code, product })
export type AskedKey = ReturnType<ReturnType<typeof findAskedKey>['rows']>[number]
