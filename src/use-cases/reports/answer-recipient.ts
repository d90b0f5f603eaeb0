import { commit } from '#src/db/commit.ts'
import { read } from '#src/db/query.ts'
import { answerOfRecipient, findRecipient } from '#src/db/reports.ts'
import { isId } from '#src/domain/ids.ts'
import { refuse } from '#src/domain/refusal.ts'
import { reportNames } from '#src/domain/reports/report.ts'
import { fingerprintOf } from '#src/gateways/secrets.ts'
import type { Deps } from '../deps.ts'
import { record } from '../record.ts'

/** Whether a mailed token is that of an address of a report. */
export const isRecipientToken = (token: string): boolean => token.startsWith('rcp_')

/** The address that a mailed link is of. Refuses `invalid-link` where it is forged, or the report was removed. */
export async function openRecipient(deps: Deps, token: string) {
  const [id = ''] = token.split('.')
  const gone = { code: 'invalid-link', detail: 'This report is not sent any more, so there is nothing to do' } as const
  if (!isId('recipient', id)) return refuse(gone)
  const genuine = await deps.secrets.tokenFor('recipient', id)
  if ((await fingerprintOf(genuine)) !== (await fingerprintOf(token.slice(0, 256)))) refuse(gone)
  const [[found]] = await read(deps.db, [findRecipient(id)])
  return found ?? refuse(gone)
}

type Opened = Awaited<ReturnType<typeof openRecipient>>

/** Does what the owner of the address wants: to get the report, or no more of it. Twice does no harm. */
export async function answerRecipient(
  deps: Deps,
  { id, accountId, reportId, email, kind }: Opened,
  answer: 'confirmed' | 'unsubscribed',
  from: { address: string; requestId: string },
): Promise<void> {
  const by = { kind: 'customer', id, name: email, ...from } as const
  await commit(deps.db, [
    answerOfRecipient(id, answer, deps.now()),
    record(deps, by, {
      action: answer === 'confirmed' ? 'report.confirmed' : 'report.unsubscribed',
      accountId,
      subject: { kind: 'report', id: reportId, name: reportNames[kind] },
      after: { email },
    }),
  ])
}
