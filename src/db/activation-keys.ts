import { and, eq, isNull, type SQL, sql } from 'drizzle-orm'
import { normalOf } from '#src/domain/activation-keys/code.ts'
import { build, compile } from './query.ts'
import { accountInReach, type Reach, within } from './reach.ts'
import { accountReach, accounts } from './schema/accounts.ts'
import { products } from './schema/catalog.ts'
import { activations, computers } from './schema/computers.ts'
import { activationKeys, licenses } from './schema/licenses.ts'

/** More licenses than this are shown as "100+". */
const countCap = 100

/** What every list and page says of a key. */
export const keyColumns = {
  id: activationKeys.id,
  accountId: activationKeys.accountId,
  accountName: accounts.name,
  isOwn: sql<boolean>`${accounts.n} = ${accountInReach}`.mapWith(Boolean),
  name: activationKeys.name,
  code: activationKeys.code,
  note: activationKeys.note,
  productCode: activationKeys.productCode,
  productName: products.name,
  isDefault: activationKeys.isDefault,
  licenses: sql<number>`(select count(*) from (
    select 1 from ${licenses} where ${licenses.activationKeyId} = ${activationKeys.id} limit ${sql.raw(String(countCap + 1))}))`,
  activeComputers: activationKeys.activeComputers,
  computerLimit: activationKeys.computerLimit,
  allowedRanges: activationKeys.allowedRanges,
  expiresOn: activationKeys.expiresOn,
  version: activationKeys.version,
  createdAt: activationKeys.createdAt,
}

/** What every list and page reads of a key. */
export type KeyRow = ReturnType<ReturnType<typeof findActivationKey>['rows']>[number]

const inReach: SQL = sql`exists (select 1 from ${accountReach}
  where ${accountReach.ancestorN} = ${accountInReach} and ${accountReach.descendantN} = ${accounts.n})`

const oneKey = compile(
  build
    .select(keyColumns)
    .from(activationKeys)
    .innerJoin(accounts, eq(accounts.id, activationKeys.accountId))
    .leftJoin(products, eq(products.code, activationKeys.productCode))
    .where(and(eq(activationKeys.id, sql.placeholder('id')), isNull(activationKeys.removedAt), inReach)),
)

/** One activation key, or nothing where it was removed or lies outside the reach. */
export const findActivationKey = (reach: Reach, id: string) => oneKey({ ...within(reach), id })

const wanted = sql`(select value from json_each(${sql.placeholder('ids')}))`

const namedKeys = compile(
  build
    .select(keyColumns)
    .from(activationKeys)
    .innerJoin(accounts, eq(accounts.id, activationKeys.accountId))
    .leftJoin(products, eq(products.code, activationKeys.productCode))
    .where(and(sql`${activationKeys.id} in ${wanted}`, isNull(activationKeys.removedAt), inReach)),
)

const idsIn = (ids: readonly string[]): string => JSON.stringify(ids.flatMap((id) => id.split(',')).slice(0, 200))

/** Keys by their ids; those that were removed or lie outside the reach are left out. */
export const listNamedKeys = (reach: Reach, ids: readonly string[]) => namedKeys({ ...within(reach), ids: idsIn(ids) })

const asOwn: SQL = sql`${accounts.n} = ${accountInReach}`

const ownKey = compile(
  build
    .select({ id: activationKeys.id, name: activationKeys.name })
    .from(activationKeys)
    .innerJoin(accounts, eq(accounts.id, activationKeys.accountId))
    .where(
      and(
        sql`(${activationKeys.id} = ${sql.placeholder('key')} or ${activationKeys.codeNormal} = ${sql.placeholder('code')})`,
        isNull(activationKeys.removedAt),
        asOwn,
      ),
    ),
)

/** A key of the account itself, by its id or its code in any writing. */
export const findOwnKey = (reach: Reach, key: string) => ownKey({ ...within(reach), key, code: normalOf(key) })

const otherKeys = compile(
  build
    .select({ id: activationKeys.id, name: activationKeys.name, code: activationKeys.code })
    .from(accounts)
    .innerJoin(activationKeys, eq(activationKeys.accountId, accounts.id))
    .where(and(asOwn, isNull(activationKeys.removedAt), sql`${activationKeys.id} <> ${sql.placeholder('but')}`))
    .limit(100),
)

/** Some other keys of the account itself, to choose from. */
export const listOtherKeys = (reach: Reach, but: string) => otherKeys({ ...within(reach), but })

const computersOf = compile(
  build
    .select({
      id: computers.id,
      name: computers.name,
      ip: computers.ip,
      productName: products.name,
      activatedAt: activations.activatedAt,
    })
    .from(activations)
    .innerJoin(accounts, eq(accounts.id, activations.accountId))
    .innerJoin(computers, eq(computers.id, activations.computerId))
    .innerJoin(products, eq(products.code, activations.productCode))
    .where(and(eq(activations.keyId, sql.placeholder('key')), isNull(activations.releasedAt), inReach))
    .orderBy(sql`${activations}.rowid desc`)
    .limit(sql.placeholder('limit')),
)

/** The computers that were activated last with a key and still are, at most so many. */
export const listComputersOfKey = (reach: Reach, key: string, limit = 20) =>
  computersOf({ ...within(reach), key, limit })

const computersOfAll = compile(
  build
    .select({ keyId: activations.keyId, name: computers.name, ip: computers.ip })
    .from(activations)
    .innerJoin(accounts, eq(accounts.id, activations.accountId))
    .innerJoin(computers, eq(computers.id, activations.computerId))
    .where(and(sql`${activations.keyId} in ${wanted}`, isNull(activations.releasedAt), inReach))
    .limit(sql.placeholder('limit')),
)

/** Computers that run with any of some keys, at most so many. */
export const listComputersOfKeys = (reach: Reach, ids: readonly string[], limit: number) =>
  computersOfAll({ ...within(reach), ids: idsIn(ids), limit })
