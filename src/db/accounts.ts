import { aliasedTable, and, desc, eq, isNotNull, isNull, sql } from 'drizzle-orm'
import { emailKey } from '#src/domain/accounts/identifier.ts'
import type { Id } from '#src/domain/ids.ts'
import { build, compile, write } from './query.ts'
import { accounts } from './schema/accounts.ts'
import { activationKeys } from './schema/licenses.ts'
import { orders } from './schema/orders.ts'

/** Written out, so that the partial index of the one vendor applies. */
const vendorKind = ({ kind }: Pick<typeof accounts, 'kind'>) => sql`${kind} = 'vendor'`

/** The vendor: the one account at the top. */
export const findVendor = compile(
  build.select({ id: accounts.id, name: accounts.name }).from(accounts).where(vendorKind(accounts)),
)

const vendor = aliasedTable(accounts, 'vendor')

/** The shop's customer of an e-mail, with the default key that all their orders join. */
export const findShopCustomer = compile(
  build
    .select({
      id: accounts.id,
      name: accounts.name,
      key: { id: activationKeys.id, code: activationKeys.code },
    })
    .from(accounts)
    .innerJoin(vendor, and(eq(vendor.id, accounts.parentId), eq(vendor.kind, 'vendor')))
    .leftJoin(
      activationKeys,
      and(
        eq(activationKeys.accountId, accounts.id),
        eq(activationKeys.isDefault, true),
        isNull(activationKeys.productCode),
        isNull(activationKeys.removedAt),
      ),
    )
    .where(and(eq(accounts.kind, 'customer'), eq(accounts.emailKey, sql.placeholder('email')))),
)

/** Opens an account; a second shop customer of an e-mail violates `accounts.parent_id, accounts.email_key`. */
export const insertAccount = (account: typeof accounts.$inferInsert) => write(build.insert(accounts).values(account))

/** Moves a customer to where their newest order that says a country was sent; stands after that order's insert. */
export function updatePlace(accountId: Id<'account'>) {
  const newest = (column: typeof orders.country | typeof orders.city) =>
    build
      .select({ column })
      .from(orders)
      .where(and(eq(orders.accountId, accountId), isNotNull(orders.country)))
      .orderBy(desc(orders.orderedAt), desc(orders.providerOrderId))
      .limit(1)
  const country = sql<string>`(${newest(orders.country)})`
  const city = sql<string>`(${newest(orders.city)})`
  return write(
    build
      .update(accounts)
      .set({ country, city, version: sql`${accounts.version} + 1` })
      .where(
        and(
          eq(accounts.id, accountId),
          sql`${country} is not null`,
          sql`(${accounts.country} is not ${country} or ${accounts.city} is not ${city})`,
        ),
      ),
  )
}

/** Keeps the account that the shop has of an account, where none is kept yet. */
export const updateProviderAccount = (id: Id<'account'>, providerAccountId: string) =>
  write(
    build
      .update(accounts)
      .set({ providerAccountId })
      .where(and(eq(accounts.id, id), isNull(accounts.providerAccountId))),
  )

/** Sets name and e-mail; stands before `expectOne('version-mismatch')`. */
export const updateProfile = (
  id: Id<'account'>,
  version: number,
  { name, email }: { readonly name: string; readonly email: string },
) =>
  write(
    build
      .update(accounts)
      .set({ name, email, emailKey: emailKey(email), version: sql`${accounts.version} + 1` })
      .where(and(eq(accounts.id, id), eq(accounts.version, version))),
  )

/** Suspends an account, or resumes it with `null`. */
export const updateSuspension = (id: Id<'account'>, suspendedAt: Date | null) =>
  write(
    build
      .update(accounts)
      .set({ suspendedAt, version: sql`${accounts.version} + 1` })
      .where(eq(accounts.id, id)),
  )

/** Sets from how many credits on an offer counts as low; no version: nothing else of the account depends on it. */
export const updateLowCredits = (id: Id<'account'>, lowCreditsAt: number) =>
  write(build.update(accounts).set({ lowCreditsAt }).where(eq(accounts.id, id)))
