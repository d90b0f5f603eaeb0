import { and, asc, eq, type SQL, sql } from 'drizzle-orm'
import type { Day } from '#src/domain/day.ts'
import { isSuspended } from './actors.ts'
import { billingCurrency, monthlyOffer, tiersFrom } from './balances.ts'
import { build, compile, type Write, write } from './query.ts'
import { accounts } from './schema/accounts.ts'
import { billingAccounts, billingPlans, charges } from './schema/billing.ts'
import { accountProducts, prices, products } from './schema/catalog.ts'
import { activations } from './schema/computers.ts'

/** Products for servers that accounts have and are not charged for yet. */
const unplanned: SQL = sql`from ${accountProducts} has join ${products} p on p.code = has.product_code and p.unit = 'server'
  join ${accounts} a on a.id = has.account_id and a.kind <> 'vendor'
  where (has.given = 1 or has.active_computers > 0) and not exists (select 1 from ${billingPlans} plan
    where plan.account_id = has.account_id and plan.product_code = has.product_code)`

/** Whoever has a product for servers pays from a balance, and is charged for it from the next period on. */
export const openPlans = (nextPeriod: Day, at: Date): Write[] => [
  write(
    build
      .insert(billingAccounts)
      .select(
        sql`select distinct has.account_id, ${billingCurrency(sql`has.account_id`)}, cast(${at.getTime()} as integer) ${unplanned}`,
      )
      .onConflictDoNothing(),
  ),
  write(
    build
      .insert(billingPlans)
      .select(
        sql`select has.account_id, has.product_code, ${nextPeriod}, cast(${at.getTime()} as integer) ${unplanned}`,
      )
      .onConflictDoNothing(),
  ),
]

/** Servers of the product that were in use as the period began; none of an account that is suspended. */
const serversThen = sql<number>`iif(${isSuspended}, 0, (select count(*) from ${activations}
  where ${activations.accountId} = ${billingPlans.accountId} and ${activations.productCode} = ${billingPlans.productCode}
    and ${activations.activatedAt} < unixepoch(${billingPlans.nextPeriod}) * 1000
    and (${activations.releasedAt} is null or ${activations.releasedAt} >= unixepoch(${billingPlans.nextPeriod}) * 1000)))`

const isPriced = sql`exists (select 1 from ${prices} t where t.offer_code = ${monthlyOffer} and t.per = 'month' and t.currency = ${billingAccounts.currency})`

const due = compile(
  build
    .select({
      accountId: billingPlans.accountId,
      productCode: billingPlans.productCode,
      productName: products.name,
      period: billingPlans.nextPeriod,
      currency: billingAccounts.currency,
      offerCode: sql<string>`${monthlyOffer}`,
      servers: serversThen,
      tiers: sql<string>`(select json_group_array(json_array(t.min_quantity, t.unit_minor)) from ${prices} t
        where t.offer_code = ${monthlyOffer} and t.per = 'month' and t.currency = ${billingAccounts.currency})`.mapWith(
        tiersFrom,
      ),
    })
    .from(billingPlans)
    .innerJoin(billingAccounts, eq(billingAccounts.accountId, billingPlans.accountId))
    .innerJoin(accounts, eq(accounts.id, billingPlans.accountId))
    .innerJoin(products, eq(products.code, billingPlans.productCode))
    .where(and(sql`${billingPlans.nextPeriod} <= ${sql.placeholder('today')}`, isPriced))
    .orderBy(asc(billingPlans.nextPeriod), asc(billingPlans.accountId), asc(billingPlans.productCode))
    .limit(sql.placeholder('limit')),
)

/** Plans whose next period has begun, with what they were reckoned from; what has no price waits until it has one. */
export const listDuePlans = (today: Day, limit: number) => due({ today, limit })
export type DuePlan = ReturnType<ReturnType<typeof listDuePlans>['rows']>[number]

/** Goes on to the next period, unless somebody did; stands before `expectOne`. */
export const advancePlan = ({ accountId, productCode, period }: DuePlan, next: Day): Write =>
  write(
    build
      .update(billingPlans)
      .set({ nextPeriod: next })
      .where(
        and(
          eq(billingPlans.accountId, accountId),
          eq(billingPlans.productCode, productCode),
          eq(billingPlans.nextPeriod, period),
        ),
      ),
  )

/** A product charged for a period: once, by `charge_once`. */
export const insertCharge = (charge: typeof charges.$inferInsert): Write => write(build.insert(charges).values(charge))
