import { sql } from 'drizzle-orm'
import type { Id } from '#src/domain/ids.ts'
import { build, compile } from './query.ts'
import { accountInReach, type Reach, within } from './reach.ts'
import { accounts } from './schema/accounts.ts'

const setting = compile(
  build
    .select({ id: accounts.id, name: accounts.name, days: accounts.removeStaleAfterDays })
    .from(accounts)
    .where(sql`${accounts.n} = ${accountInReach}`),
)

/** After how many days without a check-in the clock removes the account's own computers; `null` never. */
export const findRemoveStale = (reach: Reach) => setting(within(reach))

const stale = compile(
  build
    .select({
      id: sql<Id<'computer'>>`c.id`,
      name: sql<string>`c.name`,
      accountId: sql<Id<'account'>>`c.account_id`,
      days: sql<number>`a.remove_stale_after_days`,
      lastCheckInAt: sql<number | null>`c.last_check_in_at`,
    })
    .from(
      sql`accounts a indexed by accounts_remove_stale cross join computer_reach r indexed by computer_reach_seen cross join computers c`,
    )
    .where(
      // One that was brought back counts from then on, and one that never checked in from when it was registered.
      sql`a.remove_stale_after_days is not null and r.account_n = a.n and r.product_code = ''
        and r.seen_at < ${sql.placeholder('now')} - 86400000 * a.remove_stale_after_days
        and r.registered_at < ${sql.placeholder('now')} - 86400000 * a.remove_stale_after_days
        and c.n = r.computer_n and c.account_id = a.id
        and not exists (select 1 from activations v join removals m on m.id = v.removal_id where v.computer_id = c.id
          and m.undone_at > ${sql.placeholder('now')} - 86400000 * a.remove_stale_after_days)`,
    )
    .orderBy(sql`a.id`)
    .limit(sql.placeholder('limit')),
)

/** Computers that their accounts want removed by now, those of one account together. */
export const listStaleComputers = (now: Date, limit: number) => stale({ now: now.getTime(), limit })
