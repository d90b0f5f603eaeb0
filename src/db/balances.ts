import { and, asc, desc, eq, type SQL, sql } from 'drizzle-orm'
import type { BalanceFilter, BalanceReason } from '#src/domain/billing/entry.ts'
import type { Id } from '#src/domain/ids.ts'
import { firstCurrency } from '#src/domain/quotes/currency.ts'
import type { Tier } from '#src/domain/quotes/offered.ts'
import { isOwn, ownAccount } from './own-account.ts'
import { build, compile, compiledBy, type Write, write } from './query.ts'
import { accountInReach, type Reach, within } from './reach.ts'
import { accounts } from './schema/accounts.ts'
import { balanceEntries, balances, billingAccounts, billingPlans, charges } from './schema/billing.ts'
import { accountProducts, offers, prices, products } from './schema/catalog.ts'
import { orders } from './schema/orders.ts'

/** The currency in which an account is charged: that of its balance, else what it paid in last where servers have a price in it. */
export const billingCurrency = (accountId: SQL): SQL<string> => sql<string>`coalesce(
  (select b.currency from ${billingAccounts} b where b.account_id = ${accountId}),
  (select o.currency from ${orders} o where o.account_id = ${accountId} and exists (select 1 from ${prices} p
    where p.currency = o.currency and p.per = 'month') order by o.ordered_at desc limit 1), ${sql.raw(`'${firstCurrency}'`)})`

const currencyOfAccount = billingCurrency(sql`${accounts.id}`)

const account = compile(
  build
    .select({
      id: accounts.id,
      name: accounts.name,
      currency: currencyOfAccount,
      balanceMinor: sql<number>`coalesce((select ${balances.balanceMinor} from ${balances}
        where ${balances.accountId} = ${accounts.id} and ${balances.currency} = ${currencyOfAccount}), 0)`,
    })
    .from(accounts)
    .where(eq(accounts.n, accountInReach)),
)

/** The account that asks, the currency it is charged in, and what it has in it. */
export const findBilling = (reach: Reach) => account(within(reach))
export type BillingRow = ReturnType<ReturnType<typeof findBilling>['rows']>[number]

const held = compile(
  build
    .select({ currency: balances.currency, balanceMinor: balances.balanceMinor })
    .from(balances)
    .where(isOwn(balances.accountId))
    .orderBy(asc(balances.currency)),
)

/** What the account has, in every currency that it ever paid into. */
export const listOwnBalances = (reach: Reach) => held(within(reach))

/** The offer by which servers of a product are charged: the first that has a price by the month. */
export const monthlyOffer = sql<
  string | null
>`(select o.code from ${offers} o where o.product_code = ${products.code} and o.kind = 'license'
  and o.per_unit = 1 and o.withdrawn_at is null and exists (select 1 from ${prices} p where p.offer_code = o.code and p.per = 'month')
  order by o.code limit 1)`

const plans = compile(
  build
    .select({
      productCode: products.code,
      productName: products.name,
      offerCode: monthlyOffer,
      servers: accountProducts.activeComputers,
      nextPeriod: billingPlans.nextPeriod,
      tiers: sql<string>`(select json_group_array(json_array(p.min_quantity, p.unit_minor)) from
        (select * from ${prices} t where t.offer_code = ${monthlyOffer} and t.per = 'month' and t.currency = ${billingCurrency(ownAccount)}
          order by t.min_quantity) p)`.mapWith(tiersFrom),
    })
    .from(accountProducts)
    .innerJoin(products, and(eq(products.code, accountProducts.productCode), eq(products.unit, 'server')))
    .leftJoin(
      billingPlans,
      and(
        eq(billingPlans.accountId, accountProducts.accountId),
        eq(billingPlans.productCode, accountProducts.productCode),
      ),
    )
    .where(
      sql`${accountProducts.accountId} = ${ownAccount} and (${accountProducts.given} = 1 or ${accountProducts.activeComputers} > 0)`,
    )
    .orderBy(asc(products.position)),
)

/** What the account is charged for each month: its products for servers, with servers in use and prices by volume. */
export const listPlans = (reach: Reach) => plans(within(reach))
export type PlanRow = ReturnType<ReturnType<typeof listPlans>['rows']>[number]

/** Prices by volume out of JSON pairs of a quantity and a price. */
export function tiersFrom(text: string): Tier[] {
  const rows = JSON.parse(text) as [number, number][]
  return rows.map(([minQuantity, unitMinor]) => ({ minQuantity, unitMinor }))
}

type Shape = `${'reason' | ''}|${'after' | 'before' | ''}`

const entriesOf = compiledBy((shape: Shape) => {
  const [reason, from] = shape.split('|')
  const ascending = from === 'before'
  return build
    .select({
      n: balanceEntries.n,
      id: balanceEntries.id,
      at: balanceEntries.createdAt,
      reason: balanceEntries.reason,
      currency: balanceEntries.currency,
      amountMinor: balanceEntries.amountMinor,
      balanceAfterMinor: balanceEntries.balanceAfterMinor,
      note: balanceEntries.note,
      orderReference: orders.reference,
      charge: {
        productCode: charges.productCode,
        productName: sql<string>`(select p.name from ${products} p where p.code = ${charges.productCode})`,
        period: charges.period,
        servers: charges.servers,
        minQuantity: charges.minQuantity,
        unitMinor: charges.unitMinor,
      },
    })
    .from(balanceEntries)
    .leftJoin(orders, eq(orders.id, balanceEntries.orderId))
    .leftJoin(charges, eq(charges.id, balanceEntries.chargeId))
    .where(
      and(
        isOwn(balanceEntries.accountId),
        reason ? eq(balanceEntries.reason, sql.placeholder('reason')) : undefined,
        from ? sql`${balanceEntries.n} ${sql.raw(ascending ? '>' : '<')} ${sql.placeholder('beside')}` : undefined,
      ),
    )
    .orderBy((ascending ? asc : desc)(balanceEntries.n))
    .limit(sql.placeholder('limit'))
})

type EntryPage = {
  readonly limit: number
  readonly after?: { readonly n: number } | null
  readonly before?: { readonly n: number } | null
}

/** A page of the account's own ledger, newest first. */
export const listBalanceEntries = (reach: Reach, { reason }: BalanceFilter, { limit, after, before }: EntryPage) =>
  entriesOf(`${reason ? 'reason' : ''}|${before ? 'before' : after ? 'after' : ''}`, {
    ...{ ...within(reach), reason, beside: (before ?? after)?.n, limit },
  })

export type BalanceEntryRow = ReturnType<ReturnType<typeof listBalanceEntries>['rows']>[number]

type NewEntry = {
  readonly id: Id<'balanceEntry'>
  readonly accountId: Id<'account'>
  readonly currency: string
  readonly reason: BalanceReason
  readonly amountMinor: number
  readonly chargeId?: Id<'charge'>
  readonly orderId?: Id<'order'>
  readonly orderItemId?: Id<'orderItem'>
  readonly note?: string
  readonly createdAt: Date
}

/** Writes a line of the ledger with the balance after it; the balance follows by trigger. */
export const insertBalanceEntry = (entry: NewEntry): Write =>
  write(
    build.insert(balanceEntries).values({
      ...entry,
      balanceAfterMinor: sql`coalesce((select ${balances.balanceMinor} from ${balances} where ${balances.accountId} = ${entry.accountId}
        and ${balances.currency} = ${entry.currency}), 0) + cast(${entry.amountMinor} as integer)`,
    }),
  )

/** The account pays from a balance in this currency from now on, unless it does already. */
export const insertBillingAccount = (row: typeof billingAccounts.$inferInsert): Write =>
  write(build.insert(billingAccounts).values(row).onConflictDoNothing())
