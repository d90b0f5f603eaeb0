import { and, eq, isNull, type SQL, sql } from 'drizzle-orm'
import { normalOf } from '#src/domain/activation-keys/code.ts'
import type { Id } from '#src/domain/ids.ts'
import { build, compile, write } from './query.ts'
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
      productName: products.name,
      activatedAt: activations.activatedAt,
    })
    .from(activations)
    .innerJoin(accounts, eq(accounts.id, activations.accountId))
    .innerJoin(computers, eq(computers.id, activations.computerId))
    .innerJoin(products, eq(products.code, activations.productCode))
    .where(and(eq(activations.keyId, sql.placeholder('key')), isNull(activations.releasedAt), inReach))
    .orderBy(sql`${activations}.rowid desc`)
    .limit(20),
)

/** The computers that were activated last with a key and still are, at most twenty. */
export const listComputersOfKey = (reach: Reach, key: string) => computersOf({ ...within(reach), key })

/** Makes keys; a code that is taken violates `activation_keys.code_normal`. */
export const insertActivationKeys = (rows: readonly (typeof activationKeys.$inferInsert)[]) =>
  write(build.insert(activationKeys).values([...rows]))

const alive = (id: Id<'activationKey'>, accountId: Id<'account'>) =>
  and(eq(activationKeys.id, id), eq(activationKeys.accountId, accountId), isNull(activationKeys.removedAt))

/** Aborts a batch unless the key is there and of this account. */
export const keyIsAlive = (id: Id<'activationKey'>, accountId: Id<'account'>): SQL =>
  sql`exists (select 1 from ${activationKeys} where ${alive(id, accountId)})`

/** Aborts a batch while licenses are on the key. */
export const keyHoldsNothing = (id: Id<'activationKey'>): SQL =>
  sql`not exists (select 1 from ${licenses} where ${licenses.activationKeyId} = ${id})`

type Named = { readonly name: string; readonly note: string }

/** Sets name and note; stands before `expectOne('version-mismatch')`. */
export const updateActivationKey = (
  id: Id<'activationKey'>,
  accountId: Id<'account'>,
  version: number,
  { name, note }: Named,
) =>
  write(
    build
      .update(activationKeys)
      .set({ name, note, version: sql`${activationKeys.version} + 1` })
      .where(and(alive(id, accountId), eq(activationKeys.version, version))),
  )

/** Releases all computers of a key; the counters follow by trigger. */
export const releaseComputersOfKey = (id: Id<'activationKey'>, at: Date) =>
  write(
    build
      .update(activations)
      .set({ releasedAt: at })
      .where(and(eq(activations.keyId, id), isNull(activations.releasedAt))),
  )

/** Marks a key as removed, of this version; its code stays taken. Stands before `expectOne('version-mismatch')`. */
export const removeActivationKeyRow = (
  id: Id<'activationKey'>,
  accountId: Id<'account'>,
  version: number,
  removedAt: Date,
) =>
  write(
    build
      .update(activationKeys)
      .set({ removedAt, version: sql`${activationKeys.version} + 1` })
      .where(and(alive(id, accountId), eq(activationKeys.version, version))),
  )
