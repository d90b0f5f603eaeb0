import { stillStands } from '#src/db/actors.ts'
import { expect, expectOne } from '#src/db/expect.ts'
import { listReportableProducts } from '#src/db/reportable-products.ts'
import {
  deleteRecipients,
  findReport,
  insertRecipients,
  listOwnAddresses,
  listRecipients,
  scheduleRow,
  updateReport,
} from '#src/db/reports.ts'
import { refuse } from '#src/domain/refusal.ts'
import { readableBy } from '#src/domain/reports/readable.ts'
import { reportNames } from '#src/domain/reports/report.ts'
import { dueAfter, scheduleWords } from '#src/domain/reports/timing.ts'
import type { WantedReport } from '#src/domain/reports/wanted.ts'
import { type Asking, readAs } from '../admit.ts'
import type { Deps } from '../deps.ts'
import { commitOnce, earlier, type Once, replayOf } from '../once.ts'
import { byActor, record } from '../record.ts'
import { assertChoices } from './assert-choices.ts'
import { recipientsOf } from './recipients-of.ts'
import { termsTold } from './terms-told.ts'

/** What changes: all of a report, or whether it is active. */
export type ReportEdit = {
  readonly id: string
  /** The version that is changed; `any` whatever it is by now, `null` where nobody said. */
  readonly version: number | 'any' | null
  readonly wanted?: WantedReport
  readonly active?: boolean
}

/**
 * Changes a report and returns its new version. Addresses that stay keep what they said; one that is paused makes up for
 * nothing later. What is due stays due where neither when it comes nor whether it is active changes. Refuses `not-found`,
 * `precondition-required`, `version-mismatch`, `too-many-requests` where an address was asked too often,
 * `idempotency-key-reused`.
 */
export async function editReport(deps: Deps, asking: Asking, edit: ReportEdit, once: Once | null): Promise<number> {
  const { actor, rows } = await readAs(deps, asking, (reach) => [
    findReport(reach, edit.id),
    listRecipients(edit.id),
    listOwnAddresses(reach),
    listReportableProducts(reach),
    earlier(asking, once),
  ])
  const [found, recipients, own, products, answered] = rows
  const [report] = readableBy(actor, found)
  if (!report) return refuse({ code: 'not-found' })
  if (replayOf(once, answered)) return report.version
  if (edit.version === null) refuse({ code: 'precondition-required' })
  if (edit.version !== 'any' && edit.version !== report.version) refuse({ code: 'version-mismatch' })
  if (edit.wanted) assertChoices(edit.wanted, actor, products)
  const { kind, productCode, leadDays, schedule, sendsEmpty } = edit.wanted ?? report
  const active = edit.active ?? report.active
  const isRetimed = active !== report.active || scheduleWords(schedule) !== scheduleWords(report.schedule)
  const emails = edit.wanted?.emails ?? recipients
  const gone = recipients.filter((one) => !emails.some(({ emailKey }) => emailKey === one.emailKey))
  const fresh = emails.filter(({ emailKey }) => !recipients.some((one) => one.emailKey === emailKey))
  const added = recipientsOf(deps, { ...report, kind, schedule }, fresh, own)
  const writes = [
    expect('signed-out', stillStands(asking.credential.id)),
    updateReport(report.id, report.version, {
      ...{ kind, productCode, leadDays, ...scheduleRow(schedule), sendsEmpty, active },
      ...(isRetimed ? { nextDueAt: dueAfter(schedule, deps.now()) } : {}),
    }),
    expectOne('version-mismatch'),
    ...deleteRecipients(gone.map(({ id }) => id)),
    ...insertRecipients(added.rows),
    record(deps, byActor(actor, asking), {
      action: 'report.edited',
      accountId: report.accountId,
      subject: { kind: 'report', id: report.id, name: reportNames[kind] },
      before: termsTold(report, recipients),
      after: termsTold({ kind, productCode, leadDays, schedule, sendsEmpty, active }, emails),
    }),
    ...added.letters,
  ]
  await commitOnce(deps, asking, once, writes, { status: 200, response: { version: report.version + 1 } })
  return report.version + 1
}
