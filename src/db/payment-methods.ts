import { and, asc, desc, eq, isNull, sql } from 'drizzle-orm'
import type { Id } from '#src/domain/ids.ts'
import { isOwn } from './own-account.ts'
import { build, compile, type Write, write } from './query.ts'
import { accountInReach, type Reach, within } from './reach.ts'
import { accounts } from './schema/accounts.ts'
import { paymentMethods } from './schema/billing.ts'

const columns = {
  id: paymentMethods.id,
  brand: paymentMethods.brand,
  lastFour: paymentMethods.lastFour,
  expires: paymentMethods.expires,
  isDefault: paymentMethods.isDefault,
  version: paymentMethods.version,
}

const listed = compile(
  build
    .select(columns)
    .from(paymentMethods)
    .where(and(isOwn(paymentMethods.accountId), isNull(paymentMethods.removedAt)))
    .orderBy(desc(paymentMethods.isDefault), asc(paymentMethods.n))
    .limit(100),
)

/** The account's own ways to pay, the one that is charged first; their tokens stay in the database. */
export const listPaymentMethods = (reach: Reach) => listed(within(reach))

const one = compile(
  build
    .select(columns)
    .from(paymentMethods)
    .where(
      and(
        eq(paymentMethods.id, sql.placeholder('id')),
        isOwn(paymentMethods.accountId),
        isNull(paymentMethods.removedAt),
      ),
    ),
)

/** One of the account's own ways to pay. */
export const findPaymentMethod = (reach: Reach, id: string) => one({ ...within(reach), id })

const wallet = compile(
  build
    .select({ id: accounts.id, providerAccountId: accounts.providerAccountId })
    .from(accounts)
    .where(eq(accounts.n, accountInReach)),
)

/** The account that asks, as the provider knows it. */
export const findWalletOwner = (reach: Reach) => wallet(within(reach))

/** An account of which the provider says something. */
export const findToldAccount = compile(
  build
    .select({ id: accounts.id })
    .from(accounts)
    .where(eq(accounts.id, sql.placeholder('account'))),
)

type NewMethod = Omit<typeof paymentMethods.$inferInsert, 'n' | 'isDefault' | 'version'>

/** Keeps a payment method; the first of an account is its default. One that is known stays. */
export const insertPaymentMethod = (method: NewMethod): Write =>
  write(
    build
      .insert(paymentMethods)
      .values({
        ...method,
        isDefault: sql`not exists (select 1 from ${paymentMethods} where ${paymentMethods.accountId} = ${method.accountId}
          and ${paymentMethods.isDefault} = 1 and ${paymentMethods.removedAt} is null)`,
      })
      .onConflictDoNothing({ target: [paymentMethods.provider, paymentMethods.token] }),
  )

const isThere = (id: Id<'paymentMethod'>, version: number | 'any') =>
  and(
    eq(paymentMethods.id, id),
    isNull(paymentMethods.removedAt),
    version === 'any' ? undefined : eq(paymentMethods.version, version),
  )
const changed = sql`${paymentMethods.version} + 1`

/** Makes a method the default; stands before `expectOne`. The default before it is none any more. */
export const makeDefault = (accountId: Id<'account'>, id: Id<'paymentMethod'>, version: number | 'any'): Write[] => [
  write(
    build
      .update(paymentMethods)
      .set({ isDefault: false, version: changed })
      .where(
        and(
          eq(paymentMethods.accountId, accountId),
          eq(paymentMethods.isDefault, true),
          sql`${paymentMethods.id} <> ${id}`,
        ),
      ),
  ),
  write(build.update(paymentMethods).set({ isDefault: true, version: changed }).where(isThere(id, version))),
]

/** Removes a method; stands before `expectOne`. */
export const removePaymentMethod = (id: Id<'paymentMethod'>, version: number | 'any', at: Date): Write =>
  write(
    build.update(paymentMethods).set({ removedAt: at, isDefault: false, version: changed }).where(isThere(id, version)),
  )

/** The oldest that is left becomes the default, where the default was removed. */
export const leaveDefault = (accountId: Id<'account'>): Write =>
  write(
    build
      .update(paymentMethods)
      .set({ isDefault: true, version: changed })
      .where(
        sql`${paymentMethods.id} = (select m.id from ${paymentMethods} m where m.account_id = ${accountId} and m.removed_at is null
          order by m.n limit 1) and not exists (select 1 from ${paymentMethods} d where d.account_id = ${accountId}
          and d.removed_at is null and d.is_default = 1)`,
      ),
  )
