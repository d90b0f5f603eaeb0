import { and, asc, desc, eq, inArray, lt, type SQL, sql } from 'drizzle-orm'
import type { CheckoutState } from '#src/domain/checkouts/checkout.ts'
import type { Id } from '#src/domain/ids.ts'
import { isOwn } from './own-account.ts'
import { build, compile, type Write, write } from './query.ts'
import { quoteStands } from './quotes.ts'
import { accountInReach, type Reach, within } from './reach.ts'
import { accountReach, accounts } from './schema/accounts.ts'
import { activationKeys, licenses } from './schema/licenses.ts'
import { orders } from './schema/orders.ts'
import { payments } from './schema/payments.ts'
import { checkouts, quoteLines, quotes } from './schema/quotes.ts'

/** Whether the account of a row is the reader's own or one below it. */
const isInReach = (accountId: SQL | typeof checkouts.accountId | typeof quotes.accountId): SQL =>
  sql`exists (select 1 from ${accountReach} join ${accounts} as reached on reached.n = ${accountReach.descendantN}
    where reached.id = ${accountId} and ${accountReach.ancestorN} = ${accountInReach})`

const checkoutColumns = {
  n: checkouts.n,
  id: checkouts.id,
  quoteId: checkouts.quoteId,
  accountId: checkouts.accountId,
  provider: checkouts.provider,
  sessionId: checkouts.sessionId,
  sessionUrl: checkouts.sessionUrl,
  state: checkouts.state,
  currency: checkouts.currency,
  dueMinor: checkouts.dueMinor,
  paidMinor: checkouts.paidMinor,
  paidCurrency: checkouts.paidCurrency,
  reference: checkouts.reference,
  createdAt: checkouts.createdAt,
  expiresAt: checkouts.expiresAt,
  paidAt: checkouts.paidAt,
  version: checkouts.version,
  quoteState: quotes.state,
  quoteValidUntil: quotes.validUntil,
  quoteStands,
  /** Where the quote is paid: by this checkout or by another one. */
  orderReference: sql<
    string | null
  >`(select ${orders.reference} from ${orders} where ${orders.id} = ${quotes.orderId})`,
}

const one = compile(
  build
    .select(checkoutColumns)
    .from(checkouts)
    .innerJoin(quotes, eq(quotes.id, checkouts.quoteId))
    .where(and(eq(checkouts.id, sql.placeholder('id')), isInReach(checkouts.accountId))),
)

/** One checkout with what is known of its quote, or nothing where it lies outside the reach. */
export const findCheckout = (reach: Reach, id: string) => one({ ...within(reach), id })

export type CheckoutRow = ReturnType<ReturnType<typeof findCheckout>['rows']>[number]

const newest = compile(
  build
    .select({ id: checkouts.id })
    .from(checkouts)
    .where(isOwn(checkouts.accountId))
    .orderBy(desc(checkouts.n))
    .limit(1),
)

/** The reader's own newest checkout: where somebody who comes back from the shop wants to be. */
export const findNewestCheckout = (reach: Reach) => newest(within(reach))

const lineColumns = {
  position: quoteLines.position,
  text: quoteLines.text,
  path: quoteLines.path,
  change: quoteLines.change,
  quantity: quoteLines.quantity,
  offerCode: quoteLines.offerCode,
  dueMinor: quoteLines.dueMinor,
}

const linesOfCheckout = compile(
  build
    .select(lineColumns)
    .from(checkouts)
    .innerJoin(quoteLines, eq(quoteLines.quoteId, checkouts.quoteId))
    .where(and(eq(checkouts.id, sql.placeholder('id')), isInReach(checkouts.accountId)))
    .orderBy(asc(quoteLines.position)),
)

/** What a checkout pays for, line by line. */
export const listCheckoutLines = (reach: Reach, id: string) => linesOfCheckout({ ...within(reach), id })

const keyOfCheckout = compile(
  build
    .select({ code: activationKeys.code })
    .from(checkouts)
    .innerJoin(
      activationKeys,
      and(
        eq(activationKeys.accountId, checkouts.accountId),
        eq(activationKeys.isDefault, true),
        sql`${activationKeys.productCode} is null and ${activationKeys.removedAt} is null`,
      ),
    )
    .where(and(eq(checkouts.id, sql.placeholder('id')), isInReach(checkouts.accountId))),
)

/** The default activation key of whoever a checkout is for. */
export const findCheckoutKey = (reach: Reach, id: string) => keyOfCheckout({ ...within(reach), id })

const licensesOfCheckout = compile(
  build
    .select({ id: licenses.id, serial: licenses.serial })
    .from(checkouts)
    .innerJoin(quotes, eq(quotes.id, checkouts.quoteId))
    .innerJoin(orders, eq(orders.id, quotes.orderId))
    .innerJoin(
      licenses,
      and(eq(licenses.orderReferenceKey, orders.referenceKey), eq(licenses.accountId, checkouts.accountId)),
    )
    .where(and(eq(checkouts.id, sql.placeholder('id')), isInReach(checkouts.accountId)))
    .orderBy(asc(licenses.n))
    .limit(20),
)

/** New licenses that a paid checkout brought, the first twenty. */
export const listCheckoutLicenses = (reach: Reach, id: string) => licensesOfCheckout({ ...within(reach), id })

const toBePaid = compile(
  build
    .select({
      id: quotes.id,
      accountId: quotes.accountId,
      state: quotes.state,
      currency: quotes.currency,
      totalMinor: quotes.totalMinor,
      validUntil: quotes.validUntil,
      name: accounts.name,
      email: accounts.email,
      country: accounts.country,
      providerAccountId: accounts.providerAccountId,
    })
    .from(quotes)
    .innerJoin(accounts, eq(accounts.id, quotes.accountId))
    .where(and(eq(quotes.id, sql.placeholder('id')), isInReach(quotes.accountId))),
)

/** A quote to be paid and who pays it, or nothing where it lies outside the reach. */
export const findPayableQuote = (reach: Reach, id: string) => toBePaid({ ...within(reach), id })

export type PayableQuote = ReturnType<ReturnType<typeof findPayableQuote>['rows']>[number]

const linesOfQuote = compile(
  build
    .select(lineColumns)
    .from(quoteLines)
    .innerJoin(quotes, eq(quotes.id, quoteLines.quoteId))
    .where(and(eq(quotes.id, sql.placeholder('id')), isInReach(quotes.accountId)))
    .orderBy(asc(quoteLines.position)),
)

/** What a quote is for, line by line. */
export const listPayableLines = (reach: Reach, id: string) => linesOfQuote({ ...within(reach), id })

export type PayableLine = ReturnType<ReturnType<typeof listPayableLines>['rows']>[number]

const openOf = compile(
  build
    .select(checkoutColumns)
    .from(checkouts)
    .innerJoin(quotes, eq(quotes.id, checkouts.quoteId))
    .where(
      and(
        eq(checkouts.quoteId, sql.placeholder('id')),
        inArray(checkouts.state, ['open', 'waiting', 'declined']),
        isInReach(checkouts.accountId),
      ),
    )
    .orderBy(desc(checkouts.n))
    .limit(1),
)

/** The newest checkout of a quote that could still be paid. */
export const findOpenCheckout = (reach: Reach, quoteId: string) => openOf({ ...within(reach), id: quoteId })

export const insertCheckout = (row: typeof checkouts.$inferInsert): Write => write(build.insert(checkouts).values(row))

const changed = sql`${checkouts.version} + 1`

/** Thirty days. */
const longestTransfer = 30 * 86_400_000

/** Gives a checkout that nobody paid a fresh session; stands before `expectOne('version-mismatch')`. */
export const renewSession = (
  id: Id<'checkout'>,
  version: number,
  session: { readonly id: string; readonly url: string; readonly expiresAt: Date },
): Write =>
  write(
    build
      .update(checkouts)
      .set({
        sessionId: session.id,
        sessionUrl: session.url,
        expiresAt: session.expiresAt,
        state: 'open',
        version: changed,
      })
      .where(and(eq(checkouts.id, id), eq(checkouts.version, version))),
  )

type Paid = {
  readonly state: Extract<CheckoutState, 'paid' | 'stale' | 'refunded'>
  readonly paidMinor: number
  readonly paidCurrency: string
  readonly providerOrderId: string
  readonly reference: string
  readonly paidAt: Date
}

/** Notes the payment of a checkout. One that was paid before keeps what it says: the second payment is the vendor's to see. */
export const payCheckout = (id: string, paid: Paid): Write =>
  write(
    build
      .update(checkouts)
      .set({ ...paid, version: changed })
      .where(and(eq(checkouts.id, id as Id<'checkout'>), sql`${checkouts.providerOrderId} is null`)),
  )

/** Moves the checkout that a held payment belongs to, once the vendor has settled it. */
export const settleCheckout = (id: string, providerOrderId: string, state: 'paid' | 'refunded', at: Date): Write =>
  write(
    build
      .update(checkouts)
      .set({ state, settledAt: at, version: changed })
      .where(and(eq(checkouts.id, id as Id<'checkout'>), eq(checkouts.providerOrderId, providerOrderId))),
  )

/**
 * What the provider says of a checkout that it was not paid for yet; one that was paid stays paid. A payment of a quote
 * that ended before `ends` came too late and is not waited for.
 */
export const tellCheckout = (id: string, state: Extract<CheckoutState, 'waiting' | 'declined'>, ends: Date): Write =>
  write(
    build
      .update(checkouts)
      .set({ state, version: changed })
      .where(
        and(
          eq(checkouts.id, id as Id<'checkout'>),
          inArray(checkouts.state, ['open', 'waiting', 'declined', 'abandoned']),
          state === 'waiting'
            ? sql`exists (select 1 from ${quotes} as q where q.id = ${checkouts}.quote_id and q.valid_until >= ${ends.getTime()})`
            : undefined,
        ),
      ),
  )

/**
 * Ends checkouts that nobody paid while their session lived, and those whose payment was under way and did not come for a
 * month. A payment that comes all the same is taken all the same.
 */
export const abandonCheckouts = (before: Date): Write =>
  write(
    build
      .update(checkouts)
      .set({ state: 'abandoned', version: changed })
      .where(
        and(
          sql`${checkouts.state} in ('open', 'waiting')`,
          lt(checkouts.expiresAt, before),
          sql`(${checkouts.state} = 'open' or ${checkouts.expiresAt} < ${before.getTime() - longestTransfer})`,
        ),
      ),
  )

const bySession = compile(
  build
    .select({
      id: checkouts.id,
      quoteId: checkouts.quoteId,
      accountId: checkouts.accountId,
      state: checkouts.state,
      currency: checkouts.currency,
      dueMinor: checkouts.dueMinor,
      expiresAt: checkouts.expiresAt,
      name: accounts.name,
      email: accounts.email,
      country: accounts.country,
      city: accounts.city,
    })
    .from(checkouts)
    .innerJoin(accounts, eq(accounts.id, checkouts.accountId))
    .where(and(eq(checkouts.provider, 'sandbox'), eq(checkouts.sessionId, sql.placeholder('session')))),
)

/** A session of the sandbox shop, by the id that nobody can guess. */
export const findSandboxSession = (session: string) => bySession({ session })

const linesOfSession = compile(
  build
    .select(lineColumns)
    .from(checkouts)
    .innerJoin(quoteLines, eq(quoteLines.quoteId, checkouts.quoteId))
    .where(and(eq(checkouts.provider, 'sandbox'), eq(checkouts.sessionId, sql.placeholder('session'))))
    .orderBy(asc(quoteLines.position)),
)

/** What a session of the sandbox shop holds. */
export const listSandboxLines = (session: string) => linesOfSession({ session })

const heldOf = compile(
  build
    .select({ problem: payments.problem, state: payments.state, reference: payments.reference })
    .from(payments)
    .where(eq(payments.checkoutId, sql.placeholder('id')))
    .orderBy(desc(payments.n))
    .limit(5),
)

const underWay = compile(
  build
    .select({ quoteId: checkouts.quoteId })
    .from(checkouts)
    .where(and(eq(checkouts.id, sql.placeholder('id')), eq(checkouts.state, 'waiting'))),
)

/** The quote of a checkout whose payment is under way, for a payment that comes in. */
export const findUnderWay = (id: string) => underWay({ id })

const waitingOf = compile(
  build
    .select({ id: checkouts.id })
    .from(checkouts)
    .where(
      and(
        eq(checkouts.quoteId, sql.placeholder('id')),
        sql`${checkouts.state} = 'waiting'`,
        isInReach(sql`${checkouts}.account_id`),
      ),
    )
    .orderBy(desc(checkouts.n))
    .limit(1),
)

/** The checkout of a quote whose payment is under way. */
export const findWaitingCheckout = (reach: Reach, quoteId: string) => waitingOf({ ...within(reach), id: quoteId })

/** Payments that came in for a checkout; read beside the checkout itself, which says whether it may be seen. */
export const listCheckoutPayments = (id: string) => heldOf({ id })
