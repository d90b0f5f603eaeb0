import { and, asc, eq, sql } from 'drizzle-orm'
import { build, compile } from './query.ts'
import { accountInReach, type Reach, within } from './reach.ts'
import { licenseReach, licenses, supportPeriods, supports } from './schema/licenses.ts'

const periodsOf = compile(
  build
    .select({ startsOn: supportPeriods.startsOn, endsOn: supportPeriods.endsOn, source: supportPeriods.source })
    .from(supports)
    .innerJoin(licenses, eq(licenses.id, supports.licenseId))
    .innerJoin(supportPeriods, eq(supportPeriods.supportId, supports.id))
    .where(
      and(
        eq(supports.licenseId, sql.placeholder('license')),
        sql`exists (select 1 from ${licenseReach} where ${licenseReach.accountN} = ${accountInReach} and ${licenseReach.licenseN} = ${licenses.n})`,
      ),
    )
    .orderBy(asc(supportPeriods.startsOn)),
)

/** The paid stretches of a license's support, oldest first. */
export const listSupportPeriods = (reach: Reach, licenseId: string) =>
  periodsOf({ ...within(reach), license: licenseId })
