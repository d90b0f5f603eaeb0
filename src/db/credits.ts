import { eq, sql } from 'drizzle-orm'
import type { Id } from '#src/domain/ids.ts'
import { build, write } from './query.ts'
import { creditBalances, creditEntries } from './schema/catalog.ts'

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
