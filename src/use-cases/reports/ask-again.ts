import { stillStands } from '#src/db/actors.ts'
import { expect } from '#src/db/expect.ts'
import { findReport, listRecipients } from '#src/db/reports.ts'
import { emailKey } from '#src/domain/accounts/identifier.ts'
import { refuse } from '#src/domain/refusal.ts'
import { readableBy } from '#src/domain/reports/readable.ts'
import { reportNames } from '#src/domain/reports/report.ts'
import { type Asking, readAs } from '../admit.ts'
import type { Deps } from '../deps.ts'
import { commitOnce, earlier, type Once, replayOf } from '../once.ts'
import { byActor, record } from '../record.ts'
import { confirmationOf } from './recipients-of.ts'

/**
 * Asks an address that has not answered yet once more whether it wants a report, by the same link. Refuses `not-found` where
 * no such address waits for its answer, `too-many-requests`, `idempotency-key-reused`.
 */
export async function askAgain(
  deps: Deps,
  asking: Asking,
  { id, email }: { readonly id: string; readonly email: string },
  once: Once | null,
): Promise<string> {
  const { actor, rows } = await readAs(deps, asking, (reach) => [
    findReport(reach, id),
    listRecipients(id),
    earlier(asking, once),
  ])
  const [found, recipients, answered] = rows
  const [report] = readableBy(actor, found)
  const key = emailKey(email.trim())
  const waiting = recipients.find((one) => one.emailKey === key && !one.confirmedAt && !one.unsubscribedAt)
  if (!report) return refuse({ code: 'not-found' })
  if (replayOf(once, answered)) return email
  if (!waiting) return refuse({ code: 'not-found' })
  const writes = [
    expect('signed-out', stillStands(asking.credential.id)),
    record(deps, byActor(actor, asking), {
      action: 'report.edited',
      accountId: report.accountId,
      subject: { kind: 'report', id: report.id, name: reportNames[report.kind] },
      after: { askedAgain: waiting.email },
    }),
    ...confirmationOf(deps, report, waiting, deps.newId('letter')),
  ]
  await commitOnce(deps, asking, once, writes, { status: 201, response: { email: waiting.email } })
  return waiting.email
}
