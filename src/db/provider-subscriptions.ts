import { and, asc, eq, inArray, type SQL, sql } from 'drizzle-orm'
import type { Day } from '#src/domain/day.ts'
import type { Id } from '#src/domain/ids.ts'
import type { ProviderSubscription, SubscriptionOutcome } from '#src/domain/subscriptions/provider-subscription.ts'
import { build, compile, type Write, write } from './query.ts'
import { shopItems } from './schema/catalog.ts'
import { licenses } from './schema/licenses.ts'
import { orderItems, orders } from './schema/orders.ts'
import { providerCharges, providerSubscriptions } from './schema/payments.ts'
import { subscriptions } from './schema/sellers.ts'

const columns = {
  id: providerSubscriptions.id,
  told: providerSubscriptions.told,
  version: providerSubscriptions.version,
}

/** What the provider told of subscriptions so far, by its ids of them. */
export const listProviderSubscriptions = (provider: string, ids: readonly string[]) =>
  compile(
    build
      .select(columns)
      .from(providerSubscriptions)
      .where(and(eq(providerSubscriptions.provider, provider), inArray(providerSubscriptions.id, [...ids]))),
  )()

const isOf = (provider: string, id: string): SQL | undefined =>
  and(eq(providerSubscriptions.provider, provider), eq(providerSubscriptions.id, id))

/** Keeps what is told now: a new row where there was none, else the version that was read, or nothing (`expectOne`). */
export function keepTold(provider: string, told: ProviderSubscription, version: number | null, at: Date): Write {
  if (version === null) {
    const row = { provider, id: told.id, told, updatedAt: at }
    return write(build.insert(providerSubscriptions).values(row).onConflictDoNothing())
  }
  const set = { told, version: version + 1, updatedAt: at }
  const unchanged = and(isOf(provider, told.id), eq(providerSubscriptions.version, version))
  return write(build.update(providerSubscriptions).set(set).where(unchanged))
}

/** Keeps a charge; one that is kept already stays as it is. */
export const insertProviderCharge = (charge: typeof providerCharges.$inferInsert): Write =>
  write(build.insert(providerCharges).values(charge).onConflictDoNothing())

/** Whether nothing more was told of a subscription than what was read; for an expectation. */
export const isToldAs = (provider: string, id: string, version: number | null): SQL =>
  sql`coalesce((select ${providerSubscriptions.version} from ${providerSubscriptions} where ${isOf(provider, id)}), 0) = ${version ?? 0}`

const subscribed = compile(
  build
    .select({
      licenseId: licenses.id,
      accountId: licenses.accountId,
      serial: licenses.serial,
      email: licenses.email,
      size: licenses.size,
      endsOn: licenses.endsOn,
      boughtOn: licenses.boughtOn,
      refundedOn: orderItems.refundedOn,
      quantityIs: shopItems.quantityIs,
      reference: orders.reference,
      subscriptionId: subscriptions.id,
      term: subscriptions.term,
      startsOn: subscriptions.startsOn,
      termEndsOn: subscriptions.termEndsOn,
      canceledAt: subscriptions.canceledAt,
      unpaidAt: subscriptions.unpaidAt,
    })
    .from(orderItems)
    .innerJoin(orders, eq(orders.id, orderItems.orderId))
    .innerJoin(licenses, eq(licenses.orderItemId, orderItems.id))
    .leftJoin(shopItems, eq(shopItems.path, orderItems.path))
    .leftJoin(subscriptions, eq(subscriptions.licenseId, licenses.id))
    .where(
      and(
        sql`${orderItems.providerSubscriptionId} is not null`,
        eq(orderItems.providerSubscriptionId, sql.placeholder('id')),
      ),
    )
    .orderBy(asc(licenses.n)),
)

/** Licenses that a subscription of the provider pays for, the first bought first. */
export const listSubscribedLicenses = (id: string) => subscribed({ id })

export type SubscribedLicense = ReturnType<ReturnType<typeof listSubscribedLicenses>['rows']>[number]

/** Whether so many licenses belong to a subscription as were read; for an expectation. */
export const countsSubscribed = (id: string, count: number): SQL =>
  sql`(select count(*) from ${licenses} inner join ${orderItems} on ${orderItems.id} = ${licenses.orderItemId}
    where ${orderItems.providerSubscriptionId} = ${id}) = ${count}`

type Row = Omit<SubscriptionOutcome, 'quantity'> & {
  readonly id: Id<'subscription'>
  readonly licenseId: Id<'license'>
  readonly providerSubscriptionId: string
  readonly createdAt: Date
}

/** Makes the subscription of a license, or brings it to what the provider tells now. */
export function putProviderSubscription({ endsOn: termEndsOn, ...row }: Row): Write {
  const { term, startsOn, canceledAt, unpaidAt } = row
  return write(
    build
      .insert(subscriptions)
      .values({ ...row, termEndsOn })
      .onConflictDoUpdate({
        target: subscriptions.licenseId,
        set: { term, startsOn, termEndsOn, canceledAt, unpaidAt, version: sql`${subscriptions.version} + 1` },
      }),
  )
}

/** Moves a license's end, and its size where the quantity is its size. */
export const updateSubscribedLicense = (licenseId: Id<'license'>, endsOn: Day, size: number | null): Write =>
  write(
    build
      .update(licenses)
      .set({ endsOn, ...(size === null ? {} : { size }), version: sql`${licenses.version} + 1` })
      .where(eq(licenses.id, licenseId)),
  )
