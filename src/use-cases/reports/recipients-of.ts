import type { Id } from '#src/domain/ids.ts'
import type { ReportKind } from '#src/domain/reports/report.ts'
import { type Schedule, scheduleWords } from '#src/domain/reports/timing.ts'
import type { Deps } from '../deps.ts'
import { post } from '../record.ts'

type Of = {
  readonly id: Id<'report'>
  readonly accountId: Id<'account'>
  readonly accountName: string
  readonly kind: ReportKind
  readonly schedule: Schedule
}
type Address = { readonly email: string; readonly emailKey: string }

/** Rows for new addresses of a report. Those of the account are confirmed; each other one is asked by a letter. */
export function recipientsOf(deps: Deps, of: Of, emails: readonly Address[], own: readonly { emailKey: string }[]) {
  const isOwn = new Set(own.map(({ emailKey }) => emailKey))
  const rows = emails.map(({ email, emailKey }) => ({
    ...{ id: deps.newId('recipient'), reportId: of.id, email, emailKey, createdAt: deps.now() },
    confirmedAt: isOwn.has(emailKey) ? deps.now() : null,
  }))
  const { accountId, accountName, kind, schedule } = of
  const letters = rows
    .filter(({ confirmedAt }) => confirmedAt === null)
    .map(({ id: recipientId, email: to }) =>
      post(deps, {
        ...{ template: 'report-confirmation', accountId, to, once: recipientId },
        params: { recipientId, accountName, kind, words: scheduleWords(schedule) },
      }),
    )
  return { rows, letters }
}
