import { and, eq, gte, isNotNull, lt, type SQL, sql } from 'drizzle-orm'
import type { Day } from '#src/domain/day.ts'
import type { expiredActions } from '#src/domain/events/actions.ts'
import type { NewEvent } from './events.ts'
import { build, compile, write } from './query.ts'
import { licenses, supports } from './schema/licenses.ts'
import { events } from './schema/records.ts'
import { subscriptions } from './schema/sellers.ts'

/** Whether the trail says nothing yet of this end. */
const untold = (action: (typeof expiredActions)[number], id: SQL, endsOn: SQL): SQL =>
  sql`not exists (select 1 from ${events} where ${events.subjectId} = ${id} and ${events.action} = ${action}
    and ${events.after} ->> '$.endsOn' = ${endsOn})`

const since = sql.placeholder('since')
const today = sql.placeholder('today')

const trials = compile(
  build
    .select({
      id: licenses.id,
      accountId: licenses.accountId,
      serial: licenses.serial,
      endsOn: sql<Day>`${licenses.endsOn}`,
    })
    .from(licenses)
    .where(
      and(
        sql`${licenses.kind} = 'trial'`,
        gte(licenses.endsOn, since),
        lt(licenses.endsOn, today),
        untold('license.expired', sql`${licenses.id}`, sql`${licenses.endsOn}`),
      ),
    )
    .limit(sql.placeholder('limit')),
)

const canceled = compile(
  build
    .select({
      id: subscriptions.id,
      accountId: licenses.accountId,
      serial: licenses.serial,
      endsOn: subscriptions.termEndsOn,
    })
    .from(subscriptions)
    .innerJoin(licenses, eq(licenses.id, subscriptions.licenseId))
    .where(
      and(
        isNotNull(subscriptions.canceledAt),
        gte(subscriptions.termEndsOn, since),
        lt(subscriptions.termEndsOn, today),
        untold('subscription.expired', sql`${subscriptions.id}`, sql`${subscriptions.termEndsOn}`),
      ),
    )
    .limit(sql.placeholder('limit')),
)

/** By the vendor's own reach, whose index knows all support by its end. */
const unsupported = compile(
  build
    .select({ id: supports.id, accountId: licenses.accountId, serial: licenses.serial, endsOn: supports.endsOn })
    .from(sql`license_reach indexed by license_reach_support`)
    .innerJoin(licenses, sql`${licenses.n} = license_reach.license_n`)
    .innerJoin(supports, eq(supports.licenseId, licenses.id))
    .where(
      and(
        sql`license_reach.account_n = (select n from accounts where kind = 'vendor')`,
        sql`license_reach.support_ends_on >= ${since}`,
        sql`license_reach.support_ends_on < ${today}`,
        untold('support.expired', sql`${supports.id}`, sql`${supports.endsOn}`),
      ),
    )
    .limit(sql.placeholder('limit')),
)

export type EndWindow = { readonly since: Day; readonly today: Day; readonly limit: number }

/** What ended since a day and before today, and of which the trail says nothing yet. */
export const listUntoldEnds = {
  'license.expired': (within: EndWindow) => trials(within),
  'subscription.expired': (within: EndWindow) => canceled(within),
  'support.expired': (within: EndWindow) => unsupported(within),
} as const satisfies Record<(typeof expiredActions)[number], unknown>

/** Tells of an end; where somebody told of it meanwhile, it stays at that. */
export const insertEndEvent = (event: NewEvent) => write(build.insert(events).values(event).onConflictDoNothing())
