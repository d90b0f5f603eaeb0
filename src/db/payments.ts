import { and, asc, desc, eq, or, sql } from 'drizzle-orm'
import type { Id } from '#src/domain/ids.ts'
import type { PaymentFilter, PaymentState } from '#src/domain/payments/payment.ts'
import { build, compile, compiledBy, type Write, write } from './query.ts'
import { isVendors, type Reach, within } from './reach.ts'
import { providerEvents } from './schema/orders.ts'
import { payments } from './schema/payments.ts'

const columns = {
  n: payments.n,
  id: payments.id,
  provider: payments.provider,
  providerOrderId: payments.providerOrderId,
  eventId: payments.eventId,
  reference: payments.reference,
  live: payments.live,
  currency: payments.currency,
  totalMinor: payments.totalMinor,
  taxMinor: payments.taxMinor,
  email: payments.email,
  name: payments.name,
  quoteId: payments.quoteId,
  checkoutId: payments.checkoutId,
  accountId: payments.accountId,
  orderId: payments.orderId,
  state: payments.state,
  problem: payments.problem,
  paidAt: payments.paidAt,
  receivedAt: payments.receivedAt,
  settledAt: payments.settledAt,
  settledBy: payments.settledBy,
  version: payments.version,
}

/** The payment that an order of the provider is, by its id or its reference; one that is held or applied. */
export const findPaymentOfOrder = compile(
  build
    .select(columns)
    .from(payments)
    .where(
      or(
        and(
          eq(payments.provider, sql.placeholder('provider')),
          eq(payments.providerOrderId, sql.placeholder('providerOrderId')),
        ),
        eq(payments.referenceKey, sql.placeholder('reference')),
      ),
    ),
)

/** Keeps a payment; one of the same order violates `payments.provider, payments.provider_order_id`. */
export const insertPayment = (payment: typeof payments.$inferInsert): Write =>
  write(build.insert(payments).values(payment))

type Settled = {
  readonly state: PaymentState
  readonly at: Date
  readonly by: string
  readonly orderId?: Id<'order'>
}

/** Settles a payment; with a version only that one, before `expectOne('version-mismatch')`. */
export const settlePayment = (id: Id<'payment'>, version: number | null, { state, at, by, orderId }: Settled): Write =>
  write(
    build
      .update(payments)
      .set({
        ...{ state, settledAt: at, settledBy: by, version: sql`${payments.version} + 1` },
        ...(orderId ? { orderId } : {}),
      })
      .where(and(eq(payments.id, id), version === null ? undefined : eq(payments.version, version))),
  )

const listOf = compiledBy((shape: `${PaymentFilter['state']}|${'after' | 'before' | ''}`) => {
  const [state, from] = shape.split('|') as [PaymentFilter['state'], string]
  const order = from === 'before' ? asc : desc
  const beside = sql`${payments.n} ${sql.raw(from === 'before' ? '>' : '<')} ${sql.placeholder('besideN')}`
  return build
    .select(columns)
    .from(payments)
    .where(and(state === 'held' ? sql`${payments.state} = 'held'` : undefined, from ? beside : undefined, isVendors))
    .orderBy(order(payments.n))
    .limit(sql.placeholder('limit'))
})

type PaymentPage = {
  readonly limit: number
  readonly after?: { readonly n: number } | null
  readonly before?: { readonly n: number } | null
}

/** A page of the payments that came in for quotes, the newest first. */
export const listPayments = (reach: Reach, { state }: PaymentFilter, { limit, after, before }: PaymentPage) =>
  listOf(`${state}|${before ? 'before' : after ? 'after' : ''}`, {
    ...within(reach),
    limit,
    besideN: (before ?? after)?.n,
  })

export type PaymentRow = ReturnType<ReturnType<typeof listPayments>['rows']>[number]

const one = compile(
  build
    .select(columns)
    .from(payments)
    .where(and(eq(payments.id, sql.placeholder('id')), isVendors)),
)

const received = compile(
  build
    .select({ text: providerEvents.payload })
    .from(payments)
    .innerJoin(
      providerEvents,
      and(eq(providerEvents.provider, payments.provider), eq(providerEvents.id, payments.eventId)),
    )
    .where(and(eq(payments.id, sql.placeholder('id')), isVendors)),
)

/** The event that told of a payment, as it was received. */
export const findPaymentEvent = (reach: Reach, id: string) => received({ ...within(reach), id })

/** One payment, or nothing for anybody but the vendor. */
export const findPayment = (reach: Reach, id: string) => one({ ...within(reach), id })
