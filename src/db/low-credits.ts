import { and, eq, sql } from 'drizzle-orm'
import { build, compile } from './query.ts'
import { accountInReach, type Reach, within } from './reach.ts'
import { accounts } from './schema/accounts.ts'
import { creditBalances } from './schema/catalog.ts'

const lowCount = compile(
  build
    .select({ count: sql<number>`count(*)` })
    .from(creditBalances)
    .innerJoin(accounts, eq(accounts.id, creditBalances.accountId))
    .where(and(sql`${accounts.n} = ${accountInReach}`, sql`${creditBalances.credits} <= ${accounts.lowCreditsAt}`)),
)

/** How many offers of the reader's own are low on credits; an account that sells nothing has none. */
export const countLowCredits = (reach: Reach) => lowCount(within(reach))
