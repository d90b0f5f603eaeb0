import { aliasedTable, and, desc, eq, isNotNull, isNull, sql } from 'drizzle-orm'
import type { Id } from '#src/domain/ids.ts'
import { build, compile, write } from './query.ts'
import { accounts } from './schema/accounts.ts'
import { activationKeys } from './schema/licenses.ts'
import { orders } from './schema/orders.ts'

/** The vendor: the one account at the top. */
export const findVendor = compile(
  build.select({ id: accounts.id, name: accounts.name }).from(accounts).where(eq(accounts.kind, 'vendor')),
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
