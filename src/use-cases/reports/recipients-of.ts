import { expectOne } from '#src/db/expect.ts'
import type { Write } from '#src/db/query.ts'
import { countAttempt } from '#src/db/sign-in.ts'
import type { Id } from '#src/domain/ids.ts'
import { confirmationWindows } from '#src/domain/reports/confirmations.ts'
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

/**
 * Rows for new addresses of a report. Those of the account are confirmed; each other one is asked by a letter, as often as
 * there is room for: the writes refuse `too-many-requests`.
 */
export function recipientsOf(deps: Deps, of: Of, emails: readonly Address[], own: readonly { emailKey: string }[]) {
  const isOwn = new Set(own.map(({ emailKey }) => emailKey))
  const rows = emails.map(({ email, emailKey }) => ({
    ...{ id: deps.newId('recipient'), reportId: of.id, email, emailKey, createdAt: deps.now() },
    confirmedAt: isOwn.has(emailKey) ? deps.now() : null,
  }))
  const letters = rows
    .filter(({ confirmedAt }) => confirmedAt === null)
    .flatMap((row) => confirmationOf(deps, of, row, row.id))
  return { rows, letters }
}

type Asked = { readonly id: Id<'recipient'>; readonly email: string; readonly emailKey: string }

/** The letter that asks an address, `once` for a reason; with what counts it. */
export function confirmationOf(
  deps: Deps,
  of: Of,
  { id: recipientId, email: to, emailKey }: Asked,
  once: string,
): Write[] {
  const { accountId, accountName, kind, schedule } = of
  return [
    ...confirmationWindows(accountId, emailKey, deps.now()).flatMap((window) => [
      countAttempt(window),
      expectOne('too-many-requests'),
    ]),
    post(deps, {
      ...{ template: 'report-confirmation', accountId, to, once },
      params: { recipientId, accountName, kind, words: scheduleWords(schedule) },
    }),
  ]
}
