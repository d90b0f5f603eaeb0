import { asc, eq, sql } from 'drizzle-orm'
import { build, compile } from './query.ts'
import { accountInReach, type Reach, within } from './reach.ts'
import { accounts, apiKeys, logins } from './schema/accounts.ts'

/** More than this many do not fit a choice; a name in the trail narrows to anybody. */
const most = 50

const ofAccount = compile(
  build
    .select({ id: sql<string>`${logins.id}`, name: logins.name })
    .from(accounts)
    .innerJoin(logins, eq(logins.accountId, accounts.id))
    .where(eq(accounts.n, accountInReach))
    .unionAll(
      build
        .select({ id: sql<string>`substr(${apiKeys.hash}, 1, 16)`, name: apiKeys.name })
        .from(accounts)
        .innerJoin(apiKeys, eq(apiKeys.accountId, accounts.id))
        .where(eq(accounts.n, accountInReach)),
    )
    .orderBy(asc(sql`2`))
    .limit(most),
)

/** Who acts for the reader's own account: its logins and its API keys, under the ids by which the trail knows them. */
export const listDoers = (reach: Reach) => ofAccount(within(reach))
