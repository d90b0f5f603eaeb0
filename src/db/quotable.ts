import { and, asc, eq, sql } from 'drizzle-orm'
import type { Quotable } from '#src/domain/quotes/quotable.ts'
import { billingCurrency } from './balances.ts'
import { isOwn, ownAccount } from './own-account.ts'
import { pricedOffers } from './priced-offers.ts'
import { build, compile, compiledBy, type Read } from './query.ts'
import { accountInReach, type Reach, within } from './reach.ts'
import { accounts } from './schema/accounts.ts'
import { billingAccounts } from './schema/billing.ts'
import { accountProducts, editions, offers, products } from './schema/catalog.ts'
import { licenses } from './schema/licenses.ts'
import { orders } from './schema/orders.ts'
import { subscriptions } from './schema/sellers.ts'

const ids = sql`(select value from json_each(${sql.placeholder('ids')}))`
const codes = sql`(select value from json_each(${sql.placeholder('codes')}))`

const quotables = () =>
  build
    .select({
      id: licenses.id,
      accountId: licenses.accountId,
      kind: licenses.kind,
      editionCode: licenses.editionCode,
      size: licenses.size,
      endsOn: licenses.endsOn,
      supportEndsOn: licenses.supportEndsOn,
      serial: licenses.serial,
      productCode: licenses.productCode,
      productName: products.name,
      pricingRule: products.pricingRule,
      unit: products.unit,
      editionName: editions.name,
      editionRank: editions.rank,
      subscriptionId: subscriptions.id,
      term: subscriptions.term,
      startsOn: subscriptions.startsOn,
      termEndsOn: subscriptions.termEndsOn,
      canceledAt: subscriptions.canceledAt,
      ofShop: sql<boolean>`${subscriptions.providerSubscriptionId} is not null`.mapWith(Boolean),
    })
    .from(licenses)
    .innerJoin(products, eq(products.code, licenses.productCode))
    .innerJoin(editions, and(eq(editions.productCode, licenses.productCode), eq(editions.code, licenses.editionCode)))
    .leftJoin(subscriptions, eq(subscriptions.licenseId, licenses.id))

const named = compile(quotables().where(and(sql`${licenses.id} in ${ids}`, isOwn(licenses.accountId))))
type Row = ReturnType<ReturnType<typeof named>['rows']>[number]

/** Licenses of the account itself by their ids, with what decides prices; others of the ids are left out. */
export function listQuotable(reach: Reach, licenseIds: readonly string[]): Read<Quotable[]> {
  const { statement, rows } = named({ ...within(reach), ids: JSON.stringify(licenseIds) })
  return { statement, rows: (set) => rows(set).map(quotableOf) }
}

function quotableOf({ subscriptionId: id, term, startsOn, termEndsOn, canceledAt, ofShop, ...license }: Row): Quotable {
  const isOne = id !== null && term !== null && startsOn !== null && termEndsOn !== null
  const subscription = isOne ? { id, term, startsOn, endsOn: termEndsOn, canceled: canceledAt !== null, ofShop } : null
  return { ...license, subscription }
}

/** How many supports are renewed together. */
export const mostRenewed = 100

/**
 * Permanent licenses of the account that were not refunded, those without support first, then by its end; of `ids` alone
 * where there are any.
 */
const renewable = (
  all: boolean,
) => sql`(select l.id from licenses as l where l.account_id = ${ownAccount} and l.kind = 'permanent' and l.ends_on is null
  ${all ? sql`` : sql`and (l.id in ${ids} or exists (select 1 from supports as s where s.license_id = l.id and s.id in ${ids}))`}
  order by l.support_ends_on is not null, l.support_ends_on, l.n limit ${sql.raw(String(mostRenewed))})`

const renewables = compiledBy((which: 'all' | 'some') =>
  quotables()
    .where(sql`${licenses.id} in ${renewable(which === 'all')}`)
    .orderBy(sql`${licenses.supportEndsOn} is not null`, asc(licenses.supportEndsOn), asc(licenses.n)),
)

/** Licenses of the account whose support can be bought or renewed: all, or those that are named by their id or support. */
export function listRenewable(reach: Reach, named: readonly string[] | null): Read<Quotable[]> {
  const values = { ...within(reach), ids: JSON.stringify(named ?? []) }
  const { statement, rows } = renewables(named === null ? 'all' : 'some', values)
  return { statement, rows: (set) => rows(set).map(quotableOf) }
}

const priced = compile(
  pricedOffers().where(
    sql`${offers.productCode} in (select product_code from licenses where id in ${ids}
      union select named.product_code from offers as named where named.code in ${codes})`,
  ),
)

const pricedSupport = compiledBy((which: 'all' | 'some') =>
  pricedOffers().where(
    sql`${offers.kind} = 'support' and ${offers.productCode} in
      (select product_code from licenses where id in ${renewable(which === 'all')})`,
  ),
)

/** The support offers of the licenses that `listRenewable` finds. */
export const listSupportOffers = (reach: Reach, named: readonly string[] | null) =>
  pricedSupport(named === null ? 'all' : 'some', { ...within(reach), ids: JSON.stringify(named ?? []) })

type Wanted = { readonly licenses: readonly string[]; readonly offers: readonly string[] }

/** All offers, withdrawn ones too, of the products of licenses and of offers. */
export const listPricedOffers = ({ licenses: ofLicenses, offers: ofOffers }: Wanted) =>
  priced({ ids: JSON.stringify(ofLicenses), codes: JSON.stringify(ofOffers) })

const buyer = compile(
  build
    .select({
      accountId: accounts.id,
      currency: sql<string | null>`(select o.currency from ${orders} as o where o.account_id = accounts.id
        order by o.ordered_at desc limit 1)`,
      balanceCurrency: sql<
        string | null
      >`iif(exists (select 1 from ${billingAccounts} b where b.account_id = accounts.id)
        or exists (select 1 from ${accountProducts} has join ${products} p on p.code = has.product_code and p.unit = 'server'
          where has.account_id = accounts.id), ${billingCurrency(sql`accounts.id`)}, null)`,
      upgradeUrl: sql<string>`coalesce((select above.upgrade_url from accounts as above where above.id = accounts.parent_id), '')`,
    })
    .from(accounts)
    .where(eq(accounts.n, accountInReach)),
)

/** The account that asks, the currency it last paid in, and where the account above sends its customers to upgrade. */
export const findBuyer = (reach: Reach) => buyer(within(reach))
