import { and, desc, eq, sql } from 'drizzle-orm'
import { build, compile, write } from './query.ts'
import { releases } from './schema/computers.ts'

/** More than these are not told one by one. */
const most = 400

const counted = compile(
  build
    .select({ at: releases.at })
    .from(releases)
    .where(
      and(
        eq(releases.licenseId, sql.placeholder('license')),
        sql`${releases.at} > ${sql.placeholder('since')}`,
        eq(releases.counts, true),
      ),
    )
    .orderBy(desc(releases.at))
    .limit(most),
)

/** When computers were released from a license since then, of what counts, the newest first. */
export const listCountedReleases = (license: string, since: Date) => counted({ license, since: since.getTime() })

/** Notes a release; where it counts, `release_budget` or `release_cooldown` may refuse. */
export const insertRelease = (row: typeof releases.$inferInsert) => write(build.insert(releases).values(row))
