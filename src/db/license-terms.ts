import { and, asc, eq, type SQL, sql } from 'drizzle-orm'
import type { Day } from '#src/domain/day.ts'
import type { Id } from '#src/domain/ids.ts'
import { licenseColumns, licenseInReach } from './licenses.ts'
import { isSold, ofEdition, offerColumns, ofProduct } from './offer-columns.ts'
import { build, compile, write } from './query.ts'
import { type Reach, within } from './reach.ts'
import { accounts } from './schema/accounts.ts'
import { accountProducts, creditBalances, creditEntries, editions, offers, products } from './schema/catalog.ts'
import { activationKeys, licenses, supports } from './schema/licenses.ts'

/** What a list of ids names: licenses, by their own id or by that of their support. */
const ids = sql`(select value from json_each(${sql.placeholder('ids')}))`
const named = sql`(select n from licenses where id in ${ids}
  union select l.n from supports as named join licenses as l on l.id = named.license_id where named.id in ${ids})`

const isGiven = sql<number>`exists (select 1 from ${accountProducts} where ${accountProducts.accountId} = ${licenses.accountId}
  and ${accountProducts.productCode} = ${licenses.productCode} and ${accountProducts.given} = 1)`

const licensesNamed = compile(
  build
    .select({ ...licenseColumns, editionRank: editions.rank, given: isGiven.mapWith(Boolean) })
    .from(licenses)
    .innerJoin(accounts, eq(accounts.id, licenses.accountId))
    .innerJoin(products, eq(products.code, licenses.productCode))
    .innerJoin(editions, and(eq(editions.productCode, licenses.productCode), eq(editions.code, licenses.editionCode)))
    .leftJoin(activationKeys, eq(activationKeys.id, licenses.activationKeyId))
    .leftJoin(supports, eq(supports.licenseId, licenses.id))
    .where(and(sql`${licenses.n} in ${named}`, licenseInReach))
    .orderBy(sql`${licenses.supportEndsOn} is not null`, asc(licenses.supportEndsOn), asc(licenses.n)),
)

const values = (reach: Reach, ids: readonly string[]) => ({ ...within(reach), ids: JSON.stringify(ids) })

/** Licenses by their ids, or by those of their support, with what decides acts on them; others of the ids are left out. */
export const listNamedLicenses = (reach: Reach, ids: readonly string[]) => licensesNamed(values(reach, ids))
export type NamedLicense = ReturnType<ReturnType<typeof listNamedLicenses>['rows']>[number]

const offersNamed = compile(
  build
    .select({ code: offers.code, ...offerColumns, rank: editions.rank, sold: isSold.mapWith(Boolean) })
    .from(offers)
    .innerJoin(products, ofProduct)
    .innerJoin(editions, ofEdition)
    .where(sql`${offers.productCode} in (select product_code from licenses where n in ${named})`)
    .orderBy(asc(editions.rank), sql`${offers.size} is null`, asc(offers.size)),
)

/** All offers of the products of licenses, withdrawn ones too. */
export const listOffersOf = (reach: Reach, ids: readonly string[]) => offersNamed(values(reach, ids))

const balancesNamed = compile(
  build
    .select({
      accountId: creditBalances.accountId,
      offerCode: creditBalances.offerCode,
      credits: creditBalances.credits,
    })
    .from(
      sql`(select distinct ${licenses.accountId} as account_id, ${licenses.productCode} as product_code
        from ${licenses} where ${licenses.n} in ${named} and ${licenseInReach}) as owners`,
    )
    .innerJoin(offers, sql`${offers.productCode} = owners.product_code`)
    .innerJoin(
      creditBalances,
      and(sql`${creditBalances.accountId} = owners.account_id`, eq(creditBalances.offerCode, offers.code)),
    ),
)

/** What the owners of licenses hold of the offers of their products. */
export const listOwnersBalances = (reach: Reach, ids: readonly string[]) => balancesNamed(values(reach, ids))

const paidNamed = compile(
  build
    .select({
      licenseId: sql<Id<'license'>>`${creditEntries.licenseId}`,
      accountId: creditEntries.accountId,
      offerCode: creditEntries.offerCode,
      quantity: sql<number>`-sum(${creditEntries.amount})`,
    })
    .from(creditEntries)
    .innerJoin(licenses, eq(licenses.id, creditEntries.licenseId))
    .where(and(sql`${licenses.n} in ${named}`, licenseInReach))
    .groupBy(creditEntries.licenseId, creditEntries.accountId, creditEntries.offerCode)
    .having(sql`sum(${creditEntries.amount}) < 0`),
)

/** Credits that were spent on licenses and not returned: by license, account and offer. */
export const listPaid = (reach: Reach, ids: readonly string[]) => paidNamed(values(reach, ids))

type Returning = {
  readonly id: Id<'creditEntry'>
  readonly licenseId: Id<'license'>
  readonly offerCode: string
  readonly quantity: number
  readonly actorId: string
  readonly at: Date
}

/** Returns credits of one offer to the account that paid them for a license, never more than it paid. */
export function returnSomeCredits({ id, licenseId, offerCode, quantity, actorId, at }: Returning) {
  const amount = sql<number>`min(cast(${quantity} as integer), -sum(${creditEntries.amount}))`
  const balance = sql`(select ${creditBalances.credits} from ${creditBalances}
    where ${creditBalances.accountId} = ${creditEntries.accountId} and ${creditBalances.offerCode} = ${creditEntries.offerCode})`
  return write(
    build.insert(creditEntries).select(
      build
        .select({
          id: sql<Id<'creditEntry'>>`${id}`.as('id'),
          accountId: creditEntries.accountId,
          offerCode: creditEntries.offerCode,
          amount: amount.as('amount'),
          reason: sql<'returned'>`'returned'`.as('reason'),
          balanceAfter: sql<number>`${balance} + ${amount}`.as('balance_after'),
          otherAccountId: sql<null>`null`.as('other_account_id'),
          licenseId: sql<Id<'license'>>`${licenseId}`.as('license_id'),
          actorId: sql<string>`${actorId}`.as('actor_id'),
          createdAt: sql<Date>`${at.getTime()}`.as('created_at'),
        })
        .from(creditEntries)
        .where(and(eq(creditEntries.licenseId, licenseId), eq(creditEntries.offerCode, offerCode)))
        .groupBy(creditEntries.accountId)
        .having(sql`sum(${creditEntries.amount}) < 0`)
        .limit(1),
    ),
  )
}

type Terms = {
  readonly id: Id<'license'>
  readonly editionCode: string
  readonly size: number | null
  readonly supportEndsOn: Day | null
}

/** Aborts a batch unless the license is still what an act was reckoned from. */
export const licenseIsStill = ({ id, editionCode, size, supportEndsOn }: Terms): SQL =>
  sql`exists (select 1 from ${licenses} where ${licenses.id} = ${id} and ${licenses.kind} = 'permanent'
    and ${licenses.editionCode} = ${editionCode} and ${licenses.size} is ${size}
    and ${licenses.supportEndsOn} is ${supportEndsOn})`

/** Aborts a batch unless a license is there without support. */
export const hasNoSupport = (id: Id<'license'>): SQL =>
  sql`not exists (select 1 from ${supports} where ${supports.licenseId} = ${id})`

/** Gives a license another edition and size. */
export const updateLicenseTerms = (id: Id<'license'>, editionCode: string, size: number | null) =>
  write(
    build
      .update(licenses)
      .set({ editionCode, size, version: sql`${licenses.version} + 1` })
      .where(eq(licenses.id, id)),
  )
