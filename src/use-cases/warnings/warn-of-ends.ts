import { commit, Violation } from '#src/db/commit.ts'
import { expect, expectOne } from '#src/db/expect.ts'
import { read } from '#src/db/query.ts'
import {
  findClockDay,
  insertDueWarnings,
  listAccountsToWarn,
  setClockDay,
  type WarnedDays,
  wasWarnedOn,
} from '#src/db/warnings.ts'
import { addDays, type Day, dayOf } from '#src/domain/day.ts'
import type { Id } from '#src/domain/ids.ts'
import { caughtUpDays, sendingHour } from '#src/domain/warnings/warning.ts'
import type { Deps } from '../deps.ts'
import { workOff } from '../jobs/work-off.ts'
import { post } from '../record.ts'

const job = 'warn-of-ends'
const atOnce = 100
const rounds = 20

/**
 * Warns customers, resellers and the vendor of what ends and does not renew by itself, at the lead times that each chose:
 * one letter for each account and day, with everything in it. The letter and the rows that say what was told are one
 * batch, so it does no harm to run this five times at once, or to kill it anywhere: the next run goes on. Days on which
 * nothing ran are caught up with. Returns how many accounts were warned.
 */
export async function warnOfEnds(deps: Deps): Promise<number> {
  const now = deps.now()
  if (now.getUTCHours() < sendingHour) return 0
  const today = dayOf(now)
  const [[done]] = await read(deps.db, [findClockDay(job)])
  if (done && done.day >= today) return 0
  const days = { since: sinceWhen(done?.day, today), today }
  const { done: warned, isAll } = await workOff(deps, {
    ...{ rounds, atOnce },
    list: async (limit) => (await read(deps.db, [listAccountsToWarn(days, limit)]))[0],
    act: (account) => isWarned(deps, account, days),
  })
  if (isAll) await commit(deps.db, [setClockDay(job, today)])
  return warned
}

/** The last day that was done, no longer ago than what is caught up with; at first yesterday, so that nothing old is told. */
function sinceWhen(done: Day | undefined, today: Day): Day {
  const earliest = addDays(today, -caughtUpDays)
  const since = done ?? addDays(today, -1)
  return since < earliest ? earliest : since
}

/** Whether this call is the one that warned it. */
async function isWarned(deps: Deps, { id, email }: { id: Id<'account'>; email: string }, days: WarnedDays) {
  const { today } = days
  const letter = { template: 'expiry-warning', accountId: id, to: email, once: `${id}:${today}` } as const
  try {
    await commit(deps.db, [
      post(deps, { ...letter, params: { accountId: id, day: today } }),
      expectOne('letter-left'),
      insertDueWarnings(id, days),
      expect('not-found', wasWarnedOn(id, today)),
    ])
    return true
  } catch (error) {
    if (error instanceof Violation && told.has(error.constraint)) return false
    throw error
  }
}

/** Somebody else warned it meanwhile, or what was due is gone. */
const told: ReadonlySet<string> = new Set(['letter-left', 'not-found'])
