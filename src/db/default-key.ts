import { and, eq, isNull, sql } from 'drizzle-orm'
import { build, compile } from './query.ts'
import { accountInReach, type Reach, within } from './reach.ts'
import { accounts } from './schema/accounts.ts'
import { activationKeys } from './schema/licenses.ts'

const defaultKey = compile(
  build
    .select({ id: activationKeys.id, code: activationKeys.code })
    .from(activationKeys)
    .innerJoin(accounts, eq(accounts.id, activationKeys.accountId))
    .where(
      and(
        sql`${accounts.n} = ${accountInReach}`,
        eq(activationKeys.isDefault, true),
        isNull(activationKeys.productCode),
        isNull(activationKeys.removedAt),
      ),
    ),
)

/** The one key that all orders of a shop customer join (Decision 6). */
export const findDefaultKey = (reach: Reach) => defaultKey(within(reach))
