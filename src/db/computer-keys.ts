import { and, eq, isNull, or, type SQL, sql } from 'drizzle-orm'
import { normalOf } from '#src/domain/activation-keys/code.ts'
import { build, compile } from './query.ts'
import { accountInReach, type Reach, within } from './reach.ts'
import { accounts } from './schema/accounts.ts'
import { products } from './schema/catalog.ts'
import { activationKeys } from './schema/licenses.ts'

const owned: SQL = sql`${activationKeys.accountId} = (select ${accounts.id} from ${accounts} where ${accounts.n} = ${accountInReach})`

const keyColumns = {
  id: activationKeys.id,
  name: activationKeys.name,
  code: activationKeys.code,
  productCode: activationKeys.productCode,
  productName: products.name,
  computerLimit: activationKeys.computerLimit,
  activeComputers: activationKeys.activeComputers,
}

const takers = compile(
  build
    .select(keyColumns)
    .from(activationKeys)
    .leftJoin(products, eq(products.code, activationKeys.productCode))
    .where(
      and(
        owned,
        isNull(activationKeys.removedAt),
        sql`coalesce(${activationKeys.expiresOn}, '9999-12-31') >= ${sql.placeholder('today')}`,
      ),
    )
    .limit(100),
)

/** Keys of the account itself that take computers, to choose from. */
export const listKeysToMoveTo = (reach: Reach, today: string) => takers({ ...within(reach), today })

const named = compile(
  build
    .select(keyColumns)
    .from(activationKeys)
    .leftJoin(products, eq(products.code, activationKeys.productCode))
    .where(
      and(
        owned,
        isNull(activationKeys.removedAt),
        or(eq(activationKeys.id, sql.placeholder('id')), eq(activationKeys.codeNormal, sql.placeholder('code'))),
      ),
    ),
)

/** One of the account's own keys, by its id or its code in any writing. */
export const findKeyToMoveTo = (reach: Reach, typed: string) =>
  named({ ...within(reach), id: typed, code: normalOf(typed) || '\u0001' })
