import { commit, Violation } from '#src/db/commit.ts'
import { digestReadsOf, insertDigest, listDigestsDue } from '#src/db/digests.ts'
import { read } from '#src/db/query.ts'
import { dayOf } from '#src/domain/day.ts'
import { digestDueAt, digestOf, mondayOf, shortened, tasksIn } from '#src/domain/warnings/digest.ts'
import type { Deps } from '../deps.ts'
import { workOff } from '../jobs/work-off.ts'
import { post } from '../record.ts'

const atOnce = 100
const rounds = 20

/** How many of each a letter shows. */
const shown = 5

/**
 * Makes the weekly digest of every seller that wants one, from Monday morning on: a digest is a row of the account and the
 * week, in one batch with its letter, so each is made once, however often, at once, or interrupted this is called; a
 * Monday on which nothing ran is made up for in its week. With nothing to do there is no letter. Returns how many were made.
 */
export async function sendDigests(deps: Deps): Promise<number> {
  const now = deps.now()
  const week = mondayOf(dayOf(now))
  const dueAt = digestDueAt(week)
  if (now < dueAt) return 0
  const { done } = await workOff(deps, {
    ...{ rounds, atOnce },
    list: async (limit) => (await read(deps.db, [listDigestsDue(week, dueAt, limit)]))[0],
    act: (seller) => isMade(deps, seller, week),
  })
  return done
}

type Seller = ReturnType<ReturnType<typeof listDigestsDue>['rows']>[number]

/** Whether this call is the one that made it. */
async function isMade(deps: Deps, { id, email }: Seller, week: ReturnType<typeof mondayOf>): Promise<boolean> {
  const now = deps.now()
  const today = dayOf(now)
  const digest = digestOf(await read(deps.db, digestReadsOf(id, today)), today)
  const tasks = tasksIn(digest)
  const letter = { template: 'weekly-digest', accountId: id, to: email, once: `${id}:${week}` } as const
  try {
    await commit(deps.db, [
      insertDigest({ accountId: id, week, tasks, content: shortened(digest, shown), madeAt: now }),
      ...(tasks > 0 ? [post(deps, { ...letter, params: { accountId: id, week } })] : []),
    ])
    return true
  } catch (error) {
    if (error instanceof Violation && error.constraint === madeBefore) return false
    throw error
  }
}

/** Somebody else made it meanwhile. */
const madeBefore = 'digests.account_id, digests.week'
