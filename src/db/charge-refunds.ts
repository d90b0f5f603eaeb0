import { and, asc, eq, type SQL, sql } from 'drizzle-orm'
import { build, compile } from './query.ts'
import { orderItems, orders } from './schema/orders.ts'
import { providerCharges, refunds } from './schema/payments.ts'

const ordersOf = (subscription: SQL) =>
  compile(
    build
      .select({
        id: orders.id,
        accountId: orders.accountId,
        reference: orders.reference,
        email: orders.email,
        name: orders.name,
      })
      .from(orderItems)
      .innerJoin(orders, eq(orders.id, orderItems.orderId))
      .where(sql`${orderItems.providerSubscriptionId} = ${subscription}`)
      .orderBy(asc(orders.n))
      .limit(1),
  )

/** The order that began a subscription of the provider, by its id of it. */
export const findOrderOfSubscription = ordersOf(sql`${sql.placeholder('subscription')}`)

/** The order that began the subscription that a charge was for, by the provider's id of the charge. */
export const findOrderOfCharge = ordersOf(
  sql`(select c.provider_subscription_id from provider_charges as c
    where c.provider = ${sql.placeholder('provider')} and c.provider_order_id = ${sql.placeholder('providerOrderId')})`,
)

export type ChargedOrder = ReturnType<ReturnType<typeof findOrderOfCharge>['rows']>[number]

/** Whether no charge of an id is kept; for an expectation. */
export const hasNoCharge = (provider: string, providerOrderId: string | null): SQL =>
  sql`not exists (select 1 from ${providerCharges} where ${providerCharges.provider} = ${provider}
    and ${providerCharges.providerOrderId} = ${providerOrderId})`

/** The refunds of a charge that came before it; none once the charge is kept. */
export const listRefundsBeforeCharge = compile(
  build
    .select({ id: refunds.providerReturnId, totalMinor: refunds.totalMinor, currency: refunds.currency })
    .from(refunds)
    .where(
      and(
        eq(refunds.provider, sql.placeholder('provider')),
        eq(refunds.providerOrderId, sql.placeholder('providerOrderId')),
        sql`not exists (select 1 from provider_charges as c
          where c.provider = ${sql.placeholder('provider')} and c.provider_order_id = ${sql.placeholder('providerOrderId')})`,
      ),
    ),
)

/** Whether so many refunds came before a charge as were read; for an expectation. */
export const countsRefundsBeforeCharge = (provider: string, providerOrderId: string, count: number): SQL =>
  sql`(select count(*) from ${refunds} where ${refunds.provider} = ${provider} and ${refunds.providerOrderId} = ${providerOrderId}
    and ${hasNoCharge(provider, providerOrderId)}) = ${count}`
