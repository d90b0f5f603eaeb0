import { and, eq, type SQL, sql } from 'drizzle-orm'
import { emailKey } from '#src/domain/accounts/identifier.ts'
import type { Day } from '#src/domain/day.ts'
import type { LicenseFilter } from '#src/domain/licenses/filter.ts'
import { referenceKey } from '#src/domain/orders/reference.ts'
import { folded } from '#src/domain/text.ts'
import { licenseColumns, stateConditions, supportBetween, supportRange } from './licenses.ts'
import { build, compiledBy } from './query.ts'
import { accountInReach, type Reach, within } from './reach.ts'
import { editions, products } from './schema/catalog.ts'
import { activationKeys, licenseReach, licenses, supports } from './schema/licenses.ts'

/**
 * One search box over serial, order, activation key, e-mail, computer, product and comment (R316). An account with few
 * licenses is searched by any part of them; one with many by the beginning of each, and by any part of comments, which
 * full-text search finds. One statement holds both and `limit` picks (`data-patterns.md`, 7).
 */
const fewLicenses = 20_000

/** Where a page of a search begins: after this row of this way of finding. */
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

const isFew = sql`((select count(*) from (select 1 from ${licenseReach} where ${licenseReach.accountN} = ${accountInReach} limit ${sql.raw(String(fewLicenses + 1))})) <= ${sql.raw(String(fewLicenses))})`
const limit = sql.placeholder('limit')
const holds = (text: SQL, needle: string) => sql`instr(${text}, ${sql.placeholder(needle)}) > 0`
const beginsWith = ({ column, needle }: (typeof prefixes)[number]): SQL =>
  sql`${column} >= ${sql.placeholder(needle)} and ${column} < ${sql.placeholder(`${needle}End`)}`

type Shape = `${'product' | ''}|${'support' | ''}|${string}|${number}`

const searchOf = compiledBy((shape: Shape) => {
  const [product, support, only, way] = shape.split('|') as [string, string, string, string]
  const after = Number(way)
  const narrowed = and(
    eq(licenseReach.accountN, accountInReach),
    product ? eq(licenseReach.productCode, sql.placeholder('product')) : undefined,
    support ? supportBetween : undefined,
    only ? stateConditions[only as keyof typeof stateConditions] : undefined,
  ) as SQL
  const finds = [
    ...(after <= anywhere ? [findAnywhere(narrowed, after === anywhere)] : []),
    ...prefixes.flatMap((_, i) => (after <= i + 1 ? [findByPrefix(narrowed, i, after === i + 1)] : [])),
    findByComment(narrowed, after === byComment),
  ]
  const hits = sql`(${sql.join(
    finds.map((find) => sql`select * from (${find})`),
    sql` union all `,
  )}) as hits`
  return build
    .select({ ...licenseColumns, way: sql<number>`hits.way`, value: sql<string>`hits.value` })
    .from(hits)
    .innerJoin(licenses, eq(licenses.n, sql`hits.license_n`))
    .innerJoin(products, eq(products.code, licenses.productCode))
    .innerJoin(editions, and(eq(editions.productCode, licenses.productCode), eq(editions.code, licenses.editionCode)))
    .leftJoin(activationKeys, eq(activationKeys.id, licenses.activationKeyId))
    .leftJoin(supports, eq(supports.licenseId, licenses.id))
    .orderBy(
      sql`hits.way`,
      sql`iif(hits.way in (${sql.raw(`${anywhere}, ${byComment}`)}), hits.value, null) desc`,
      sql`iif(hits.way in (${sql.raw(`${anywhere}, ${byComment}`)}), hits.license_n, null) desc`,
      sql`hits.value`,
      sql`hits.license_n`,
    )
    .limit(limit)
})

const findAnywhere = (narrowed: SQL, after: boolean): SQL => sql`
  select ${licenseReach.licenseN} as license_n, ${sql.raw(String(anywhere))} as way, ${licenseReach.boughtOn} as value
  from ${licenseReach} join ${licenses} on ${licenses.n} = ${licenseReach.licenseN}
    join ${products} on ${products.code} = ${licenseReach.productCode}
  where ${narrowed} and (${holds(sql`${licenseReach.serialKey}`, 'serial')} or ${holds(sql`${licenseReach.orderKey}`, 'serial')}
    or ${holds(sql`${licenseReach.activationKey}`, 'key')} or ${holds(sql`${licenseReach.emailKey}`, 'email')}
    or ${holds(sql`${licenseReach.computerKey}`, 'computer')} or ${holds(sql`${licenses.commentKey}`, 'text')}
    or ${holds(sql`lower(${products.name} || ' ' || ${licenses.editionCode})`, 'text')})
    ${after ? sql`and (${licenseReach.boughtOn}, ${licenseReach.licenseN}) < (${sql.placeholder('afterValue')}, ${sql.placeholder('afterN')})` : sql``}
  order by ${licenseReach.boughtOn} desc, ${licenseReach.licenseN} desc limit iif(${isFew}, ${limit}, 0)`

const findByPrefix = (narrowed: SQL, i: number, after: boolean): SQL => {
  const prefix = prefixes[i] as (typeof prefixes)[number]
  const earlier = prefixes.slice(0, i).map((one) => sql` and not (${beginsWith(one)})`)
  return sql`
  select ${licenseReach.licenseN} as license_n, ${sql.raw(String(i + 1))} as way, ${prefix.column} as value
  from ${licenseReach} where ${narrowed} and ${beginsWith(prefix)}${sql.join(earlier)}
    ${after ? sql`and (${prefix.column}, ${licenseReach.licenseN}) > (${sql.placeholder('afterValue')}, ${sql.placeholder('afterN')})` : sql``}
  order by ${prefix.column}, ${licenseReach.licenseN} limit iif(${isFew}, 0, ${limit})`
}

const findByComment = (narrowed: SQL, after: boolean): SQL => sql`
  select license_comments.rowid as license_n, ${sql.raw(String(byComment))} as way, '' as value
  from license_comments cross join ${licenseReach} on ${licenseReach.licenseN} = license_comments.rowid
  where license_comments match ${sql.placeholder('phrase')} and ${narrowed}${sql.join(prefixes.map((one) => sql` and not (${beginsWith(one)})`))}
    ${after ? sql`and license_comments.rowid < ${sql.placeholder('afterN')}` : sql``}
  order by license_comments.rowid desc limit iif(${isFew}, 0, ${limit})`

/** A needle that nothing holds, for a search of which nothing is left once it is brought to a column's form. */
const nothing = '\u0001'
const upTo = (text: string) => `${text}\u{10FFFF}`

/** A page of the licenses that a search finds, within the filter. */
export function searchLicenses(
  reach: Reach,
  filter: LicenseFilter,
  today: Day,
  page: { limit: number; after: SearchCursor | null },
) {
  const text = folded(filter.q)
  const serial = referenceKey(filter.q) || nothing
  const key = serial.replaceAll('O', '0').replaceAll(/[IL]/g, '1')
  const email = filter.q.includes('@') ? emailKey(filter.q) : text
  const computer = filter.q.toUpperCase()
  const shape: Shape = `${filter.product ? 'product' : ''}|${filter.support ? 'support' : ''}|${filter.only ?? ''}|${page.after?.way ?? -1}`
  return searchOf(shape, {
    ...within(reach),
    ...supportRange(filter.support, today),
    product: filter.product,
    limit: page.limit,
    afterValue: page.after?.value,
    afterN: page.after?.n,
    ...{ text, serial, key, email, computer },
    ...{ serialEnd: upTo(serial), keyEnd: upTo(key), emailEnd: upTo(email), computerEnd: upTo(computer) },
    phrase: `"${text.replaceAll('"', '""')}"`,
  })
}
