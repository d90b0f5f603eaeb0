import { and, eq, type SQL, sql } from 'drizzle-orm'
import type { Id } from '#src/domain/ids.ts'
import { build, compile, write } from './query.ts'
import { accountProducts, creditBalances, creditEntries, offers, products } from './schema/catalog.ts'

/** The balance of the account and offer of an entry. */
const balance = sql`(select ${creditBalances.credits} from ${creditBalances}
  where ${creditBalances.accountId} = ${creditEntries.accountId} and ${creditBalances.offerCode} = ${creditEntries.offerCode})`

type Returning = {
  readonly id: Id<'creditEntry'>
  readonly licenseId: Id<'license'>
  readonly actorId: string
  readonly at: Date
}

/**
 * Returns what was spent on a license and not returned yet: one entry for each account that paid and each offer it paid
 * with. It is reckoned as it is written, so that no race returns a credit twice. Further entries carry the id with a
 * number behind it.
 */
export const returnCredits = ({ id, licenseId, actorId, at }: Returning) => {
  const number = sql`row_number() over (order by ${creditEntries.accountId}, ${creditEntries.offerCode})`
  return write(
    build.insert(creditEntries).select(
      build
        .select({
          id: sql<Id<'creditEntry'>>`${id} || iif(${number} = 1, '', '-' || ${number})`.as('id'),
          accountId: creditEntries.accountId,
          offerCode: creditEntries.offerCode,
          amount: sql<number>`-sum(${creditEntries.amount})`.as('amount'),
          reason: sql<'returned'>`'returned'`.as('reason'),
          balanceAfter: sql<number>`${balance} - sum(${creditEntries.amount})`.as('balance_after'),
          otherAccountId: sql<null>`null`.as('other_account_id'),
          licenseId: sql<Id<'license'>>`${licenseId}`.as('license_id'),
          actorId: sql<string>`${actorId}`.as('actor_id'),
          createdAt: sql<Date>`${at.getTime()}`.as('created_at'),
        })
        .from(creditEntries)
        .where(eq(creditEntries.licenseId, licenseId))
        .groupBy(creditEntries.accountId, creditEntries.offerCode)
        .having(sql`sum(${creditEntries.amount}) < 0`),
    ),
  )
}

type NewEntry = {
  readonly id: Id<'creditEntry'>
  readonly accountId: Id<'account'>
  readonly offerCode: string
  /** Negative spends or gives; never zero. */
  readonly amount: number
  readonly reason: (typeof creditEntries.$inferInsert)['reason']
  readonly otherAccountId?: Id<'account'> | null
  readonly licenseId?: Id<'license'> | null
  readonly actorId: string
  readonly createdAt: Date
}

/** Writes a line of the ledger; the balance follows by trigger and violates `credits_sufficient` below zero. */
export const insertCreditEntry = (entry: NewEntry) =>
  write(
    build.insert(creditEntries).values({
      ...entry,
      balanceAfter: sql`coalesce((select ${creditBalances.credits} from ${creditBalances}
        where ${creditBalances.accountId} = ${entry.accountId} and ${creditBalances.offerCode} = ${entry.offerCode}), 0) + cast(${entry.amount} as integer)`,
    }),
  )

const balancesOf = compile(
  build
    .select({ offerCode: creditBalances.offerCode, credits: creditBalances.credits })
    .from(creditBalances)
    .where(
      and(
        eq(creditBalances.accountId, sql.placeholder('account')),
        sql`${creditBalances.offerCode} in (select value from json_each(${sql.placeholder('offers')}))`,
      ),
    ),
)

/** The balances of some offers; an offer never held has none. */
export const findBalances = (accountId: Id<'account'>, offerCodes: readonly string[]) =>
  balancesOf({ account: accountId, offers: JSON.stringify(offerCodes) })

/** `{ "balance": 7 }`: what an account has of an offer once the batch is written. */
export const balanceAsJson = (accountId: Id<'account'>, offerCode: string): SQL =>
  sql`json_object('balance', coalesce((select ${creditBalances.credits} from ${creditBalances}
    where ${creditBalances.accountId} = ${accountId} and ${creditBalances.offerCode} = ${offerCode}), 0))`

/** Whether an offer is sold still, its product too. */
export const offerIsSold = (offerCode: string): SQL =>
  sql`exists (select 1 from ${offers} o join ${products} p on p.code = o.product_code
    where o.code = ${offerCode} and o.withdrawn_at is null and p.withdrawn_at is null)`

/** Whether an account was given the product of an offer. */
export const offerWasGiven = (accountId: Id<'account'>, offerCode: string): SQL =>
  sql`exists (select 1 from ${offers} o join ${accountProducts} given on given.product_code = o.product_code
    where o.code = ${offerCode} and given.account_id = ${accountId} and given.given = 1)`
