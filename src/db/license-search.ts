import { and, eq, type SQL, sql } from 'drizzle-orm'
import { emailKey } from '#src/domain/accounts/identifier.ts'
import type { Day } from '#src/domain/day.ts'
import type { LicenseFilter } from '#src/domain/licenses/filter.ts'
import { referenceKey } from '#src/domain/orders/reference.ts'
import { folded } from '#src/domain/text.ts'
import { filterValues, licenseColumns, stateConditions, supportBetween } from './licenses.ts'
import { build, compiledBy } from './query.ts'
import { accountBelow, accountInReach, type Reach, within } from './reach.ts'
import { accounts } from './schema/accounts.ts'
import { editions, products } from './schema/catalog.ts'
import { activationKeys, licenseReach, licenses, supports } from './schema/licenses.ts'

/**
 * One search box over serial, order, activation key, e-mail, computer, product and comment (R316). An account with few
 * licenses is searched by any part of them; one with many by the beginning of each, and by any part of comments, which
 * full-text search finds. One statement holds both and `limit` picks (`data-patterns.md`, 7).
 */
const fewLicenses = 1_000

/** A row of a search, by its way of finding, beside which a page begins. */
export type SearchCursor = { readonly way: number; readonly value: string; readonly n: number }

/** The columns searched by their beginning, in the order in which their finds are shown. */
const prefixes = [
  { column: licenseReach.serialKey, needle: 'serial' },
  { column: licenseReach.orderKey, needle: 'serial' },
  { column: licenseReach.activationKey, needle: 'key' },
  { column: licenseReach.emailKey, needle: 'email' },
  { column: licenseReach.computerKey, needle: 'computer' },
] as const
const anywhere = 0
const byComment = prefixes.length + 1

const fewBelow = (top: SQL) =>
  sql`((select count(*) from (select 1 from ${licenseReach} where ${licenseReach.accountN} = ${top} limit ${sql.raw(String(fewLicenses + 1))})) <= ${sql.raw(String(fewLicenses))})`
const limit = sql.placeholder('limit')
const holds = (text: SQL, needle: string) => sql`instr(${text}, ${sql.placeholder(needle)}) > 0`
const beginsWith = ({ column, needle }: (typeof prefixes)[number]): SQL =>
  sql`${column} >= ${sql.placeholder(needle)} and ${column} < ${sql.placeholder(`${needle}End`)}`

export type SearchPage = {
  readonly limit: number
  readonly after?: SearchCursor | null
  readonly before?: SearchCursor | null
}

type Shape =
  `${'product' | ''}|${'support' | ''}|${string}|${'after' | 'before' | ''}|${number}|${'account' | ''}|${string}`

/** Which way a page goes, and the way of finding of the row it starts beside. */
type Turn = { readonly back: boolean; readonly way: number | null; readonly isFew: SQL }

const searchOf = compiledBy((shape: Shape) => {
  const [product, support, only, from, way, account, owner] = shape.split('|') as string[]
  const top = account ? accountBelow : accountInReach
  const turn: Turn = { back: from === 'before', way: from ? Number(way) : null, isFew: fewBelow(top) }
  const narrowed = and(
    eq(licenseReach.accountN, top),
    product ? eq(licenseReach.productCode, sql.placeholder('product')) : undefined,
    support ? supportBetween : undefined,
    only ? stateConditions[only as keyof typeof stateConditions] : undefined,
    owner ? isOwned(owner, top) : undefined,
  ) as SQL
  const ways = [
    findAnywhere(narrowed, turn),
    ...prefixes.map((_, i) => findByPrefix(narrowed, i, turn)),
    findByComment(narrowed, turn),
  ]
  const open = ways.filter((_, i) => turn.way === null || (turn.back ? i <= turn.way : i >= turn.way))
  const hits = sql`(${sql.join(
    open.map((find) => sql`select * from (${find})`),
    sql` union all `,
  )}) as hits`
  const [up, down] = turn.back ? [sql`desc`, sql`asc`] : [sql`asc`, sql`desc`]
  const newestFirst = sql`hits.way in (${sql.raw(`${anywhere}, ${byComment}`)})`
  return build
    .select({ ...licenseColumns, way: sql<number>`hits.way`, value: sql<string>`hits.value` })
    .from(hits)
    .innerJoin(licenses, eq(licenses.n, sql`hits.license_n`))
    .innerJoin(accounts, eq(accounts.id, licenses.accountId))
    .innerJoin(products, eq(products.code, licenses.productCode))
    .innerJoin(editions, and(eq(editions.productCode, licenses.productCode), eq(editions.code, licenses.editionCode)))
    .leftJoin(activationKeys, eq(activationKeys.id, licenses.activationKeyId))
    .leftJoin(supports, eq(supports.licenseId, licenses.id))
    .orderBy(
      sql`hits.way ${up}`,
      sql`iif(${newestFirst}, hits.value, null) ${down}`,
      sql`iif(${newestFirst}, hits.license_n, null) ${down}`,
      sql`hits.value ${up}`,
      sql`hits.license_n ${up}`,
    )
    .limit(limit)
})

/** Whether a license is the account's own, or one of its resellers'. */
const isOwned = (owner: string, top: SQL): SQL =>
  sql`(select found.account_id from licenses as found where found.n = ${licenseReach.licenseN}) ${sql.raw(owner === 'own' ? '=' : '<>')}
    (select self.id from accounts as self where self.n = ${top})`

/** Rows on the right side of the row the page starts beside, in the order of the page. */
function beside(
  turn: Turn,
  way: number,
  columns: SQL,
  newestFirst: boolean,
): { where: SQL; order: (column: SQL) => SQL } {
  const descending = newestFirst !== turn.back
  const direction = sql.raw(descending ? '<' : '>')
  const place = sql`(${sql.placeholder('besideValue')}, ${sql.placeholder('besideN')})`
  return {
    where: turn.way === way ? sql`and (${columns}) ${direction} ${place}` : sql``,
    order: (column) => sql`${column} ${sql.raw(descending ? 'desc' : 'asc')}`,
  }
}

function findAnywhere(narrowed: SQL, turn: Turn): SQL {
  const { where, order } = beside(turn, anywhere, sql`${licenseReach.boughtOn}, ${licenseReach.licenseN}`, true)
  return sql`
  select ${licenseReach.licenseN} as license_n, ${sql.raw(String(anywhere))} as way, ${licenseReach.boughtOn} as value
  from ${licenseReach} join ${licenses} on ${licenses.n} = ${licenseReach.licenseN}
    join ${products} on ${products.code} = ${licenseReach.productCode}
  where ${narrowed} and (${holds(sql`${licenseReach.serialKey}`, 'serial')} or ${holds(sql`${licenseReach.orderKey}`, 'serial')}
    or ${holds(sql`${licenseReach.activationKey}`, 'key')} or ${holds(sql`${licenseReach.emailKey}`, 'email')}
    or ${holds(sql`${licenseReach.computerKey}`, 'computer')} or ${holds(sql`${licenses.commentKey}`, 'text')}
    or ${holds(sql`lower(${products.name} || ' ' || ${licenses.editionCode})`, 'text')}) ${where}
  order by ${order(sql`${licenseReach.boughtOn}`)}, ${order(sql`${licenseReach.licenseN}`)} limit iif(${turn.isFew}, ${limit}, 0)`
}

function findByPrefix(narrowed: SQL, i: number, turn: Turn): SQL {
  const prefix = prefixes[i] as (typeof prefixes)[number]
  const earlier = prefixes.slice(0, i).map((one) => sql` and not (${beginsWith(one)})`)
  const { where, order } = beside(turn, i + 1, sql`${prefix.column}, ${licenseReach.licenseN}`, false)
  return sql`
  select ${licenseReach.licenseN} as license_n, ${sql.raw(String(i + 1))} as way, ${prefix.column} as value
  from ${licenseReach} where ${narrowed} and ${beginsWith(prefix)}${sql.join(earlier)} ${where}
  order by ${order(sql`${prefix.column}`)}, ${order(sql`${licenseReach.licenseN}`)} limit iif(${turn.isFew}, 0, ${limit})`
}

function findByComment(narrowed: SQL, turn: Turn): SQL {
  const earlier = prefixes.map((one) => sql` and not (${beginsWith(one)})`)
  const { where, order } = beside(turn, byComment, sql`'', license_comments.rowid`, true)
  return sql`
  select license_comments.rowid as license_n, ${sql.raw(String(byComment))} as way, '' as value
  from license_comments cross join ${licenseReach} on ${licenseReach.licenseN} = license_comments.rowid
  where license_comments match ${sql.placeholder('phrase')} and ${narrowed}${sql.join(earlier)} ${where}
  order by ${order(sql`license_comments.rowid`)} limit iif(${turn.isFew}, 0, ${limit})`
}

/** A needle that nothing holds, for a search of which nothing is left once it is brought to a column's form. */
const nothing = '\u0001'
const upTo = (text: string) => `${text}\u{10FFFF}`

/** A page of the licenses that a search finds, within the filter. */
export function searchLicenses(reach: Reach, filter: LicenseFilter, today: Day, { limit, after, before }: SearchPage) {
  const text = folded(filter.q)
  const serial = referenceKey(filter.q) || nothing
  const key = serial.replaceAll('O', '0').replaceAll(/[IL]/g, '1')
  const email = filter.q.includes('@') ? emailKey(filter.q) : text
  const computer = filter.q.toUpperCase()
  const from = before ? 'before' : after ? 'after' : ''
  const beside = before ?? after
  const ranged = filter.support || filter.ends ? 'support' : ''
  const account = filter.account ? 'account' : ''
  const shape: Shape = `${filter.product ? 'product' : ''}|${ranged}|${filter.only ?? ''}|${from}|${beside?.way ?? 0}|${account}|${filter.owner ?? ''}`
  return searchOf(shape, {
    ...within(reach),
    ...filterValues(filter, today),
    limit,
    besideValue: beside?.value,
    besideN: beside?.n,
    ...{ text, serial, key, email, computer },
    ...{ serialEnd: upTo(serial), keyEnd: upTo(key), emailEnd: upTo(email), computerEnd: upTo(computer) },
    phrase: `"${text.replaceAll('"', '""')}"`,
  })
}
