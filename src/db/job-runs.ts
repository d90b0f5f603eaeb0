import { and, desc, eq, isNotNull, isNull, lte, ne, sql } from 'drizzle-orm'
import type { Id } from '#src/domain/ids.ts'
import { build, compile, type Write, write } from './query.ts'
import { isVendors, type Reach, within } from './reach.ts'
import { jobRuns } from './schema/records.ts'

export const insertJobRun = (run: typeof jobRuns.$inferInsert): Write => write(build.insert(jobRuns).values(run))

type End = { readonly at: Date; readonly count: number; readonly error: string | null }

export const endJobRun = (id: Id<'jobRun'>, { at, count, error }: End): Write =>
  write(build.update(jobRuns).set({ endedAt: at, count, error }).where(eq(jobRuns.id, id)))

const kept = 50

/** Deletes what is older than a job's last fifty runs; its last success stays. */
export function deleteOldJobRuns(job: string): Write {
  const ofJob = build.select({ n: jobRuns.n }).from(jobRuns)
  const oldest = ofJob.where(eq(jobRuns.job, job)).orderBy(desc(jobRuns.n)).limit(1).offset(kept)
  const well = build
    .select({ n: sql`max(${jobRuns.n})` })
    .from(jobRuns)
    .where(and(eq(jobRuns.job, job), isNull(jobRuns.error), isNotNull(jobRuns.endedAt)))
  return write(
    build
      .delete(jobRuns)
      .where(and(eq(jobRuns.job, job), lte(jobRuns.n, sql`(${oldest})`), ne(jobRuns.n, sql`coalesce((${well}), 0)`))),
  )
}

const all = compile(
  build
    .select({
      id: jobRuns.id,
      job: jobRuns.job,
      startedAt: jobRuns.startedAt,
      endedAt: jobRuns.endedAt,
      count: jobRuns.count,
      error: jobRuns.error,
      by: jobRuns.by,
    })
    .from(jobRuns)
    .where(isVendors)
    .orderBy(desc(jobRuns.n)),
)

/** The runs that are kept, the newest first; the vendor's to see. */
export const listJobRuns = (reach: Reach) => all(within(reach))
