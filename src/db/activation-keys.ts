import { and, eq, isNull, type SQL, sql } from 'drizzle-orm'
import { normalOf } from '#src/domain/activation-keys/code.ts'
import type { ActivationKeyFilter, ActivationKeySort } from '#src/domain/activation-keys/filter.ts'
import type { Id } from '#src/domain/ids.ts'
import { build, compile, compiledBy, write } from './query.ts'
import { accountInReach, type Reach, within } from './reach.ts'
import { accountReach, accounts } from './schema/accounts.ts'
import { products } from './schema/catalog.ts'
import { activations, computers } from './schema/computers.ts'
import { activationKeys, licenses } from './schema/licenses.ts'

const defaultKey = compile(
  build
    .select({ id: activationKeys.id, code: activationKeys.code })
    .from(activationKeys)
    .innerJoin(accounts, eq(accounts.id, activationKeys.accountId))
    .where(
      and(
        sql`${accounts.n} = ${accountInReach}`,
        eq(activationKeys.isDefault, true),
        isNull(activationKeys.productCode),
        isNull(activationKeys.removedAt),
      ),
    ),
)

/** The one key that all orders of a shop customer join (Decision 6). */
export const findDefaultKey = (reach: Reach) => defaultKey(within(reach))

/** More licenses than this are shown as "100+". */
const countCap = 100

/** What every list and page says of a key. */
const keyColumns = {
  id: activationKeys.id,
  accountId: activationKeys.accountId,
  accountN: accounts.n,
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
  version: activationKeys.version,
  createdAt: activationKeys.createdAt,
}

/** A key beside which a page begins: its account's, its product or nothing, its id. */
export type KeyCursor = { readonly accountN: number; readonly product: string; readonly id: string }

/** A page goes on after a key, or back before one; rows of a page going back come in the turned order. */
export type KeyPage = {
  readonly limit: number
  readonly after?: KeyCursor | null
  readonly before?: KeyCursor | null
}

/** The position of a row, for the cursor beside it. */
export const keyPosition = (row: KeyRow): KeyCursor & Record<string, string | number> => ({
  accountN: row.accountN,
  product: row.productCode ?? '',
  id: row.id,
})

type Shape = `${ActivationKeySort}|${'q' | ''}|${'product' | ''}|${string}|${'after' | 'before' | ''}`

const holds: SQL = sql`(${activationKeys.name} like ${sql.placeholder('text')} escape '\\'
  or ${activationKeys.note} like ${sql.placeholder('text')} escape '\\'
  or instr(${activationKeys.codeNormal}, ${sql.placeholder('code')}) > 0)`

/**
 * Walks the accounts in reach, one's own first, and each one's keys in the order of their index, so that nothing is
 * gathered and sorted first. What is left out behind a cursor is told by the index alone.
 */
const listOf = compiledBy((shape: Shape) => {
  const [sort, q, product, limit, from] = shape.split('|') as [ActivationKeySort, string, string, string, string]
  const back = from === 'before'
  const [far, farther] = back ? [sql`<=`, sql`desc`] : [sql`>=`, sql`asc`]
  const descending = (sort === '-made') !== back
  const [past, order] = descending ? [sql`<`, sql`desc`] : [sql`>`, sql`asc`]
  const beside = sql`${accountReach.descendantN} ${far} ${sql.placeholder('accountN')}
    and (${accountReach.descendantN} <> ${sql.placeholder('accountN')}
      or (coalesce(${activationKeys.productCode}, ''), ${activationKeys.id}) ${past} (${sql.placeholder('besideProduct')}, ${sql.placeholder('besideId')}))`
  return build
    .select(keyColumns)
    .from(accountReach)
    .crossJoin(accounts)
    .crossJoin(activationKeys)
    .leftJoin(products, eq(products.code, activationKeys.productCode))
    .where(
      and(
        eq(accountReach.ancestorN, accountInReach),
        eq(accounts.n, accountReach.descendantN),
        eq(activationKeys.accountId, accounts.id),
        isNull(activationKeys.removedAt),
        product ? eq(activationKeys.productCode, sql.placeholder('product')) : undefined,
        limit
          ? sql`(${activationKeys.computerLimit} is null) = ${sql.raw(limit === 'unlimited' ? '1' : '0')}`
          : undefined,
        q ? holds : undefined,
        from ? beside : undefined,
      ),
    )
    .orderBy(
      sql`${accountReach.descendantN} ${farther}`,
      sql`${activationKeys.productCode} ${order}`,
      sql`${activationKeys.id} ${order}`,
    )
    .limit(sql.placeholder('limit'))
})

/** A page of the activation keys in reach, one's own first. */
export function listActivationKeys(reach: Reach, filter: ActivationKeyFilter, { limit, after, before }: KeyPage) {
  const from = before ? 'before' : after ? 'after' : ''
  const beside = before ?? after
  const shape: Shape = `${filter.sort}|${filter.q ? 'q' : ''}|${filter.product ? 'product' : ''}|${filter.limit ?? ''}|${from}`
  return listOf(shape, {
    ...within(reach),
    text: `%${filter.q.replaceAll(/[\\%_]/g, '\\$&')}%`,
    code: normalOf(filter.q) || '\u0001',
    product: filter.product,
    limit,
    accountN: beside?.accountN,
    besideProduct: beside?.product,
    besideId: beside?.id,
  })
}

export type KeyRow = ReturnType<ReturnType<typeof listActivationKeys>['rows']>[number]

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
