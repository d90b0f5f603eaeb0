import { and, asc, eq, isNull, type SQL, sql } from 'drizzle-orm'
import type { Id } from '#src/domain/ids.ts'
import { build, compile } from './query.ts'
import { accountInReach, type Reach, within } from './reach.ts'
import { accounts } from './schema/accounts.ts'
import { accountProducts, creditBalances, editions, offers, products } from './schema/catalog.ts'

/** The account that asks, by the id that products and credits know it by. */
const ownAccount: SQL<Id<'account'>> =
  sql`(select ${accounts.id} from ${accounts} where ${accounts.n} = ${accountInReach})`

const creditsFor = (kind: 'license' | 'support') => sql<number>`(
  select coalesce(sum(b.credits), 0) from ${offers} o
  join ${creditBalances} b on b.account_id = ${accountProducts.accountId} and b.offer_code = o.code
  where o.product_code = ${products.code} and o.kind = '${sql.raw(kind)}' and o.withdrawn_at is null)`

const given = compile(
  build
    .select({
      code: products.code,
      name: products.name,
      unit: products.unit,
      trialMaxDays: products.trialMaxDays,
      withdrawnAt: products.withdrawnAt,
      licenseCredits: creditsFor('license'),
      supportCredits: creditsFor('support'),
    })
    .from(accountProducts)
    .innerJoin(products, eq(products.code, accountProducts.productCode))
    .where(and(eq(accountProducts.accountId, ownAccount), eq(accountProducts.given, true)))
    .orderBy(asc(products.position)),
)

/** The products that the account was given, withdrawn ones too, with its credits of what is sold of each (R110 R111). */
export const listGivenProducts = (reach: Reach) => given(within(reach))

const sold = compile(
  build
    .select({
      offerCode: offers.code,
      kind: offers.kind,
      editionCode: offers.editionCode,
      editionName: editions.name,
      size: offers.size,
      perUnit: offers.perUnit,
      credits: sql<number>`coalesce(${creditBalances.credits}, 0)`,
    })
    .from(offers)
    .innerJoin(editions, and(eq(editions.productCode, offers.productCode), eq(editions.code, offers.editionCode)))
    .leftJoin(creditBalances, and(eq(creditBalances.accountId, ownAccount), eq(creditBalances.offerCode, offers.code)))
    .where(and(eq(offers.productCode, sql.placeholder('product')), isNull(offers.withdrawnAt)))
    .orderBy(asc(editions.rank), sql`${offers.size} is null`, asc(offers.size)),
)

/** What is sold of a product, by edition and size, with the account's credits of each. */
export const listSoldOffers = (reach: Reach, product: string) => sold({ ...within(reach), product })

/** Aborts a batch unless the account was given the product. */
export const productIsGiven = (accountId: Id<'account'>, product: string): SQL =>
  sql`exists (select 1 from ${accountProducts} where ${accountProducts.accountId} = ${accountId}
    and ${accountProducts.productCode} = ${product} and ${accountProducts.given} = 1)`

/** Aborts a batch unless an offer and its product are sold. */
export const offerIsSold = (offerCode: string): SQL =>
  sql`exists (select 1 from ${offers} join ${products} on ${products.code} = ${offers.productCode}
    where ${offers.code} = ${offerCode} and ${offers.withdrawnAt} is null and ${products.withdrawnAt} is null)`
