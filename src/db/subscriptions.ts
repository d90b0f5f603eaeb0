import { and, asc, desc, eq, isNull, type SQL, sql } from 'drizzle-orm'
import type { Day } from '#src/domain/day.ts'
import type { Id } from '#src/domain/ids.ts'
import { referenceKey } from '#src/domain/orders/reference.ts'
import type { SubscriptionFilter } from '#src/domain/subscriptions/filter.ts'
import { folded } from '#src/domain/text.ts'
import { build, compile, compiledBy, type Write, write } from './query.ts'
import { accountInReach, type Reach, within } from './reach.ts'
import { accounts } from './schema/accounts.ts'
import { products } from './schema/catalog.ts'
import { activationKeys, licenseReach, licenses } from './schema/licenses.ts'
import { subscriptions } from './schema/sellers.ts'

/** What every list and page says of a subscription. */
const subscriptionColumns = {
  n: licenses.n,
  id: subscriptions.id,
  licenseId: licenses.id,
  accountId: licenses.accountId,
  ownerName: accounts.name,
  serial: licenses.serial,
  productCode: licenses.productCode,
  productName: products.name,
  channels: sql<number>`${licenses.size}`,
  email: licenses.email,
  comment: licenses.comment,
  activationKey: activationKeys.code,
  term: subscriptions.term,
  startsOn: subscriptions.startsOn,
  endsOn: subscriptions.termEndsOn,
  canceledAt: subscriptions.canceledAt,
  unpaidAt: subscriptions.unpaidAt,
  providerSubscriptionId: subscriptions.providerSubscriptionId,
  orderReference: licenses.orderReference,
  boughtOn: licenses.boughtOn,
  version: subscriptions.version,
  createdAt: subscriptions.createdAt,
}

/** A row beside which a page begins. */
export type SubscriptionCursor = { readonly value: string; readonly n: number }

/** A page goes on after a row, or back before one; rows of a page going back come in the turned order. */
export type SubscriptionPage = {
  readonly limit: number
  readonly after?: SubscriptionCursor | null
  readonly before?: SubscriptionCursor | null
}

/** Written out, so that the index of subscriptions in reach applies. */
const isSubscription = sql`${licenseReach.kind} = 'subscription'`

/** What was bought with a quote has nobody who would renew it, so nothing to be canceled. */
const isOfQuote = sql`(${subscriptions.providerSubscriptionId} is null and ${licenses.orderReference} is not null)`
const runs = sql`${subscriptions.termEndsOn} >= ${sql.placeholder('today')}`

const states: Record<string, SQL> = {
  active: sql`(${subscriptions.canceledAt} is null or (${isOfQuote} and ${runs}))`,
  canceled: sql`${subscriptions.canceledAt} is not null and ${runs} and not ${isOfQuote}`,
  ended: sql`${subscriptions.canceledAt} is not null and ${subscriptions.termEndsOn} < ${sql.placeholder('today')}`,
}

const holds = (text: SQL, needle: string) => sql`instr(${text}, ${sql.placeholder(needle)}) > 0`
const found = sql`(${holds(sql`${licenseReach.serialKey}`, 'serial')} or ${holds(sql`${licenseReach.activationKey}`, 'serial')}
  or ${holds(sql`${licenseReach.emailKey}`, 'text')} or ${holds(sql`${licenses.commentKey}`, 'text')}
  or ${holds(sql`lower(${products.name})`, 'text')})`

type Shape = `${SubscriptionFilter['sort']}|${'q' | ''}|${string}|${'after' | 'before' | ''}`

const listOf = compiledBy((shape: Shape) => {
  const [sort, q, state, from] = shape.split('|') as [string, string, string, string]
  const descending = sort.startsWith('-') !== (from === 'before')
  const order = descending ? desc : asc
  const beside = sql`(${licenseReach.boughtOn}, ${licenseReach.licenseN}) ${sql.raw(descending ? '<' : '>')}
    (${sql.placeholder('besideValue')}, ${sql.placeholder('besideN')})`
  return build
    .select(subscriptionColumns)
    .from(licenseReach)
    .crossJoin(licenses)
    .innerJoin(subscriptions, eq(subscriptions.licenseId, licenses.id))
    .innerJoin(accounts, eq(accounts.id, licenses.accountId))
    .innerJoin(products, eq(products.code, licenses.productCode))
    .leftJoin(activationKeys, eq(activationKeys.id, licenses.activationKeyId))
    .where(
      and(
        eq(licenseReach.accountN, accountInReach),
        isSubscription,
        eq(licenses.n, licenseReach.licenseN),
        q ? found : undefined,
        state ? states[state] : undefined,
        from ? beside : undefined,
      ),
    )
    .orderBy(order(licenseReach.boughtOn), order(licenseReach.licenseN))
    .limit(sql.placeholder('limit'))
})

/** What a search never finds, for one of which nothing is left once it is brought to a column's form. */
const nothing = '\u0001'

/** A page of the subscriptions in reach, by the day they began. */
export function listSubscriptions(
  reach: Reach,
  filter: SubscriptionFilter,
  today: Day,
  { limit, after, before }: SubscriptionPage,
) {
  const beside = before ?? after
  const from = before ? 'before' : after ? 'after' : ''
  return listOf(`${filter.sort}|${filter.q ? 'q' : ''}|${filter.state ?? ''}|${from}`, {
    ...within(reach),
    text: folded(filter.q),
    serial: referenceKey(filter.q) || nothing,
    today,
    limit,
    besideValue: beside?.value,
    besideN: beside?.n,
  })
}

export type SubscriptionRow = ReturnType<ReturnType<typeof listSubscriptions>['rows']>[number]

const one = compile(
  build
    .select(subscriptionColumns)
    .from(subscriptions)
    .innerJoin(licenses, eq(licenses.id, subscriptions.licenseId))
    .innerJoin(accounts, eq(accounts.id, licenses.accountId))
    .innerJoin(products, eq(products.code, licenses.productCode))
    .leftJoin(activationKeys, eq(activationKeys.id, licenses.activationKeyId))
    .where(
      and(
        eq(subscriptions.id, sql.placeholder('id')),
        sql`exists (select 1 from ${licenseReach} where ${licenseReach.accountN} = ${accountInReach} and ${licenseReach.licenseN} = ${licenses.n})`,
      ),
    ),
)

/** One subscription, or nothing where it lies outside the reach. */
export const findSubscription = (reach: Reach, id: string) => one({ ...within(reach), id })

/** Makes the subscription of a license that stands before it in the batch. */
export const insertSubscription = (row: typeof subscriptions.$inferInsert) =>
  write(build.insert(subscriptions).values(row))

/** Aborts a batch unless the subscription is there and was not canceled. */
export const isNotCanceled = (id: Id<'subscription'>): SQL =>
  sql`(select ${subscriptions.canceledAt} is null from ${subscriptions} where ${subscriptions.id} = ${id})`

const changed = sql`${subscriptions.version} + 1`

/** Cancels at the end of the term that runs; stands before `expectOne('version-mismatch')`. */
export const cancelSubscriptionRow = (id: Id<'subscription'>, version: number, at: Date): Write =>
  write(
    build
      .update(subscriptions)
      .set({ canceledAt: at, version: changed })
      .where(and(eq(subscriptions.id, id), eq(subscriptions.version, version), isNull(subscriptions.canceledAt))),
  )

/** Marks a change of channels; stands before `expectOne('version-mismatch')` and `updateChannels`. */
export const touchSubscription = (id: Id<'subscription'>, version: number): Write =>
  write(
    build
      .update(subscriptions)
      .set({ version: changed })
      .where(and(eq(subscriptions.id, id), eq(subscriptions.version, version))),
  )

export const updateChannels = (licenseId: Id<'license'>, channels: number): Write =>
  write(
    build
      .update(licenses)
      .set({ size: channels, version: sql`${licenses.version} + 1` })
      .where(eq(licenses.id, licenseId)),
  )

const due = compile(
  build
    .select({
      id: subscriptions.id,
      licenseId: licenses.id,
      accountId: licenses.accountId,
      serial: licenses.serial,
      term: subscriptions.term,
      startsOn: subscriptions.startsOn,
      endsOn: subscriptions.termEndsOn,
    })
    .from(subscriptions)
    .innerJoin(licenses, eq(licenses.id, subscriptions.licenseId))
    .where(
      sql`${subscriptions.id} in (select late.id from subscriptions as late indexed by subscriptions_due
        where late.term_ends_on < ${sql.placeholder('today')} and late.canceled_at is null and late.provider_subscription_id is null
        order by late.term_ends_on limit ${sql.placeholder('limit')})`,
    ),
)

/** Subscriptions whose term is over and that nobody canceled; what a provider charges is the provider's to renew. */
export const listDueSubscriptions = (today: Day, limit: number) => due({ today, limit })

/** Moves a term's end to one that was paid for; stands behind an expectation that the license ends when it did. */
export const payTerm = (id: Id<'subscription'>, to: Day): Write =>
  write(build.update(subscriptions).set({ termEndsOn: to, version: changed }).where(eq(subscriptions.id, id)))

type Renewal = {
  readonly id: Id<'subscription'>
  readonly licenseId: Id<'license'>
  readonly from: Day
  readonly to: Day
}

/** Moves a term's end, once: stands before `expectOne('version-mismatch')` and `updateLicenseEnd`. */
export const renewTerm = ({ id, from, to }: Renewal): Write =>
  write(
    build
      .update(subscriptions)
      .set({ termEndsOn: to, version: changed })
      .where(and(eq(subscriptions.id, id), eq(subscriptions.termEndsOn, from), isNull(subscriptions.canceledAt))),
  )

export const updateLicenseEnd = ({ licenseId, to }: Pick<Renewal, 'licenseId' | 'to'>): Write =>
  write(
    build
      .update(licenses)
      .set({ endsOn: to, version: sql`${licenses.version} + 1` })
      .where(eq(licenses.id, licenseId)),
  )
