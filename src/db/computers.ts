import { asc, type SQL, sql } from 'drizzle-orm'
import { normalOf } from '#src/domain/activation-keys/code.ts'
import { type ComputerFilter, type ComputerWay, seenBetween, settled, wayOf } from '#src/domain/computers/filter.ts'
import { folded } from '#src/domain/text.ts'
import { computerColumns } from './computer-rows.ts'
import { build, compile, compiledBy } from './query.ts'
import { accountBelow, accountInReach, type Reach, within } from './reach.ts'
import { accounts } from './schema/accounts.ts'
import { products } from './schema/catalog.ts'
import { computers, computerReach as reached } from './schema/computers.ts'

/**
 * Lists of computers. Each is read off one index of the reach table, in its order: the one that holds what narrows it.
 * Where there are several products, or several keys that a search finds, each has a lane of its own, of which no more is
 * read than a page shows; then the lanes are merged. An account with few computers is searched by any part of name and
 * key, one with many by the beginnings.
 */
const fewComputers = 1_000

/** A row of a list, by its way of finding, beside which a page begins. */
export type ComputerCursor = { readonly way: number; readonly value: string; readonly n: number }

/** A page goes on after a row, or back before one; rows of a page going back come in the turned order. */
export type ComputerPage = {
  readonly limit: number
  readonly after?: ComputerCursor | null
  readonly before?: ComputerCursor | null
}

/** Ways of finding: all that the filter lets through or, in a small account, what holds the words; by name; by key. */
const anywhere = 0
const byName = 1
const byKey = 2

type Shape = {
  readonly way: ComputerWay
  readonly descending: boolean
  readonly lanes: 'any' | 'one' | 'many' | 'all'
  readonly searched: boolean
  readonly narrowed: readonly ('group' | 'seen' | 'stale' | 'registered')[]
  /** The way of finding of the row a page starts beside. */
  readonly beside: number | null
  readonly back: boolean
  readonly account: boolean
}

const at = (name: string) => sql.placeholder(name)
const columns = {
  key: reached.nameKey,
  group: reached.nameKey,
  name: reached.nameKey,
  ip: reached.ipKey,
  registered: reached.registeredAt,
  seen: reached.seenAt,
} as const satisfies Record<ComputerWay, unknown>

const topOf = ({ account }: Shape): SQL => (account ? accountBelow : accountInReach)
const isFew = (shape: Shape): SQL =>
  sql`(select count(*) from (select 1 from ${reached} where ${reached.accountN} = ${topOf(shape)} and ${reached.productCode} = ''
    limit ${sql.raw(String(fewComputers + 1))})) <= ${sql.raw(String(fewComputers))}`

const wantedProducts = sql`(select value from json_each(${at('products')}))`
const keyId = sql`coalesce((select id from activation_keys where id = ${at('key')}),
  (select id from activation_keys where code_normal = ${at('keyCode')}))`
const groupId = sql`coalesce((select id from computer_groups where id = ${at('group')}),
  (select id from computer_groups where name_key = ${at('groupName')}
    and account_id = (select id from ${accounts} where n = ${accountInReach})),
  iif(${at('group')} = 'none', '', ':'))`

/** The last check-in within the filter's bounds; where they depend on the product, `staleDays` are its. */
function seenWithin(shape: Shape, seenAt: SQL, staleDays: SQL): SQL {
  if (shape.narrowed.includes('seen')) return sql` and ${seenAt} between ${at('seenFrom')} and ${at('seenTo')}`
  if (!shape.narrowed.includes('stale')) return sql``
  return sql` and ${seenAt} between 1 and ${at('now')} - 86400000 * ${staleDays} - 1`
}

/** What narrows the rows of a lane beside what it is a lane of. */
const narrowedBy = (shape: Shape, staleDays: SQL): SQL =>
  sql.join([
    shape.narrowed.includes('group') ? sql` and ${reached.groupId} = ${groupId}` : sql``,
    shape.narrowed.includes('registered')
      ? sql` and ${reached.registeredAt} between ${at('fromAt')} and ${at('toAt')}`
      : sql``,
    seenWithin(shape, sql`${reached.seenAt}`, staleDays),
  ])

type Lane = {
  /** What it is read from, if not in the order of its index. */
  readonly from?: SQL
  readonly shape: Shape
  readonly way: ComputerWay
  readonly found: number
  readonly where: SQL
  readonly limit: SQL
}

const inOrderOf = (way: ComputerWay): SQL => sql`${reached} indexed by ${sql.identifier(`computer_reach_${way}`)}`

/** Rows of one stretch of an index in its order, beside the page's cursor, no more than a page of them. */
function laneOf({ shape, way, found, where, limit, from = inOrderOf(way) }: Lane): SQL {
  const column = columns[way]
  const [past, order] = shape.descending !== shape.back ? ['<', 'desc'] : ['>', 'asc']
  const beside =
    shape.beside === found
      ? sql` and (${column}, ${reached.computerN}) ${sql.raw(past)} (${at('besideValue')}, ${at('besideN')})`
      : sql``
  return sql`select ${column} as sorted, ${reached.computerN} as computer_n from ${from}
    where ${reached.accountN} = ${topOf(shape)} and ${where}${beside}
    order by ${column} ${sql.raw(order)}, ${reached.computerN} ${sql.raw(order)} limit ${limit}`
}

/** The rows of a lane for each row of `heads`, which it may speak of; what stands in several lanes counts once. */
const lanesOf = (heads: SQL, lane: SQL): SQL =>
  sql`select distinct hit.value ->> 0 as sorted, hit.value ->> 1 as computer_n from ${heads},
    json_each((select json_group_array(json_array(sorted, computer_n)) from (${lane}))) as hit`

/** A computer that is stale by several products stands where the first of them does in the list's order. */
const firstOfStale = (shape: Shape): SQL =>
  shape.way !== 'seen'
    ? sql``
    : sql` and not exists (select 1 from products as rival cross join computer_reach as other
  where ${shape.lanes === 'many' ? sql`rival.code in ${wantedProducts}` : sql`1`} and other.account_n = ${reached.accountN}
    and other.product_code = rival.code and other.computer_n = ${reached.computerN}
    and other.seen_at ${sql.raw(shape.descending ? '>' : '<')} ${reached.seenAt}${seenWithin(shape, sql`other.seen_at`, sql`rival.stale_after_days`)})`

/**
 * Computers with any of several products by their last check-in, which is that of the computer: few of them are gathered
 * and put in order; of many, the account's computers are read in order and those without left out.
 */
function rowsBySeen(shape: Shape, { found, more, limit }: Way): SQL {
  const withAny = sql`select had.computer_n from computer_reach as had where had.account_n = ${topOf(shape)} and had.product_code in ${wantedProducts}`
  const few = sql`(select count(*) from (${withAny} limit ${sql.raw(String(fewComputers + 1))})) <= ${sql.raw(String(fewComputers))}`
  const where = sql`${reached.productCode} = ''${narrowedBy(shape, sql`0`)}${more}`
  const lane = { shape, way: 'seen', found } as const
  const gathered = laneOf({
    ...lane,
    from: sql`(select distinct computer_n from (${withAny})) as few cross join ${reached}`,
    where: sql`${reached.computerN} = few.computer_n and ${where}`,
    limit: sql`iif(${few}, ${limit}, 0)`,
  })
  const has = sql`exists (select 1 from json_each(${at('products')}) as wanted cross join computer_reach as other
    where other.account_n = ${reached.accountN} and other.product_code = wanted.value and other.computer_n = ${reached.computerN})`
  const read = laneOf({ ...lane, where: sql`${where} and ${has}`, limit: sql`iif(${few}, 0, ${limit})` })
  return sql`select * from (${gathered}) union all select * from (${read})`
}

/** A computer with several products by one key stands in its lane once. */
const onceByKey = (
  shape: Shape,
): SQL => sql` and not exists (select 1 from computer_reach as other indexed by computer_reach_key
  where other.account_n = ${reached.accountN} and other.key_id = ${reached.keyId} and other.key_id <> ''
    and other.name_key = ${reached.nameKey} and other.computer_n = ${reached.computerN}
    and other.product_code > ${reached.productCode}${shape.lanes === 'any' ? sql`` : sql` and other.product_code in ${wantedProducts}`}${seenWithin(shape, sql`other.seen_at`, staleDaysOf(sql`other.product_code`))})`

const staleDaysOf = (code: SQL): SQL => sql`(select stale_after_days from products where code = ${code})`

type Way = { readonly found: number; readonly more: SQL; readonly limit: SQL }

/** The rows that a way of finding finds within the filter. */
function rowsBy(shape: Shape, { found, more, limit }: Way): SQL {
  const { way } = shape
  const lane = (where: SQL) => laneOf({ shape, way, found, where, limit })
  if (way === 'key') return lane(sql`${ofKey(shape, keyId)}${more}`)
  const single = shape.lanes === 'one' ? sql`${at('product')}` : sql`''`
  if (shape.lanes === 'any' || shape.lanes === 'one') {
    return lane(sql`${reached.productCode} = ${single}${narrowedBy(shape, staleDaysOf(single))}${more}`)
  }
  if (way === 'seen' && !shape.narrowed.includes('stale')) return rowsBySeen(shape, { found, more, limit })
  const heads =
    shape.lanes === 'many'
      ? sql`(select * from products where code in ${wantedProducts}) as lane`
      : sql`products as lane`
  const narrowed = narrowedBy(shape, sql`lane.stale_after_days`)
  return lanesOf(heads, lane(sql`${reached.productCode} = lane.code${narrowed}${firstOfStale(shape)}${more}`))
}

const ofKey = (shape: Shape, key: SQL): SQL =>
  sql`${reached.keyId} = ${key} and ${reached.keyId} <> ''${shape.lanes === 'any' ? sql`` : sql` and ${reached.productCode} in ${wantedProducts}`}${narrowedBy(shape, staleDaysOf(sql`${reached.productCode}`))}${onceByKey(shape)}`

const nameBegins = sql`${reached.nameKey} >= ${at('name')} and ${reached.nameKey} < ${at('nameEnd')}`

/** In a small account: the words anywhere in the name or in the code of a key. */
const holdsWords = sql` and (instr(${reached.nameKey}, ${at('name')}) > 0 or exists (select 1 from computer_reach as keyed
  cross join activation_keys as used on used.id = keyed.key_id where keyed.computer_n = ${reached.computerN}
    and keyed.account_n = ${reached.accountN} and instr(used.code_normal, ${at('code')}) > 0))`

/** By the beginning of the code of a key: at most so many keys that begin so, and a lane for each. */
function rowsByKeyCode(shape: Shape, limit: SQL): SQL {
  const keys = sql`(select id from activation_keys where code_normal >= ${at('code')} and code_normal < ${at('codeEnd')} limit 100) as head`
  const narrowed = sql` and not (${nameBegins})`
  const where = sql`${ofKey(shape, sql`head.id`)}${narrowed}`
  return lanesOf(keys, laneOf({ shape, way: 'key', found: byKey, where, limit }))
}

/** What the ways of finding find, one after the other. */
function hitsOf(shape: Shape): SQL {
  const limit = sql`${at('limit')}`
  if (!shape.searched) return wayRows(anywhere, rowsBy(shape, { found: anywhere, more: sql``, limit }))
  const few = sql`iif(${isFew(shape)}, ${limit}, 0)`
  const many = sql`iif(${isFew(shape)}, 0, ${limit})`
  const ways = [
    wayRows(anywhere, rowsBy(shape, { found: anywhere, more: holdsWords, limit: few })),
    wayRows(byName, rowsBy(shape, { found: byName, more: sql` and ${nameBegins}`, limit: many })),
    ...(shape.way !== 'key' ? [wayRows(byKey, rowsByKeyCode(shape, many))] : []),
  ]
  const { beside, back } = shape
  const open = ways.filter((_, i) => beside === null || (back ? i <= beside : i >= beside))
  return open.length === 0 ? none : sql.join(open, sql` union all `)
}

/** Behind the last way of finding there is nothing. */
const none = sql`select 0 as way, '' as sorted, 0 as computer_n where false`

const wayRows = (found: number, rows: SQL): SQL =>
  sql`select ${sql.raw(String(found))} as way, sorted, computer_n from (${rows})`

const listOf = compiledBy((text: string) => {
  const shape = JSON.parse(text) as Shape
  const turned = sql.raw(shape.descending !== shape.back ? 'desc' : 'asc')
  return build
    .select({ ...computerColumns, way: sql<number>`hits.way`, value: sql<string>`hits.sorted`.mapWith(String) })
    .from(sql`(${hitsOf(shape)}) as hits`)
    .crossJoin(computers)
    .crossJoin(accounts)
    .where(sql`${computers.n} = hits.computer_n and ${accounts.id} = ${computers.accountId}`)
    .orderBy(
      sql`hits.way ${sql.raw(shape.back ? 'desc' : 'asc')}`,
      sql`hits.sorted ${turned}`,
      sql`hits.computer_n ${turned}`,
    )
    .limit(at('limit'))
})

/** Many keys begin with a letter or two; so few letters search names alone. */
const shortestCode = 4
const nothing = '\u0001'
const upTo = (text: string) => `${text}\u{10FFFF}`
/** As the database makes it: only A to Z have another case. */
const lowered = (text: string) => text.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase())
const day = 86_400_000

/** A page of computers beside a cursor, or the first. */
export function listComputers(reach: Reach, wanted: ComputerFilter, now: Date, { limit, after, before }: ComputerPage) {
  const filter = settled(wanted)
  const { products: codes, seen, from, to, group, key, q } = filter
  const beside = before ?? after
  const way = wayOf(filter)
  const bounds = seen === null ? null : seenBetween(seen, now)
  const shape: Shape = {
    way,
    descending: filter.sort.startsWith('-'),
    lanes: lanesFor(codes.length, seen === 'stale'),
    searched: q !== '',
    narrowed: [
      ...(group === null ? [] : (['group'] as const)),
      ...(seen === null ? [] : bounds ? (['seen'] as const) : (['stale'] as const)),
      ...(from === null && to === null ? [] : (['registered'] as const)),
    ],
    beside: beside ? placeOf(beside, q !== '') : null,
    back: Boolean(before),
    account: filter.account !== null,
  }
  const code = normalOf(q)
  const isNumber = way === 'registered' || way === 'seen'
  return listOf(JSON.stringify(shape), {
    ...within(reach),
    ...{ limit, now: now.getTime(), account: filter.account },
    ...{ product: codes[0], products: JSON.stringify(codes) },
    ...{ key, keyCode: normalOf(key ?? '') || nothing, group, groupName: folded(group ?? '') },
    ...{ seenFrom: bounds?.from, seenTo: bounds?.to },
    fromAt: from === null ? 0 : Date.parse(from),
    toAt: to === null ? Number.MAX_SAFE_INTEGER : Date.parse(to) + day - 1,
    ...{ name: lowered(q), nameEnd: upTo(lowered(q)) },
    ...(code.length < shortestCode ? { code: code || nothing, codeEnd: nothing } : { code, codeEnd: upTo(code) }),
    besideValue: beside && isNumber ? Number(beside.value) : beside?.value,
    besideN: beside?.n,
  })
}

/** Cursors come from outside: only ways of finding that there are make a shape. */
const placeOf = ({ way }: ComputerCursor, searched: boolean): number =>
  searched ? Math.min(byKey, Math.max(anywhere, way)) : anywhere

function lanesFor(count: number, stale: boolean): Shape['lanes'] {
  if (count > 1) return 'many'
  if (count === 1) return 'one'
  return stale ? 'all' : 'any'
}

export type ComputerRow = ReturnType<ReturnType<typeof listComputers>['rows']>[number]

const installed = compile(
  build
    .select({
      code: products.code,
      name: products.name,
      unit: products.unit,
      staleAfterDays: products.staleAfterDays,
    })
    .from(products)
    .where(
      sql`exists (select 1 from ${reached} where ${reached.accountN} = ${accountInReach} and ${reached.productCode} = ${products}.code)`,
    )
    .orderBy(asc(products.position)),
)

/** The products that are active on computers in reach, in the catalog's order. */
export const listInstalledProducts = (reach: Reach) => installed(within(reach))
