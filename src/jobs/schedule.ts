import { chargeDue } from '#src/use-cases/billing/charge-due.ts'
import { payBalances } from '#src/use-cases/billing/pay-balances.ts'
import { endCheckouts } from '#src/use-cases/checkouts/end-checkouts.ts'
import { removeStale } from '#src/use-cases/computers/remove-stale.ts'
import { proveLedger } from '#src/use-cases/credits/prove-ledger.ts'
import type { Deps } from '#src/use-cases/deps.ts'
import { noteEnds } from '#src/use-cases/events/note-ends.ts'
import { deleteExpired } from '#src/use-cases/housekeeping/delete-expired.ts'
import type { Timetable } from '#src/use-cases/jobs/job.ts'
import { runJob } from '#src/use-cases/jobs/run-job.ts'
import { drainOutbox } from '#src/use-cases/letters/drain-outbox.ts'
import { catchUp } from '#src/use-cases/orders/catch-up.ts'
import { runDueReports } from '#src/use-cases/reports/run-due-reports.ts'
import { renewDue } from '#src/use-cases/subscriptions/renew-due.ts'
import { sendDigests } from '#src/use-cases/warnings/send-digests.ts'
import { warnOfEnds } from '#src/use-cases/warnings/warn-of-ends.ts'

/** The one timetable; `wrangler.toml` names the same times. */
export const timetable: Timetable = {
  // What is due is written before letters are sent, so that it leaves in the same minute.
  '* * * * *': [
    { name: 'run-reports', run: runDueReports },
    { name: 'drain-outbox', run: drainOutbox },
  ],
  '*/10 * * * *': [
    { name: 'catch-up-with-shop', run: catchUp },
    { name: 'end-checkouts', run: endCheckouts },
  ],
  '17 * * * *': [{ name: 'delete-expired', run: deleteExpired }],
  '7 * * * *': [
    { name: 'renew-subscriptions', run: renewDue },
    { name: 'charge-servers', run: chargeDue },
    { name: 'pay-balances', run: payBalances },
    { name: 'remove-stale', run: removeStale },
    // After the renewals, so that nobody is warned of what goes on.
    { name: 'warn-of-ends', run: warnOfEnds },
    { name: 'send-digests', run: sendDigests },
  ],
  '23 2 * * *': [
    { name: 'prove-ledger', run: proveLedger },
    { name: 'note-ends', run: noteEnds },
  ],
}

/** Runs what is due at a time of the timetable. A job that fails holds up no other; the run fails after all were tried. */
export async function runDue(deps: Deps, cron: string): Promise<void> {
  const jobs = timetable[cron]
  if (!jobs) throw new Error(`The timetable has nothing at "${cron}"`)
  const failed: string[] = []
  for (const job of jobs) if ((await runJob(deps, job)).error !== null) failed.push(job.name)
  if (failed.length > 0) throw new Error(`Failed: ${failed.join(', ')}`)
}
