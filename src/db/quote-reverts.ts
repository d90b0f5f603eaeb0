import { and, eq, isNull, sql } from 'drizzle-orm'
import { addDays } from '#src/domain/day.ts'
import type { QuoteChange } from '#src/domain/quotes/change.ts'
import { build, compile, type Write, write } from './query.ts'
import { balanceEntries } from './schema/billing.ts'
import { licenses } from './schema/licenses.ts'
import { orderItems, orders } from './schema/orders.ts'
import { quoteLines, quotes } from './schema/quotes.ts'
import { subscriptions } from './schema/sellers.ts'

/** What a quote changed of a license that was there before, with the license as it is by now. */
export const listRevertible = compile(
  build
    .select({
      quoteId: quotes.id,
      change: quoteLines.change,
      /** What the line cost by what was paid for it. */
      dueMinor: sql<number>`coalesce(${orderItems.subtotalMinor}, ${quoteLines.dueMinor})`,
      currency: quotes.currency,
      payerId: quotes.accountId,
      orderId: orders.id,
      orderItemId: orderItems.id,
      /** What left the balance again of a line that was paid into it. */
      takenMinor: sql<number>`coalesce(-(select sum(b.amount_minor) from ${balanceEntries} b
        where b.order_item_id = ${orderItems.id} and b.reason = 'refund'), 0)`,
      licenseId: licenses.id,
      accountId: licenses.accountId,
      serial: licenses.serial,
      editionCode: licenses.editionCode,
      size: licenses.size,
      endsOn: licenses.endsOn,
    })
    .from(orders)
    .innerJoin(quotes, eq(quotes.orderId, orders.id))
    .innerJoin(quoteLines, eq(quoteLines.quoteId, quotes.id))
    .leftJoin(orderItems, and(eq(orderItems.orderId, orders.id), eq(orderItems.position, quoteLines.position)))
    .leftJoin(licenses, sql`${licenses.id} = ${quoteLines.change} ->> 'license'`)
    .where(
      sql`(${orders.provider} = ${sql.placeholder('provider')} and ${orders.providerOrderId} = ${sql.placeholder('providerOrderId')})
        or ${orders.referenceKey} = ${sql.placeholder('reference')}`,
    )
    .orderBy(quoteLines.position),
)

export type Revertible = ReturnType<ReturnType<typeof listRevertible>['rows']>[number]

const changed = sql`${licenses.version} + 1`

/**
 * Takes back what a line changed of a license, where the license still is what the line made of it. Empty for lines whose
 * licenses and support end with the order that brought them.
 */
export function revertLine(change: QuoteChange): Write[] {
  if (change.kind === 'license-upgrade') {
    const { license, from, to } = change
    const size = to.size === null ? isNull(licenses.size) : eq(licenses.size, to.size)
    const set = { editionCode: from.edition, size: from.size, version: changed }
    return [
      write(
        build
          .update(licenses)
          .set(set)
          .where(and(eq(licenses.id, license), eq(licenses.editionCode, to.edition), size)),
      ),
    ]
  }
  if (change.kind === 'channels') {
    const { license, from, to } = change
    const isSo = and(eq(licenses.id, license), eq(licenses.size, to))
    return [write(build.update(licenses).set({ size: from, version: changed }).where(isSo))]
  }
  if (change.kind !== 'subscription-term') return []
  const before = addDays(change.startsOn, -1)
  const isSo = and(eq(licenses.id, change.license), eq(licenses.endsOn, change.endsOn))
  const isTerm = and(eq(subscriptions.licenseId, change.license), eq(subscriptions.termEndsOn, change.endsOn))
  return [
    write(build.update(licenses).set({ endsOn: before, version: changed }).where(isSo)),
    write(
      build
        .update(subscriptions)
        .set({ termEndsOn: sql`max(${subscriptions.startsOn}, ${before})`, version: sql`${subscriptions.version} + 1` })
        .where(isTerm),
    ),
  ]
}
