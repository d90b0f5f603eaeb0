import { asc, eq, sql } from 'drizzle-orm'
import type { Day } from '#src/domain/day.ts'
import { billingCurrency } from './balances.ts'
import { ownAccount } from './own-account.ts'
import { build, compile } from './query.ts'
import { type Reach, within } from './reach.ts'
import { charges } from './schema/billing.ts'
import { products } from './schema/catalog.ts'
import { orderItems, orders } from './schema/orders.ts'

const ofCurrency = billingCurrency(ownAccount)

const charged = compile(
  build
    .select({
      period: charges.period,
      productCode: charges.productCode,
      productName: products.name,
      amountMinor: charges.amountMinor,
    })
    .from(charges)
    .innerJoin(products, eq(products.code, charges.productCode))
    .where(
      sql`${charges.accountId} = ${ownAccount} and ${charges.period} >= ${sql.placeholder('from')} and ${charges.currency} = ${ofCurrency}`,
    )
    .orderBy(asc(products.position), asc(charges.period)),
)

/** What servers were charged since a month, in the currency of the balance. */
export const listChargedSince = (reach: Reach, from: Day) => charged({ ...within(reach), from })

const month = sql<Day>`strftime('%Y-%m-01', ${orders.orderedAt} / 1000, 'unixepoch')`

const ordered = compile(
  build
    .select({
      period: month,
      productCode: sql<null>`null`,
      productName: sql<null>`null`,
      amountMinor: sql<number>`sum(${orderItems.subtotalMinor})`,
    })
    .from(orders)
    .innerJoin(orderItems, eq(orderItems.orderId, orders.id))
    .where(
      sql`${orders.accountId} = ${ownAccount} and ${orders.orderedAt} >= unixepoch(${sql.placeholder('from')}) * 1000
        and ${orders.currency} = ${ofCurrency} and ${orderItems.refundedOn} is null
        and ${orderItems.path} <> 'top-up'`,
    )
    .groupBy(month)
    .orderBy(month),
)

/** What was ordered in the shop since a month and not refunded, before tax; what was paid into the balance is no cost yet. */
export const listOrderedSince = (reach: Reach, from: Day) => ordered({ ...within(reach), from })
