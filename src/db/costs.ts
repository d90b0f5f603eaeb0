import { asc, eq, type SQL, sql } from 'drizzle-orm'
import type { Day } from '#src/domain/day.ts'
import { billingCurrency } from './balances.ts'
import { ownAccount } from './own-account.ts'
import { build, compile } from './query.ts'
import { type Reach, within } from './reach.ts'
import { charges } from './schema/billing.ts'
import { offers, products } from './schema/catalog.ts'
import { invoices } from './schema/invoices.ts'
import { orderItems, orders } from './schema/orders.ts'
import { refunds } from './schema/payments.ts'

/** Whose costs, since which first day of a month, and of which product: SQL, where `null` is all products. */
type Asked = { readonly account: SQL; readonly from: SQL; readonly product: SQL }

/** What servers were charged, in the currency of the balance. */
const charged = ({ account, from, product }: Asked) =>
  build
    .select({
      what: sql<'servers'>`'servers'`,
      period: charges.period,
      productCode: sql<string | null>`${charges.productCode}`,
      productName: sql<string | null>`${products.name}`,
      amountMinor: charges.amountMinor,
      currency: charges.currency,
    })
    .from(charges)
    .innerJoin(products, eq(products.code, charges.productCode))
    .where(
      sql`${charges.accountId} = ${account} and ${charges.period} >= ${from} and ${charges.currency} = ${billingCurrency(account)}
        and (${product} is null or ${charges.productCode} = ${product})`,
    )
    .orderBy(asc(products.position), asc(charges.period))

const ofNoProduct = { productCode: sql<string | null>`null`, productName: sql<string | null>`null` }
const monthOrdered = sql<Day>`strftime('%Y-%m-01', ${orders.orderedAt} / 1000, 'unixepoch')`

/** What was ordered in the shop and not refunded, before tax; what was paid into the balance is no cost yet. */
const ordered = ({ account, from, product }: Asked) =>
  build
    .select({
      what: sql<'orders'>`'orders'`,
      period: monthOrdered,
      ...ofNoProduct,
      amountMinor: sql<number>`sum(${orderItems.subtotalMinor})`,
      currency: orders.currency,
    })
    .from(orders)
    .innerJoin(orderItems, eq(orderItems.orderId, orders.id))
    .where(
      sql`${orders.accountId} = ${account} and ${orders.orderedAt} >= unixepoch(${from}) * 1000
        and ${orders.currency} = ${billingCurrency(account)} and ${orderItems.refundedOn} is null
        and ${orderItems.path} <> 'top-up' and (${product} is null or exists (select 1 from ${offers} as f
          where f.code = ${orderItems.offerCode} and f.product_code = ${product}))`,
    )
    .groupBy(monthOrdered)
    .orderBy(monthOrdered)

const monthRenewed = sql<Day>`strftime('%Y-%m-01', i.period)`
const chargeKey = sql.raw('i.provider_charge_key')

/** What the shop charged for subscriptions that went on, less what went back of it. */
const renewed = ({ account, from, product }: Asked) =>
  build
    .select({
      what: sql<'renewals'>`'renewals'`,
      period: monthRenewed,
      ...ofNoProduct,
      amountMinor: sql<number>`sum(max(i.total_minor - coalesce((select sum(r.total_minor) from ${refunds} as r
        where r.provider = substr(${chargeKey}, 1, instr(${chargeKey}, ':') - 1)
        and r.provider_order_id = substr(${chargeKey}, instr(${chargeKey}, ':') + 1)), 0), 0))`,
      currency: sql<string>`i.currency`,
    })
    .from(sql`${invoices} as i`)
    .where(
      sql`i.account_id = ${account} and i.period >= ${from} and ${chargeKey} is not null
        and i.currency = ${billingCurrency(account)} and (${product} is null or exists (select 1 from ${orderItems} as s
          join ${offers} as f on f.code = s.offer_code where s.order_id = i.order_id
          and s.provider_subscription_id is not null and f.product_code = ${product}))`,
    )
    .groupBy(monthRenewed)
    .orderBy(monthRenewed)

/** The reads of all that cost an account something, each by month: servers, orders of the shop, renewals. */
export const costsOfAsked = (asked: Asked) =>
  [compile(charged(asked)), compile(ordered(asked)), compile(renewed(asked))] as const

const [ownCharged, ownOrdered, ownRenewed] = costsOfAsked({
  ...{ account: ownAccount, from: sql`${sql.placeholder('from')}`, product: sql`null` },
})

/** What everything cost the reader's own account since a month. */
export const costReads = (reach: Reach, from: Day) => {
  const values = { ...within(reach), from }
  return [ownCharged(values), ownOrdered(values), ownRenewed(values)] as const
}
