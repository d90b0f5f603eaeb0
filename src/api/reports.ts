import { Hono } from 'hono'
import * as z from 'zod'
import { reportKinds } from '#src/domain/reports/report.ts'
import { frequencies } from '#src/domain/reports/timing.ts'
import { type WantedReport, wantedReportFrom } from '#src/domain/reports/wanted.ts'
import type { HttpContext, HttpEnv } from '#src/http/context.ts'
import { etagOf, isHeld, versionToMatch } from '#src/http/etags.ts'
import { may } from '#src/http/guards.ts'
import { onceOf } from '#src/http/idempotency.ts'
import { bodyOf } from '#src/http/input.ts'
import { readReportNow, readReports, readReportTerms, reportAsPdf } from '#src/http/reports.ts'
import { askAgain } from '#src/use-cases/reports/ask-again.ts'
import { createReport } from '#src/use-cases/reports/create-report.ts'
import { editReport } from '#src/use-cases/reports/edit-report.ts'
import { removeReport } from '#src/use-cases/reports/remove-report.ts'
import { sendTestReport } from '#src/use-cases/reports/send-test-report.ts'
import { reportShape, reportWithRunsShape } from './shapes/report.ts'

const terms = {
  kind: z.enum(reportKinds, `Choose one of ${reportKinds.join(', ')}`),
  product: z.string().max(100).nullable().default(null),
  leadDays: z.int('Write a whole number').default(30),
  frequency: z.enum(frequencies, `Choose one of ${frequencies.join(', ')}`),
  weekday: z.int('Write 1 for Monday to 7 for Sunday').default(1),
  monthDay: z.int('Write a day of the month').default(1),
  hour: z.int('Write an hour from 0 to 23').default(8),
  timeZone: z.string().max(100).default('UTC'),
  sendsEmpty: z.boolean().default(false),
  emails: z.array(z.string().max(254)).max(100),
}

/** The body of a report, new or changed as a whole. */
export const reportBody = z.strictObject(terms)

/** The body of a change: whether it is active, or all of it. */
export const reportChange = z.strictObject({ active: z.boolean().optional(), report: reportBody.optional() })

/** The body of a confirmation: which address is asked again. */
export const reportConfirmationBody = z.strictObject({ email: z.string().max(254) })

/** The body of a test: there is nothing to say. */
export const reportTestBody = z.strictObject({})

/** Calls about reports by mail. */
export const reportCalls = new Hono<HttpEnv>()
  .get('/api/v1/reports', may('report.read'), list)
  .post('/api/v1/reports', may('report.edit'), create)
  .get('/api/v1/reports/:id', may('report.read'), show)
  .patch('/api/v1/reports/:id', may('report.edit'), change)
  .delete('/api/v1/reports/:id', may('report.edit'), remove)
  .get('/api/v1/reports/:id/preview', may('report.read'), preview)
  .get('/api/v1/reports/:id/pdf', may('report.read'), (c) => reportAsPdf(c, idIn(c)))
  .post('/api/v1/reports/:id/tests', may('report.edit'), test)
  .post('/api/v1/reports/:id/confirmations', may('report.edit'), askOnceMore)

const idIn = (c: HttpContext): string => c.req.param('id') ?? ''

function wantedFrom({
  product,
  leadDays,
  weekday,
  monthDay,
  hour,
  emails,
  ...rest
}: z.output<typeof reportBody>): WantedReport {
  return wantedReportFrom({
    ...{ ...rest, product: product ?? '', leadDays: String(leadDays), weekday: String(weekday) },
    ...{ monthDay: String(monthDay), hour: String(hour), emails: emails.join('\n') },
  })
}

/** The account's reports; there are at most fifty, so they come as one page. */
async function list(c: HttpContext) {
  const { reports, recipients } = await readReports(c)
  return c.json({ data: reports.map((report) => reportShape(report, recipients)), nextCursor: null })
}

/** Adds a report; 201 with its id. */
async function create(c: HttpContext) {
  const wanted = wantedFrom(await bodyOf(c, reportBody))
  const { response } = await createReport(c.var.deps, c.var.asking, wanted, await onceOf(c))
  c.header('Location', `/api/v1/reports/${response.id}`)
  return c.json(response, 201)
}

/** One report with its last ten runs, and its `ETag`. */
async function show(c: HttpContext) {
  const { report, recipients, runs } = await readReportTerms(c, idIn(c))
  const etag = etagOf(report.version, String(runs[0]?.dueAt.getTime() ?? 0))
  c.header('ETag', etag)
  return isHeld(c, etag) ? c.body(null, 304) : c.json(reportWithRunsShape(report, recipients, runs))
}

/** Changes the version named in `If-Match`; answers the new one. */
async function change(c: HttpContext) {
  const { active, report } = await bodyOf(c, reportChange)
  const edit = {
    ...{ id: idIn(c), version: versionToMatch(c) },
    ...(active === undefined ? {} : { active }),
    ...(report === undefined ? {} : { wanted: wantedFrom(report) }),
  }
  const version = await editReport(c.var.deps, c.var.asking, edit, null)
  c.header('ETag', etagOf(version))
  return c.json({ id: idIn(c), version })
}

/** Takes a report away; 204. */
async function remove(c: HttpContext) {
  await removeReport(c.var.deps, c.var.asking, idIn(c), null)
  return c.body(null, 204)
}

/** What the report would tell now. */
async function preview(c: HttpContext) {
  const { figures, head, rows, isCut } = (await readReportNow(c, idIn(c))).content
  return c.json({ figures: Object.fromEntries(figures), head, rows, isCut })
}

/** Asks an address that has not answered yet once more whether it wants the report; 201 with the address. */
async function askOnceMore(c: HttpContext) {
  const { email } = await bodyOf(c, reportConfirmationBody)
  return c.json({ email: await askAgain(c.var.deps, c.var.asking, { id: idIn(c), email }, await onceOf(c)) }, 201)
}

/** Mails the report as it stands to the address of whoever asks; 201 with the address. */
async function test(c: HttpContext) {
  await bodyOf(c, reportTestBody)
  return c.json({ email: await sendTestReport(c.var.deps, c.var.asking, idIn(c), await onceOf(c)) }, 201)
}
