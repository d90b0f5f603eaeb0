import { stillStands } from '#src/db/actors.ts'
import { expect } from '#src/db/expect.ts'
import { listReportableProducts } from '#src/db/reportable-products.ts'
import { insertRecipients, insertReport, listOwnAddresses, listReports, scheduleRow } from '#src/db/reports.ts'
import type { Id } from '#src/domain/ids.ts'
import { refuse } from '#src/domain/refusal.ts'
import { mostReports, reportNames } from '#src/domain/reports/report.ts'
import { dueAfter } from '#src/domain/reports/timing.ts'
import type { WantedReport } from '#src/domain/reports/wanted.ts'
import { type Asking, readAs } from '../admit.ts'
import type { Deps } from '../deps.ts'
import { type Answer, commitOnce, earlier, type Once, replayOf } from '../once.ts'
import { byActor, record } from '../record.ts'
import { assertChoices } from './assert-choices.ts'
import { recipientsOf } from './recipients-of.ts'
import { termsTold } from './terms-told.ts'

export type MadeReport = { readonly id: Id<'report'>; readonly version: number }

/**
 * Adds a report; addresses that are not of the account get a letter that asks them first. Refuses `too-many-reports`,
 * `invalid-request` for a kind or a product that is not there for them, `too-many-requests` where an address was asked too
 * often, `idempotency-key-reused`.
 */
export async function createReport(
  deps: Deps,
  asking: Asking,
  wanted: WantedReport,
  once: Once | null,
): Promise<Answer<MadeReport>> {
  const { actor, rows } = await readAs(deps, asking, (reach) => [
    listReports(reach),
    listOwnAddresses(reach),
    listReportableProducts(reach),
    earlier(asking, once),
  ])
  const [others, own, products, answered] = rows
  const replay = replayOf<MadeReport>(once, answered)
  if (replay) return replay
  if (others.length >= mostReports) refuse({ code: 'too-many-reports' })
  assertChoices(wanted, actor, products)
  const { kind, productCode, leadDays, schedule, sendsEmpty, emails } = wanted
  const [id, now, accountId] = [deps.newId('report'), deps.now(), actor.account.id]
  const { rows: recipients, letters } = recipientsOf(
    deps,
    { id, accountId, accountName: actor.account.name, ...wanted },
    emails,
    own,
  )
  const writes = [
    expect('signed-out', stillStands(asking.credential.id)),
    insertReport({
      ...{ id, accountId, kind, productCode, leadDays, ...scheduleRow(schedule), sendsEmpty },
      ...{ nextDueAt: dueAfter(schedule, now), createdAt: now },
    }),
    ...insertRecipients(recipients),
    record(deps, byActor(actor, asking), {
      action: 'report.created',
      accountId,
      subject: { kind: 'report', id, name: reportNames[kind] },
      after: termsTold({ ...wanted, active: true }, emails),
    }),
    ...letters,
  ]
  return commitOnce(deps, asking, once, writes, { status: 201, response: { id, version: 1 } })
}
