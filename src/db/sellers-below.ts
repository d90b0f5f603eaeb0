import { asc, sql } from 'drizzle-orm'
import { build, compile } from './query.ts'
import { accountBelow, accountInReach, type Reach, within } from './reach.ts'
import { accounts } from './schema/accounts.ts'

/** A list to choose from ends somewhere; deeper sellers are reached through the rows of the list itself. */
const mostOffered = 200

const offered = compile(
  build
    .select({ id: accounts.id, name: accounts.name })
    .from(accounts)
    .where(
      sql`${accounts.n} in (
        select n from (select child.n as n from ${accounts} as child
          where child.parent_id = (select me.id from ${accounts} as me where me.n = ${accountInReach} and me.kind <> 'vendor')
            and child.kind in ('partner', 'reseller') limit ${sql.raw(String(mostOffered))})
        union all select ${accountBelow})`,
    )
    .orderBy(asc(accounts.name)),
)

/**
 * Sellers to narrow a list to: those directly below, and the one that is chosen already. The vendor, below whom everybody
 * is, goes by the rows of the list.
 */
export const listSellersBelow = (reach: Reach, chosen: string | null) => offered({ ...within(reach), account: chosen })
