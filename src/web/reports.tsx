import { Hono } from 'hono'
import { listReportableProducts } from '#src/db/reportable-products.ts'
import { findReport, listRecipients } from '#src/db/reports.ts'
import { allows } from '#src/domain/accounts/acts.ts'
import { type FieldError, Refused, refuse } from '#src/domain/refusal.ts'
import { askedTooOften } from '#src/domain/reports/confirmations.ts'
import { kindsFor, readableBy } from '#src/domain/reports/readable.ts'
import { reportSortFrom, sortReports } from '#src/domain/reports/sorting.ts'
import { type TypedReport, wantedReportFrom } from '#src/domain/reports/wanted.ts'
import { zoneName } from '#src/domain/settings/formats.ts'
import { csvFile } from '#src/gateways/csv.ts'
import { ask } from '#src/http/ask.ts'
import { formBody } from '#src/http/bodies.ts'
import type { HttpContext, HttpEnv } from '#src/http/context.ts'
import { fileResponse } from '#src/http/files.ts'
import { may } from '#src/http/guards.ts'
import { onceOfForm } from '#src/http/idempotency.ts'
import { leaveNotice } from '#src/http/notices.ts'
import { readReportNow, readReports, readReportTerms, reportAsPdf } from '#src/http/reports.ts'
import { askAgain } from '#src/use-cases/reports/ask-again.ts'
import { createReport } from '#src/use-cases/reports/create-report.ts'
import { editReport } from '#src/use-cases/reports/edit-report.ts'
import { removeReport } from '#src/use-cases/reports/remove-report.ts'
import { sendTestReport } from '#src/use-cases/reports/send-test-report.ts'
import { ReportPage, ReportRemovalPage } from '#views/pages/reports/details.tsx'
import { ReportEditPage } from '#views/pages/reports/edit.tsx'
import { ReportsPage } from '#views/pages/reports/list.tsx'
import { paths } from '#views/paths.ts'
import { frameOf } from './frame.ts'
import { type FormStatus, mendable } from './mendable.ts'
import { reportView } from './report-view.ts'

/** Reports by mail: their list, each with a preview and its runs, and the acts on them (R271 R272 R273). */
export const reportPages = new Hono<HttpEnv>()
  .get(paths.reports, may('report.read'), showList)
  .get(paths.newReport, may('report.edit'), (c) => showForm(c, null, empty, [], 200))
  .post(paths.reports, may('report.edit'), create)
  .get('/reports/:id/list.csv', may('report.read'), downloadCsv)
  .get('/reports/:id/list.pdf', may('report.read'), (c) => reportAsPdf(c, idIn(c)))
  .get('/reports/:id', may('report.read'), show)
  .post('/reports/:id', may('report.edit'), save)
  .get('/reports/:id/edit', may('report.edit'), showEdit)
  .post('/reports/:id/states', may('report.edit'), switchOver)
  .post('/reports/:id/tests', may('report.edit'), test)
  .post('/reports/:id/confirmations', may('report.edit'), askOnceMore)
  .get('/reports/:id/removal', may('report.edit'), showRemoval)
  .post('/reports/:id/removals', may('report.edit'), remove)

const idIn = (c: HttpContext): string => c.req.param('id') ?? ''
const request = (c: HttpContext) => c.var.deps.newId('request')

async function showList(c: HttpContext) {
  const { actor, reports, recipients } = await readReports(c)
  const sort = reportSortFrom(c.req.query('sort') ?? '')
  const views = reports.map((report) => reportView(report, recipients))
  const page = (
    <ReportsPage
      frame={frameOf(c, actor)}
      reports={sortReports(views, sort)}
      sort={sort}
      mayEdit={allows(actor, 'report.edit')}
      requests={reports.map(() => request(c))}
    />
  )
  return c.html(page)
}

async function show(c: HttpContext) {
  const { actor, report, recipients, runs, content } = await readReportNow(c, idIn(c))
  const page = (
    <ReportPage
      frame={frameOf(c, actor)}
      report={reportView(report, recipients)}
      content={content}
      runs={runs}
      mayEdit={allows(actor, 'report.edit')}
      requests={[request(c), request(c)]}
    />
  )
  return c.html(page)
}

async function downloadCsv(c: HttpContext) {
  const { told, content } = await readReportNow(c, idIn(c))
  const name = `${told.kind}-${told.today}.csv`
  return fileResponse(c, name, csvFile([content.head, ...content.rows]))
}

const empty: TypedReport = {
  ...{ kind: 'support-ends', product: '', leadDays: '30', frequency: 'weekly', weekday: '1', monthDay: '1' },
  ...{ hour: '8', timeZone: '', sendsEmpty: false, emails: '' },
}

type Under = { readonly id: string; readonly version: number } | null

async function showForm(
  c: HttpContext,
  report: Under,
  typed: TypedReport,
  errors: readonly FieldError[],
  status: 200 | 429 | FormStatus,
) {
  const { actor, rows } = await ask(c, (reach) => [listReportableProducts(reach)])
  const inOwnZone = typed === empty ? { ...typed, timeZone: zoneName(actor.formats) } : typed
  const draft = { typed: inOwnZone, request: request(c), errors }
  return c.html(
    <ReportEditPage frame={frameOf(c, actor)} products={rows[0]} {...{ report, draft, kinds: kindsFor(actor) }} />,
    status,
  )
}

async function showEdit(c: HttpContext) {
  const { actor, rows } = await ask(c, (reach) => [
    findReport(reach, idIn(c)),
    listRecipients(idIn(c)),
    listReportableProducts(reach),
  ])
  const [found, recipients, products] = rows
  const [report] = readableBy(actor, found)
  if (!report) return refuse({ code: 'not-found' })
  const { frequency, weekday, monthDay, hour, timeZone } = report.schedule
  const typed: TypedReport = {
    ...{ kind: report.kind, product: report.productCode ?? '', leadDays: String(report.leadDays), frequency, timeZone },
    ...{ weekday: String(weekday), monthDay: String(monthDay), hour: String(hour), sendsEmpty: report.sendsEmpty },
    emails: recipients.map(({ email }) => email).join('\n'),
  }
  const draft = { typed, request: request(c), errors: [] }
  return c.html(<ReportEditPage frame={frameOf(c, actor)} {...{ report, draft, kinds: kindsFor(actor), products }} />)
}

const typedIn = (form: Record<string, string>): TypedReport =>
  ({
    ...Object.fromEntries(Object.keys(empty).map((name) => [name, form[name] ?? ''])),
    sendsEmpty: form.sendsEmpty === 'true',
  }) as TypedReport

async function create(c: HttpContext) {
  const form = await formBody(c)
  return mended(c, form, null, async () => {
    const { response } = await createReport(
      c.var.deps,
      c.var.asking,
      wantedReportFrom(typedIn(form)),
      await onceOfForm(c, form),
    )
    leaveNotice(c, 'report-added')
    return c.redirect(paths.report(response.id), 303)
  })
}

async function save(c: HttpContext) {
  const form = await formBody(c)
  const report = { id: idIn(c), version: Number(form.version) }
  return mended(c, form, report, async () => {
    const edit = { ...report, wanted: wantedReportFrom(typedIn(form)) }
    await editReport(c.var.deps, c.var.asking, edit, await onceOfForm(c, form))
    leaveNotice(c, 'report-saved')
    return c.redirect(paths.report(report.id), 303)
  })
}

/** The same form again, with what was typed, for refusals that it can mend. */
async function mended(c: HttpContext, form: Record<string, string>, report: Under, act: () => Promise<Response>) {
  try {
    return await act()
  } catch (error) {
    const { errors, status } = tooOften(error) ?? mendable(error)
    const under = status === 412 ? await asItIsNow(c) : report
    return showForm(c, under, typedIn(form), errors, status)
  }
}

/** The report in the version that it has by now: what was typed can be sent again. */
async function asItIsNow(c: HttpContext): Promise<Under> {
  const { rows } = await ask(c, (reach) => [findReport(reach, idIn(c))])
  return rows[0][0] ?? refuse({ code: 'not-found' })
}

/** Addresses that are not of the account are asked by letter, and not without end. */
function tooOften(error: unknown): { errors: readonly FieldError[]; status: 429 } | null {
  if (!(error instanceof Refused) || error.refusal.code !== 'too-many-requests') return null
  return { errors: [{ pointer: 'emails', code: 'too-many-requests', detail: askedTooOften }], status: 429 }
}

async function switchOver(c: HttpContext) {
  const form = await formBody(c)
  const active = form.active === 'true'
  const edit = { id: idIn(c), version: Number(form.version), active }
  await editReport(c.var.deps, c.var.asking, edit, await onceOfForm(c, form))
  leaveNotice(c, active ? 'report-resumed' : 'report-paused')
  return c.redirect(paths.reports, 303)
}

async function test(c: HttpContext) {
  const form = await formBody(c)
  await sendTestReport(c.var.deps, c.var.asking, idIn(c), await onceOfForm(c, form))
  leaveNotice(c, 'report-test-sent')
  return c.redirect(paths.report(idIn(c)), 303)
}

async function askOnceMore(c: HttpContext) {
  const form = await formBody(c)
  const asked = { id: idIn(c), email: form.email ?? '' }
  await askAgain(c.var.deps, c.var.asking, asked, await onceOfForm(c, form))
  leaveNotice(c, 'report-asked')
  return c.redirect(paths.reports, 303)
}

async function showRemoval(c: HttpContext) {
  const { actor, report, recipients } = await readReportTerms(c, idIn(c))
  const view = { ...report, emails: recipients.map(({ email }) => email) }
  return c.html(<ReportRemovalPage frame={frameOf(c, actor)} report={view} request={request(c)} />)
}

async function remove(c: HttpContext) {
  const form = await formBody(c)
  await removeReport(c.var.deps, c.var.asking, idIn(c), await onceOfForm(c, form))
  leaveNotice(c, 'report-removed')
  return c.redirect(paths.reports, 303)
}
