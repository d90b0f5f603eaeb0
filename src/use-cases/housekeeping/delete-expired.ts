import { commit } from '#src/db/commit.ts'
import {
  deleteDigests,
  deleteEmailChanges,
  deleteIdempotencyRecords,
  deleteInvitations,
  deleteJobRuns,
  deleteLinks,
  deleteRegistrations,
  deleteSessions,
  deleteSignInAttempts,
  deleteSpentTokens,
  deleteWarnings,
} from '#src/db/housekeeping.ts'
import { dayOf } from '#src/domain/day.ts'
import type { Deps } from '../deps.ts'

const hour = 3_600_000
const day = 24 * hour

/** How long rows are kept after they stopped to count, in milliseconds. */
export const kept = {
  ...{ links: 7 * day, sessions: 90 * day, idempotencyRecords: day },
  ...{ registrations: 7 * day, emailChanges: 90 * day, invitations: 90 * day },
  ...{ jobRuns: 400 * day, warnings: 90 * day, digests: 90 * day },
} as const

const atOnce = 500
const mostRounds = 20

/**
 * Deletes what has stopped to count: attempts and tokens of windows gone by, links and sessions long expired, answers
 * kept for retries, registrations, e-mail changes and invitations past their end, runs of jobs, warnings and digests
 * long told. In small batches, and so many at most: what is left waits an hour. Returns how many rows went.
 */
export async function deleteExpired(deps: Deps): Promise<number> {
  let deleted = 0
  for (let round = 0; round < mostRounds; round++) {
    const counts = await deleteSome(deps)
    deleted += counts.reduce((sum, count) => sum + count, 0)
    if (counts.every((count) => count < atOnce)) break
  }
  return deleted
}

async function deleteSome(deps: Deps): Promise<number[]> {
  const now = deps.now()
  const ago = (ms: number) => new Date(now.getTime() - ms)
  const sets = await commit(deps.db, [
    deleteSignInAttempts(now, atOnce),
    deleteSpentTokens(now, atOnce),
    deleteLinks(ago(kept.links), atOnce),
    deleteSessions(ago(kept.sessions), atOnce),
    deleteIdempotencyRecords(ago(kept.idempotencyRecords), atOnce),
    deleteRegistrations(ago(kept.registrations), atOnce),
    deleteEmailChanges(ago(kept.emailChanges), atOnce),
    deleteInvitations(ago(kept.invitations), atOnce),
    deleteJobRuns(ago(kept.jobRuns), atOnce),
    deleteWarnings(dayOf(ago(kept.warnings)), atOnce),
    deleteDigests(dayOf(ago(kept.digests)), atOnce),
  ])
  return sets.map((set) => set.rowsAffected)
}
