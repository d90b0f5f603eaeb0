import { and, eq, type SQL, sql } from 'drizzle-orm'
import type { ActivationKeyFilter, ActivationKeySort } from '#src/domain/activation-keys/filter.ts'
import { keyColumns } from './activation-keys.ts'
import { build, compiledBy } from './query.ts'
import { accountInReach, type Reach, within } from './reach.ts'
import { accounts } from './schema/accounts.ts'
import { products } from './schema/catalog.ts'
import { keyReach } from './schema/key-reach.ts'
import { activationKeys } from './schema/licenses.ts'

/** A key beside which a page begins: the way it was found by, what that way sorts by, its id. */
export type KeyCursor = { readonly way: number; readonly value: string; readonly id: string }

/** A page goes on after a key, or back before one; rows of a page going back come in the turned order. */
export type KeyPage = {
  readonly limit: number
  readonly after?: KeyCursor | null
  readonly before?: KeyCursor | null
}

/** The position of a row, for the cursor beside it. */
export const keyPosition = (row: KeyListRow): KeyCursor & Record<string, string | number> => ({
  way: row.way,
  value: String(row.value),
  id: row.id,
})

/**
 * A way to go through keys in the order of an index: one's own first, then those of accounts below; or, in a search, the
 * beginning of names, then of codes, then what full-text search finds.
 */
export type Way = {
  readonly rows: SQL
  readonly where: SQL
  /** What it sorts by before the id. */
  readonly value: SQL
  readonly id: SQL
  readonly descending: boolean
  readonly limit: SQL
}

/** Which way a page goes, and the way by which the row it starts beside was found. */
export type Turn = { readonly back: boolean; readonly from: number | null }

const limit = sql.placeholder('limit')

/** Finds by all ways that the page may hold, each in its order and no more of it than the page takes. */
export function keysBy(ways: readonly Way[], turn: Turn) {
  const open = ways
    .map((way, i) => findBy(way, i, turn))
    .filter((_, i) => turn.from === null || (turn.back ? i <= turn.from : i >= turn.from))
  const parts = open.map((find) => sql`select * from (${find})`)
  const hits = sql`(${sql.join(parts, sql` union all `)}) as hits`
  const falling = ways.flatMap(({ descending }, i) => (descending ? [i] : []))
  const falls = sql`hits.way in (${sql.raw(falling.join(', ') || '-1')})`
  const [up, down] = turn.back ? [sql`desc`, sql`asc`] : [sql`asc`, sql`desc`]
  return build
    .select({ ...keyColumns, way: sql<number>`hits.way`, value: sql<string | number>`hits.value` })
    .from(hits)
    .innerJoin(activationKeys, eq(activationKeys.id, sql`hits.key_id`))
    .innerJoin(accounts, eq(accounts.id, activationKeys.accountId))
    .leftJoin(products, eq(products.code, activationKeys.productCode))
    .orderBy(
      sql`hits.way ${up}`,
      sql`iif(${falls}, hits.value, null) ${down}`,
      sql`iif(${falls}, hits.key_id, null) ${down}`,
      sql`hits.value ${up}`,
      sql`hits.key_id ${up}`,
    )
    .limit(limit)
}

function findBy(way: Way, i: number, turn: Turn): SQL {
  const descending = way.descending !== turn.back
  const order = sql.raw(descending ? 'desc' : 'asc')
  const place = sql`(${sql.placeholder('besideValue')}, ${sql.placeholder('besideId')})`
  const beside =
    turn.from === i ? sql`and (${way.value}, ${way.id}) ${sql.raw(descending ? '<' : '>')} ${place}` : sql``
  return sql`select ${keyReach.keyId} as key_id, ${sql.raw(String(i))} as way, ${way.value} as value
    from ${way.rows} where ${way.where} ${beside}
    order by ${way.value} ${order}, ${way.id} ${order} limit ${way.limit}`
}

/** Keys in reach, narrowed to a product and to those with or without a limit where that is asked for. */
export const narrowedKeys = and(
  eq(keyReach.accountN, accountInReach),
  eq(keyReach.productCode, sql.placeholder('product')),
  eq(keyReach.servers, sql.placeholder('servers')),
) as SQL

const columns = {
  made: keyReach.createdAt,
  name: keyReach.nameKey,
  code: keyReach.codeNormal,
  servers: keyReach.used,
  expires: keyReach.expiresOn,
} as const
/** Those that are numbers: a cursor holds texts. */
const numeric = new Set(['made', 'servers'])

type Shape = `${ActivationKeySort}|${'after' | 'before' | ''}|${number}`

const listOf = compiledBy((shape: Shape) => {
  const [sort = '', from, way] = shape.split('|')
  const column = columns[sort.replace('-', '') as keyof typeof columns]
  const part = (below: number): Way => ({
    ...{ rows: sql`${keyReach}`, value: sql`${column}`, id: sql`${keyReach.keyId}`, limit: sql`${limit}` },
    where: sql`${narrowedKeys} and ${keyReach.below} = ${sql.raw(String(below))}`,
    descending: sort.startsWith('-'),
  })
  return keysBy([part(0), part(1)], { back: from === 'before', from: from ? Number(way) : null })
})

/** A page of the activation keys in reach, one's own first. */
export function listActivationKeys(reach: Reach, filter: ActivationKeyFilter, { limit, after, before }: KeyPage) {
  const beside = before ?? after
  const shape: Shape = `${filter.sort}|${before ? 'before' : after ? 'after' : ''}|${beside?.way ?? 0}`
  const isNumber = numeric.has(filter.sort.replace('-', ''))
  return listOf(shape, {
    ...within(reach),
    ...narrowedTo(filter),
    limit,
    besideValue: isNumber ? Number(beside?.value) : beside?.value,
    besideId: beside?.id,
  })
}

/** The values of what narrows a list. */
export const narrowedTo = ({ product, limit }: ActivationKeyFilter) => ({
  product: product ?? '',
  servers: limit ?? '',
})

export type KeyListRow = ReturnType<ReturnType<typeof listActivationKeys>['rows']>[number]
