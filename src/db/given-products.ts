import { and, asc, isNull, type SQL, sql } from 'drizzle-orm'
import type { Id } from '#src/domain/ids.ts'
import { build, compile, write } from './query.ts'
import { accountInReach, type Reach, within } from './reach.ts'
import { accountReach, accounts } from './schema/accounts.ts'
import { accountProducts, products } from './schema/catalog.ts'

const givable = compile(
  build
    .select({ code: products.code, name: products.name })
    .from(products)
    .where(
      and(
        isNull(products.withdrawnAt),
        sql`exists (select 1 from ${accounts} me where me.n = ${accountInReach} and (me.kind = 'vendor' or exists (
          select 1 from ${accountProducts} where ${accountProducts.accountId} = me.id
            and ${accountProducts.productCode} = ${products}.code and ${accountProducts.given} = 1)))`,
      ),
    )
    .orderBy(asc(products.position)),
)

/** The products somebody may give: those they were given themselves; the vendor gives all. */
export const listGivableProducts = (reach: Reach) => givable(within(reach))

const codesIn = (codes: readonly string[]): SQL => sql`(select value from json_each(${JSON.stringify(codes)}))`

/** Whether an account was given all of some products, and none was withdrawn; for the vendor only the latter counts. */
export const wereGiven = (accountId: Id<'account'>, codes: readonly string[]): SQL =>
  sql`not exists (select 1 from json_each(${JSON.stringify(codes)}) wanted where not exists (
    select 1 from ${products} p where p.code = wanted.value and p.withdrawn_at is null and exists (
      select 1 from ${accounts} me where me.id = ${accountId} and (me.kind = 'vendor' or exists (
        select 1 from ${accountProducts} given where given.account_id = me.id and given.product_code = p.code and given.given = 1)))))`

/** Gives products to an account; those it had stay as they are. */
export const giveProducts = (accountId: Id<'account'>, codes: readonly string[], at: Date) =>
  write(
    build
      .insert(accountProducts)
      .values(codes.map((productCode) => ({ accountId, productCode, given: true, createdAt: at })))
      .onConflictDoUpdate({ target: [accountProducts.accountId, accountProducts.productCode], set: { given: true } }),
  )

/** Takes products from an account and from all below it; what was assigned stays, and so do the counters. */
export const takeProducts = (accountId: Id<'account'>, codes: readonly string[]) =>
  write(
    build
      .update(accountProducts)
      .set({ given: false })
      .where(
        and(
          sql`${accountProducts.productCode} in ${codesIn(codes)}`,
          sql`${accountProducts.accountId} in (select a.id from ${accountReach} down join ${accounts} a on a.n = down.descendant_n
            where down.ancestor_n = (select top.n from ${accounts} top where top.id = ${accountId}))`,
        ),
      ),
  )
