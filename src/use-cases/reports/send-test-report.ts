import { stillStands } from '#src/db/actors.ts'
import { expect } from '#src/db/expect.ts'
import { findOwnEmail, findReport } from '#src/db/reports.ts'
import { refuse } from '#src/domain/refusal.ts'
import { readableBy } from '#src/domain/reports/readable.ts'
import { type Asking, readAs } from '../admit.ts'
import type { Deps } from '../deps.ts'
import { sendLetters } from '../letters/send-letters.ts'
import { commitOnce, earlier, type Once, replayOf } from '../once.ts'
import { post } from '../record.ts'

/** Mails the report as it stands now to whoever asks, and to nobody else; returns the address. Refuses `not-found`. */
export async function sendTestReport(deps: Deps, asking: Asking, id: string, once: Once | null): Promise<string> {
  const { actor, rows } = await readAs(deps, asking, (reach) => [
    findReport(reach, id),
    findOwnEmail(reach),
    earlier(asking, once),
  ])
  const [found, [own], answered] = rows
  const [report] = readableBy(actor, found)
  if (!report || !own) return refuse({ code: 'not-found' })
  if (replayOf(once, answered)) return own.email
  const letterId = deps.newId('letter')
  const writes = [
    expect('signed-out', stillStands(asking.credential.id)),
    post(deps, {
      ...{ id: letterId, template: 'report-test', accountId: actor.account.id, to: own.email, once: letterId },
      params: { reportId: report.id },
    }),
  ]
  await commitOnce(deps, asking, once, writes, { status: 201, response: { email: own.email } })
  deps.afterwards(sendLetters(deps, [letterId]))
  return own.email
}
