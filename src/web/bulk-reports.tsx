import { Hono } from 'hono'
import { refuse } from '#src/domain/refusal.ts'
import { type ReportAct, reportActs } from '#src/domain/reports/report.ts'
import { formBody, formValues } from '#src/http/bodies.ts'
import type { HttpContext, HttpEnv } from '#src/http/context.ts'
import { may } from '#src/http/guards.ts'
import { onceOfForm } from '#src/http/idempotency.ts'
import { leaveNotice } from '#src/http/notices.ts'
import { readReports } from '#src/http/reports.ts'
import { changeReports, chosenReports } from '#src/use-cases/reports/change-reports.ts'
import { BulkReportsPage } from '#views/pages/reports/bulk.tsx'
import { paths } from '#views/paths.ts'
import { frameOf } from './frame.ts'
import { reportView } from './report-view.ts'

/** Many reports at once: a page that names them all, whose form does it (R273). */
export const bulkReportPages = new Hono<HttpEnv>()
  .get(paths.bulkReports, may('report.edit'), (c) => preview(c, c.req.query('act'), c.req.queries('id') ?? []))
  .post(paths.bulkReports, may('report.edit'), carryOut)

function actIn(text: string | undefined): ReportAct {
  const detail = `Choose one of ${reportActs.join(', ')}`
  const errors = [{ pointer: 'act', code: 'choice', detail }]
  return reportActs.find((one) => one === text) ?? refuse({ code: 'invalid-request', errors })
}

async function preview(c: HttpContext, wanted: string | undefined, ids: readonly string[]) {
  const { actor, reports: all, recipients } = await readReports(c)
  const act = actIn(wanted)
  const reports = chosenReports(ids, all).map((report) => reportView(report, recipients))
  const request = c.var.deps.newId('request')
  return c.html(<BulkReportsPage frame={frameOf(c, actor)} act={act} reports={reports} request={request} />)
}

const notices = { remove: 'reports-removed', pause: 'reports-paused', resume: 'reports-resumed' } as const

async function carryOut(c: HttpContext) {
  const form = await formBody(c)
  const ids = await formValues(c, 'id')
  const act = reportActs.find((one) => one === form.act)
  if (!act || ids.length === 0) return preview(c, form.act, ids)
  await changeReports(c.var.deps, c.var.asking, { act, ids }, await onceOfForm(c, form))
  leaveNotice(c, notices[act])
  return c.redirect(paths.reports, 303)
}
