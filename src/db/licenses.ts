import { and, asc, desc, eq, type SQL, sql } from 'drizzle-orm'
import { emailKey } from '#src/domain/accounts/identifier.ts'
import type { Day } from '#src/domain/day.ts'
import { addDays } from '#src/domain/day.ts'
import type { Id } from '#src/domain/ids.ts'
import { daysAhead, type LicenseFilter, type LicenseSort, type SupportFilter } from '#src/domain/licenses/filter.ts'
import { graceDays } from '#src/domain/support/support.ts'
import { folded } from '#src/domain/text.ts'
import { build, compile, compiledBy, write } from './query.ts'
import { accountInReach, type Reach, within } from './reach.ts'
import { editions, products } from './schema/catalog.ts'
import { activationKeys, licenseReach, licenses, noSupport, supports } from './schema/licenses.ts'

/** What every list and page says of a license. */
export const licenseColumns = {
  n: licenses.n,
  id: licenses.id,
  accountId: licenses.accountId,
  serial: licenses.serial,
  productCode: licenses.productCode,
  productName: products.name,
  unit: products.unit,
  editionCode: licenses.editionCode,
  editionName: editions.name,
  size: licenses.size,
  kind: licenses.kind,
  endsOn: licenses.endsOn,
  boughtOn: licenses.boughtOn,
  orderReference: licenses.orderReference,
  activationKey: activationKeys.code,
  email: licenses.email,
  comment: licenses.comment,
  supportStartsOn: supports.startsOn,
  supportEndsOn: licenses.supportEndsOn,
  supportId: supports.id,
  computerId: licenses.computerId,
  computerName: licenses.computerName,
  version: licenses.version,
  createdAt: licenses.createdAt,
}

/** A row beside which a page of a list begins. */
export type LicenseCursor = { readonly value: string; readonly n: number }

const sortColumns = { bought: licenseReach.boughtOn, support: licenseReach.supportEndsOn } as const
const sortedBy = (sort: LicenseSort) => {
  const descending = sort.startsWith('-')
  return { column: sortColumns[sort.replace('-', '') as keyof typeof sortColumns], descending }
}

/** The value a row is sorted by, for the cursor after it. */
export const sortValue = (sort: LicenseSort, row: { boughtOn: Day; supportEndsOn: Day | null }): string =>
  sort.endsWith('bought') ? row.boughtOn : (row.supportEndsOn ?? noSupport)

/** A page goes on after a row, or back before one; rows of a page going back come in the turned order. */
export type LicensePage = {
  readonly limit: number
  readonly after?: LicenseCursor | null
  readonly before?: LicenseCursor | null
}

type Shape = `${LicenseSort}|${'product' | ''}|${'support' | ''}|${string}|${'after' | 'before' | ''}`

const listOf = compiledBy((shape: Shape) => {
  const [sort, product, support, only, from] = shape.split('|') as [LicenseSort, string, string, string, string]
  const { column, ...sorted } = sortedBy(sort)
  const descending = sorted.descending !== (from === 'before')
  const order = descending ? desc : asc
  return build
    .select(licenseColumns)
    .from(licenseReach)
    .innerJoin(licenses, eq(licenses.n, licenseReach.licenseN))
    .innerJoin(products, eq(products.code, licenses.productCode))
    .innerJoin(editions, and(eq(editions.productCode, licenses.productCode), eq(editions.code, licenses.editionCode)))
    .leftJoin(activationKeys, eq(activationKeys.id, licenses.activationKeyId))
    .leftJoin(supports, eq(supports.licenseId, licenses.id))
    .where(
      and(
        eq(licenseReach.accountN, accountInReach),
        product ? eq(licenseReach.productCode, sql.placeholder('product')) : undefined,
        support ? supportBetween : undefined,
        only ? stateConditions[only as keyof typeof stateConditions] : undefined,
        from ? keyset(column, descending) : undefined,
      ),
    )
    .orderBy(order(column), order(licenseReach.licenseN))
    .limit(sql.placeholder('limit'))
})

/** Written out, so that the partial indexes of the reach table apply. */
export const stateConditions = {
  trial: sql`${licenseReach.kind} = 'trial'`,
  'not-activated': sql`${licenseReach.activated} = 0`,
}

export const supportBetween: SQL = sql`${licenseReach.supportEndsOn} between ${sql.placeholder('supportFrom')} and ${sql.placeholder('supportTo')}`

const keyset = (column: (typeof sortColumns)[keyof typeof sortColumns], descending: boolean): SQL =>
  sql`(${column}, ${licenseReach.licenseN}) ${sql.raw(descending ? '<' : '>')} (${sql.placeholder('besideValue')}, ${sql.placeholder('besideN')})`

/** The days between which support must end to pass a filter; none at all sorts before every day. */
export function supportRange(filter: SupportFilter | null, today: Day) {
  if (filter === null) return {}
  const ahead = daysAhead(filter)
  return ahead === null
    ? { supportFrom: noSupport, supportTo: addDays(today, -graceDays - 1) }
    : { supportFrom: today, supportTo: addDays(today, ahead) }
}

/** A page of licenses beside a cursor, or the first; for lists without a search. */
export function listLicenses(reach: Reach, filter: LicenseFilter, today: Day, { limit, after, before }: LicensePage) {
  const from = before ? 'before' : after ? 'after' : ''
  const beside = before ?? after
  return listOf(
    `${filter.sort}|${filter.product ? 'product' : ''}|${filter.support ? 'support' : ''}|${filter.only ?? ''}|${from}`,
    {
      ...within(reach),
      ...supportRange(filter.support, today),
      product: filter.product,
      limit,
      besideValue: beside?.value,
      besideN: beside?.n,
    },
  )
}

export type LicenseRow = ReturnType<ReturnType<typeof listLicenses>['rows']>[number]

const inReach = sql`exists (select 1 from ${licenseReach} where ${licenseReach.accountN} = ${accountInReach} and ${licenseReach.licenseN} = ${licenses.n})`

const oneLicense = compile(
  build
    .select({
      ...licenseColumns,
      firstActivatedAt: licenses.firstActivatedAt,
      activationKeyId: licenses.activationKeyId,
    })
    .from(licenses)
    .innerJoin(products, eq(products.code, licenses.productCode))
    .innerJoin(editions, and(eq(editions.productCode, licenses.productCode), eq(editions.code, licenses.editionCode)))
    .leftJoin(activationKeys, eq(activationKeys.id, licenses.activationKeyId))
    .leftJoin(supports, eq(supports.licenseId, licenses.id))
    .where(and(eq(licenses.id, sql.placeholder('id')), inReach)),
)

/** One license, or nothing where it lies outside the reach. */
export const findLicense = (reach: Reach, id: string) => oneLicense({ ...within(reach), id })

/** More than this is shown as "100+". */
export const countCap = 100

const missingSupport = compile(
  build.select({ count: sql<number>`count(*)` }).from(
    build
      .select({ one: sql`1`.as('one') })
      .from(licenseReach)
      .where(and(eq(licenseReach.accountN, accountInReach), supportBetween))
      .limit(countCap + 1)
      .as('capped'),
  ),
)

/** How many licenses have no support any more, counted up to the cap. */
export const countMissingSupport = (reach: Reach, today: Day) =>
  missingSupport({ ...within(reach), ...supportRange('missing', today) })

/** Sets comment and e-mail; stands before `expectOne('version-mismatch')`. */
export const updateLicense = (
  id: Id<'license'>,
  version: number,
  { comment, email }: { comment: string; email: string },
) =>
  write(
    build
      .update(licenses)
      .set({
        comment,
        commentKey: folded(comment),
        email,
        emailKey: email === '' ? '' : emailKey(email),
        version: sql`${licenses.version} + 1`,
      })
      .where(and(eq(licenses.id, id), eq(licenses.version, version))),
  )

/** Aborts a batch unless the license is there, was never activated, and is still of this version where one is given. */
export const licenseIsThere = (id: Id<'license'>): SQL =>
  sql`exists (select 1 from ${licenses} where ${licenses.id} = ${id})`
export const licenseIsUnused = (id: Id<'license'>): SQL =>
  sql`(select ${licenses.firstActivatedAt} is null from ${licenses} where ${licenses.id} = ${id})`
export const licenseIsOfVersion = (id: Id<'license'>, version: number): SQL =>
  sql`exists (select 1 from ${licenses} where ${licenses.id} = ${id} and ${licenses.version} = ${version})`

/** Deletes a license with its support; stands behind the expectations above. */
export const deleteLicenseRow = (id: Id<'license'>) => write(build.delete(licenses).where(eq(licenses.id, id)))
