import { and, eq, gt, gte, inArray, isNull, or, type SQL, sql } from 'drizzle-orm'
import type { Day } from '#src/domain/day.ts'
import type { Id } from '#src/domain/ids.ts'
import { build, compile, type Write, write } from './query.ts'
import { licenses, supportPeriods } from './schema/licenses.ts'
import { orderItems, orders } from './schema/orders.ts'
import { refunds } from './schema/payments.ts'
import { subscriptions } from './schema/sellers.ts'

export const insertRefund = (refund: typeof refunds.$inferInsert): Write => write(build.insert(refunds).values(refund))

const ofOrder = or(
  and(
    eq(refunds.provider, sql.placeholder('provider')),
    eq(refunds.providerOrderId, sql.placeholder('providerOrderId')),
  ),
  eq(refunds.orderReferenceKey, sql.placeholder('reference')),
)

/** The refunds of an order, whatever came first. */
export const listRefunds = compile(
  build
    .select({
      id: refunds.providerReturnId,
      totalMinor: refunds.totalMinor,
      items: refunds.items,
      returnedAt: refunds.returnedAt,
    })
    .from(refunds)
    .where(ofOrder),
)

export type OrderRefund = ReturnType<ReturnType<typeof listRefunds>['rows']>[number]

/** Whether so many refunds of an order are kept as were read; for an expectation. */
export const countsRefunds = (provider: string, providerOrderId: string, reference: string, count: number): SQL =>
  sql`(select count(*) from ${refunds} where (${refunds.provider} = ${provider} and ${refunds.providerOrderId} = ${providerOrderId})
    or ${refunds.orderReferenceKey} = ${reference}) = ${count}`

const isOrder = or(
  and(eq(orders.provider, sql.placeholder('provider')), eq(orders.providerOrderId, sql.placeholder('providerOrderId'))),
  eq(orders.referenceKey, sql.placeholder('reference')),
)

/** The order that a refund is of, with its lines. */
export const listRefundableLines = compile(
  build
    .select({
      orderId: orders.id,
      accountId: orders.accountId,
      provider: orders.provider,
      providerOrderId: orders.providerOrderId,
      reference: orders.reference,
      referenceKey: orders.referenceKey,
      email: orders.email,
      name: orders.name,
      totalMinor: orders.totalMinor,
      itemId: orderItems.id,
      path: orderItems.path,
      display: orderItems.display,
      subtotalMinor: orderItems.subtotalMinor,
      refundedOn: orderItems.refundedOn,
    })
    .from(orders)
    .innerJoin(orderItems, eq(orderItems.orderId, orders.id))
    .where(isOrder)
    .orderBy(orderItems.position),
)

export type RefundableLine = ReturnType<ReturnType<typeof listRefundableLines>['rows']>[number]

/** Whether an order has not come in; for an expectation. */
export const hasNoOrder = (provider: string, providerOrderId: string | null, reference: string | null): SQL =>
  sql`not exists (select 1 from ${orders} where (${orders.provider} = ${provider} and ${orders.providerOrderId} = ${providerOrderId})
    or ${orders.referenceKey} = ${reference})`

/**
 * Ends what lines of an order brought, as their money went back on a day: licenses end on it unless they ended before,
 * support that was to come goes, support that runs is cut, and so is the paid term of a subscription that nobody charges by
 * itself.
 */
export function endRefunded(itemIds: readonly Id<'orderItem'>[], on: Day): Write[] {
  const items = [...itemIds]
  return [
    write(build.update(orderItems).set({ refundedOn: on }).where(inArray(orderItems.id, items))),
    write(
      build
        .update(licenses)
        .set({ endsOn: sql`min(coalesce(${licenses.endsOn}, ${on}), ${on})`, version: sql`${licenses.version} + 1` })
        .where(inArray(licenses.orderItemId, items)),
    ),
    write(
      build
        .update(subscriptions)
        .set({
          termEndsOn: sql`max(${subscriptions.startsOn}, min(${subscriptions.termEndsOn}, ${on}))`,
          version: sql`${subscriptions.version} + 1`,
        })
        .where(
          and(
            inArray(
              subscriptions.licenseId,
              build.select({ id: licenses.id }).from(licenses).where(inArray(licenses.orderItemId, items)),
            ),
            isNull(subscriptions.providerSubscriptionId),
          ),
        ),
    ),
    write(
      build
        .delete(supportPeriods)
        .where(and(inArray(supportPeriods.orderItemId, items), gt(supportPeriods.startsOn, on))),
    ),
    write(
      build
        .update(supportPeriods)
        .set({ endsOn: on })
        .where(and(inArray(supportPeriods.orderItemId, items), gte(supportPeriods.endsOn, on))),
    ),
  ]
}
