import { and, asc, desc, eq, type SQL, sql } from 'drizzle-orm'
import { emailKey } from '#src/domain/accounts/identifier.ts'
import type { Day } from '#src/domain/day.ts'
import { addDays } from '#src/domain/day.ts'
import type { Id } from '#src/domain/ids.ts'
import { daysAhead, type LicenseFilter, type LicenseSort, trialEndingDays } from '#src/domain/licenses/filter.ts'
import type { LicenseKind } from '#src/domain/licenses/license.ts'
import { graceDays } from '#src/domain/support/support.ts'
import { folded } from '#src/domain/text.ts'
import { build, compile, compiledBy, write } from './query.ts'
import { accountBelow, accountInReach, type Reach, within } from './reach.ts'
import { accounts } from './schema/accounts.ts'
import { editions, products } from './schema/catalog.ts'
import { activationKeys, licenseReach, licenses, noSupport, noSupportNeeded, supports } from './schema/licenses.ts'

/** Written out, for a select of licenses joined with their products and editions. */
const soldAbove = sql`exists (select 1 from offers as o join editions as e on e.product_code = o.product_code and e.code = o.edition_code
  where o.product_code = ${licenses.productCode} and o.kind = 'license' and o.withdrawn_at is null and ${products.withdrawnAt} is null
    and e.rank >= ${editions.rank} and (o.per_unit = 1 or (
      (o.size is null or o.size >= ${licenses.size}) and (e.rank > ${editions.rank} or o.size is null or o.size > ${licenses.size})
      and not (o.size is null and ${licenses.size} is null and e.rank = ${editions.rank}))))`

/** What was bought with a quote grows with another; what a seller or the shop bills is changed there. */
const isPaidByQuote = sql`not exists (select 1 from subscriptions as s where s.license_id = ${licenses.id}
  and (s.provider_subscription_id is not null or s.canceled_at is null))`

/** What every list and page says of a license. */
export const licenseColumns = {
  n: licenses.n,
  id: licenses.id,
  accountId: licenses.accountId,
  accountName: accounts.name,
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
  firstActivatedAt: licenses.firstActivatedAt,
  upgradable:
    sql<boolean>`(${licenses.kind} = 'subscription' or ${licenses.endsOn} is null) and ${soldAbove} and ${isPaidByQuote}`.mapWith(
      Boolean,
    ),
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
export function sortValue(sort: LicenseSort, { boughtOn, supportEndsOn, kind }: Sorted): string {
  if (sort.endsWith('bought')) return boughtOn
  return supportEndsOn ?? (kind === 'permanent' ? noSupport : noSupportNeeded)
}
type Sorted = { readonly boughtOn: Day; readonly supportEndsOn: Day | null; readonly kind: LicenseKind }

/** A page goes on after a row, or back before one; rows of a page going back come in the turned order. */
export type LicensePage = {
  readonly limit: number
  readonly after?: LicenseCursor | null
  readonly before?: LicenseCursor | null
}

type Shape =
  `${LicenseSort}|${'product' | ''}|${'support' | ''}|${string}|${'after' | 'before' | ''}|${'account' | ''}|${string}`

const listOf = compiledBy((shape: Shape) => {
  const [sort, product, support, only, from, account, owner] = shape.split('|') as [LicenseSort, ...string[]]
  const { column, ...sorted } = sortedBy(sort)
  const descending = sorted.descending !== (from === 'before')
  const order = descending ? desc : asc
  const top = account ? accountBelow : accountInReach
  const narrowed = and(
    product ? eq(licenseReach.productCode, sql.placeholder('product')) : undefined,
    support ? supportBetween : undefined,
    only ? stateConditions[only as keyof typeof stateConditions] : undefined,
    owner ? ownedBy[owner as keyof typeof ownedBy] : undefined,
    from ? keyset(column, descending) : undefined,
  )
  return build
    .select(licenseColumns)
    .from(licenseReach)
    .innerJoin(licenses, eq(licenses.n, licenseReach.licenseN))
    .innerJoin(accounts, eq(accounts.id, licenses.accountId))
    .innerJoin(products, eq(products.code, licenses.productCode))
    .innerJoin(editions, and(eq(editions.productCode, licenses.productCode), eq(editions.code, licenses.editionCode)))
    .leftJoin(activationKeys, eq(activationKeys.id, licenses.activationKeyId))
    .leftJoin(supports, eq(supports.licenseId, licenses.id))
    .where(and(eq(licenseReach.accountN, top), narrowed))
    .orderBy(order(column), order(licenseReach.licenseN))
    .limit(sql.placeholder('limit'))
})

/** Written out, so that the partial indexes of the reach table apply; a trial that ends soon did not begin long ago. */
export const stateConditions = {
  trial: sql`${licenseReach.kind} = 'trial'`,
  'trial-ending': sql`${licenseReach.kind} = 'trial'
    and ${licenseReach.boughtOn} >= (select date(${sql.placeholder('trialFrom')}, '-' || (2 * max(trial_max_days)) || ' days') from products)
    and (select trial.ends_on from licenses as trial where trial.n = ${licenseReach.licenseN})
      between ${sql.placeholder('trialFrom')} and ${sql.placeholder('trialTo')}`,
  'not-activated': sql`${licenseReach.activated} = 0`,
}

/** Licenses of the account at the top itself, or of those below it alone. */
const ownedBy = { own: eq(licenseReach.own, true), resellers: eq(licenseReach.own, false) }

export const supportBetween: SQL = sql`${licenseReach.supportEndsOn} between ${sql.placeholder('supportFrom')} and ${sql.placeholder('supportTo')}`

const keyset = (column: (typeof sortColumns)[keyof typeof sortColumns], descending: boolean): SQL =>
  sql`(${column}, ${licenseReach.licenseN}) ${sql.raw(descending ? '<' : '>')} (${sql.placeholder('besideValue')}, ${sql.placeholder('besideN')})`

/** The first and the last day there are; a license without support lies before the first. */
const firstDay = '0000-00-01'
const lastDay = '9999-12-31'

/** The days between which support must end to pass a filter, `null` where any may; none at all sorts before every day. */
export function supportRange({ support, ends }: Pick<LicenseFilter, 'support' | 'ends'>, today: Day) {
  if (support === null) return ends && { supportFrom: ends.from ?? firstDay, supportTo: ends.to ?? lastDay }
  const ahead = daysAhead(support)
  if (ahead !== null) return { supportFrom: today, supportTo: addDays(today, ahead) }
  return { supportFrom: noSupport, supportTo: support === 'none' ? noSupport : addDays(today, -graceDays - 1) }
}

/** Values of the conditions that a filter puts on a list; the shape says which of them there are. */
export const filterValues = (filter: LicenseFilter, today: Day) => ({
  ...supportRange(filter, today),
  product: filter.product,
  account: filter.account,
  trialFrom: today,
  trialTo: addDays(today, trialEndingDays),
})

/** A page of licenses beside a cursor, or the first; for lists without a search. */
export function listLicenses(reach: Reach, filter: LicenseFilter, today: Day, { limit, after, before }: LicensePage) {
  const from = before ? 'before' : after ? 'after' : ''
  const beside = before ?? after
  const ranged = filter.support || filter.ends ? 'support' : ''
  const account = filter.account ? 'account' : ''
  return listOf(
    `${filter.sort}|${filter.product ? 'product' : ''}|${ranged}|${filter.only ?? ''}|${from}|${account}|${filter.owner ?? ''}`,
    {
      ...within(reach),
      ...filterValues(filter, today),
      limit,
      besideValue: beside?.value,
      besideN: beside?.n,
    },
  )
}

export type LicenseRow = ReturnType<ReturnType<typeof listLicenses>['rows']>[number]

/** Of a license that is named: whether it lies in reach. */
export const licenseInReach = sql`exists (select 1 from ${licenseReach} where ${licenseReach.accountN} = ${accountInReach} and ${licenseReach.licenseN} = ${licenses.n})`

const oneLicense = compile(
  build
    .select({
      ...licenseColumns,
      activationKeyId: licenses.activationKeyId,
    })
    .from(licenses)
    .innerJoin(accounts, eq(accounts.id, licenses.accountId))
    .innerJoin(products, eq(products.code, licenses.productCode))
    .innerJoin(editions, and(eq(editions.productCode, licenses.productCode), eq(editions.code, licenses.editionCode)))
    .leftJoin(activationKeys, eq(activationKeys.id, licenses.activationKeyId))
    .leftJoin(supports, eq(supports.licenseId, licenses.id))
    .where(and(eq(licenses.id, sql.placeholder('id')), licenseInReach)),
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
      .where(
        and(
          eq(licenseReach.accountN, accountInReach),
          supportBetween,
          sql`(select ends_on from licenses where n = ${licenseReach.licenseN}) is null`,
        ),
      )
      .limit(countCap + 1)
      .as('capped'),
  ),
)

/** How many licenses have no support any more, but for those that were refunded, counted up to the cap. */
export const countMissingSupport = (reach: Reach, today: Day) =>
  missingSupport({ ...within(reach), ...supportRange({ support: 'missing', ends: null }, today) })

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
