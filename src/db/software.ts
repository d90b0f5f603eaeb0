import { and, asc, desc, eq, isNull, or, type SQL, sql } from 'drizzle-orm'
import { normalOf } from '#src/domain/activation-keys/code.ts'
import type { Id } from '#src/domain/ids.ts'
import { build, compile } from './query.ts'
import { accountInReach, type Reach, within } from './reach.ts'
import { accounts } from './schema/accounts.ts'
import { accountProducts, editions, offers, products } from './schema/catalog.ts'
import { activationKeys } from './schema/licenses.ts'

/** Whether an account was given the product of a row; the vendor may use all. */
const wasGiven = (account: SQL): SQL =>
  sql`exists (select 1 from ${accounts} me where ${account} and (me.kind = 'vendor' or exists (
    select 1 from ${accountProducts} where ${accountProducts.accountId} = me.id
      and ${accountProducts.productCode} = ${products.code} and ${accountProducts.given} = 1)))`

const software = compile(
  build
    .select({
      code: products.code,
      name: products.name,
      editionCode: editions.code,
      editionName: editions.name,
      offerCode: offers.code,
    })
    .from(products)
    .innerJoin(offers, eq(offers.productCode, products.code))
    .innerJoin(editions, and(eq(editions.productCode, products.code), eq(editions.code, offers.editionCode)))
    .where(
      and(
        eq(products.unit, 'channel'),
        isNull(products.withdrawnAt),
        eq(offers.kind, 'license'),
        eq(offers.perUnit, true),
        isNull(offers.withdrawnAt),
        wasGiven(sql`me.n = ${accountInReach}`),
      ),
    )
    .orderBy(asc(products.position), asc(editions.rank)),
)

/** The software that the account may generate subscriptions of: sold by the channel, given to it, not withdrawn (R131). */
export const listSoftware = (reach: Reach) => software(within(reach))

/** Aborts a batch unless the account may still use the product. */
export const softwareIsGiven = (accountId: Id<'account'>, product: string): SQL =>
  sql`exists (select 1 from ${products} where ${products.code} = ${product} and ${wasGiven(sql`me.id = ${accountId}`)})`

/** Aborts a batch unless the channels are still sold. */
export const channelsAreSold = (offerCode: string): SQL =>
  sql`exists (select 1 from ${offers} join ${products} on ${products.code} = ${offers.productCode}
    where ${offers.code} = ${offerCode} and ${offers.withdrawnAt} is null and ${products.withdrawnAt} is null)`

const ownKeys = and(
  sql`${activationKeys.accountId} = (select ${accounts.id} from ${accounts} where ${accounts.n} = ${accountInReach})`,
  isNull(activationKeys.removedAt),
)

const keyColumns = {
  id: activationKeys.id,
  code: activationKeys.code,
  name: activationKeys.name,
  productCode: activationKeys.productCode,
}

const newestKeys = compile(
  build
    .select(keyColumns)
    .from(activationKeys)
    .where(and(ownKeys, isNull(activationKeys.productCode)))
    .orderBy(desc(activationKeys.id))
    .limit(sql.placeholder('limit')),
)

/** The newest of one's own activation keys that are good for any product, to choose from. */
export const listNewestKeys = (reach: Reach, limit: number) => newestKeys({ ...within(reach), limit })

const keyFor = compile(
  build
    .select(keyColumns)
    .from(activationKeys)
    .where(
      and(
        ownKeys,
        or(isNull(activationKeys.productCode), eq(activationKeys.productCode, sql.placeholder('product'))),
        or(eq(activationKeys.codeNormal, sql.placeholder('code')), eq(activationKeys.id, sql.placeholder('id'))),
      ),
    ),
)

/** One's own key by its code or id, where it is good for the product. */
export const findKeyFor = (reach: Reach, product: string, typed: string) =>
  keyFor({ ...within(reach), product, code: normalOf(typed) || '\u0001', id: typed })

/** Aborts a batch unless the key is still there. */
export const keyIsThere = (id: Id<'activationKey'>): SQL =>
  sql`exists (select 1 from ${activationKeys} where ${activationKeys.id} = ${id} and ${activationKeys.removedAt} is null)`
