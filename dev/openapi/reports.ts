import * as z from 'zod'
import { reportBody, reportChange, reportConfirmationBody, reportTestBody } from '#src/api/reports.ts'
import { reportKinds, runStates } from '#src/domain/reports/report.ts'
import { frequencies } from '#src/domain/reports/timing.ts'
import { instant, listOf } from './common.ts'
import type { Operation, Shape } from './operation.ts'

const key = "-H 'Authorization: Bearer ptk_demo_northwind'"
const json = "-H 'Content-Type: application/json'"
const inPath = { id: 'The id of the report.' }

const fields = {
  id: z.string(),
  kind: z.enum(reportKinds),
  product: z.string().nullable().meta({ description: '`null` is all products.' }),
  leadDays: z.int().meta({
    description:
      'How far ahead it looks; of computers, for how long they have been silent; of costs, how far back it goes, in whole months.',
  }),
  frequency: z.enum(frequencies),
  weekday: z.int().meta({ description: '1 is Monday.' }),
  monthDay: z.int(),
  hour: z.int(),
  timeZone: z.string(),
  words: z.string(),
  sendsEmpty: z.boolean(),
  active: z.boolean(),
  nextDueAt: instant,
  emails: z.array(z.strictObject({ email: z.string(), confirmed: z.boolean(), unsubscribed: z.boolean() })),
  version: z.int(),
}
const example = {
  ...{ id: 'rep_01', kind: 'support-ends', product: null, leadDays: 60, frequency: 'daily', weekday: 1, monthDay: 1 },
  ...{ hour: 7, timeZone: 'Europe/Amsterdam', words: 'every day at 07:00, Europe/Amsterdam', sendsEmpty: false },
  ...{ active: true, nextDueAt: '2026-08-22T05:00:00.000Z', version: 1 },
  emails: [{ email: 'partner@northwind.example', confirmed: true, unsubscribed: false }],
}
const report: Shape = { name: 'Report', schema: z.strictObject(fields), example }
const run = z.strictObject({
  dueAt: instant,
  ranAt: instant,
  state: z.enum(runStates),
  rows: z.int(),
  letters: z.int(),
})
const withRuns: Shape = {
  name: 'ReportWithRuns',
  schema: z.strictObject({ ...fields, runs: z.array(run) }),
  example: { ...example, runs: [] },
}
const made: Shape = {
  name: 'ReportVersion',
  schema: z.strictObject({ id: z.string(), version: z.int() }),
  example: { id: 'rep_01', version: 1 },
}
const content: Shape = {
  name: 'ReportPreview',
  schema: z.strictObject({
    figures: z.record(z.string(), z.string()),
    head: z.array(z.string()),
    rows: z.array(z.array(z.string())),
    isCut: z.boolean(),
  }),
  example: { figures: { 'In all': '0' }, head: ['Ends on'], rows: [], isCut: false },
}
const tested: Shape = {
  name: 'ReportTest',
  schema: z.strictObject({ email: z.string() }),
  example: { email: 'partner@northwind.example' },
}
const newReport = { kind: 'support-ends', frequency: 'daily', leadDays: 30, emails: ['partner@northwind.example'] }

export const reportOperations: readonly Operation[] = [
  {
    ...{ id: 'listReports', tag: 'Reports', method: 'get', path: '/api/v1/reports', summary: 'List reports' },
    description: 'The account’s own; at most fifty, on one page.',
    answers: [{ status: 200, description: 'All reports.', shape: listOf(report) }],
    problems: [],
    curl: `curl http://localhost:8787/api/v1/reports \\\n  ${key}`,
  },
  {
    ...{ id: 'createReport', tag: 'Reports', method: 'post', path: '/api/v1/reports', summary: 'Add a report' },
    description: 'Addresses that are not of the account are asked by letter before they get anything.',
    headers: ['Idempotency-Key'],
    body: { name: 'NewReport', schema: reportBody, example: newReport },
    answers: [{ status: 201, description: 'The report.', shape: made }],
    problems: ['invalid-request', 'too-many-reports'],
    curl: `curl -X POST http://localhost:8787/api/v1/reports \\\n  ${key} \\\n  ${json} -d '${JSON.stringify(newReport)}'`,
  },
  {
    ...{ id: 'findReport', tag: 'Reports', method: 'get', path: '/api/v1/reports/{id}', summary: 'Read a report' },
    description: 'With its last ten runs.',
    inPath,
    headers: ['If-None-Match'],
    answers: [
      { status: 200, description: 'The report.', shape: withRuns, headers: ['ETag'] },
      { status: 304, description: 'It is as you hold it.' },
    ],
    problems: ['not-found'],
    curl: `curl http://localhost:8787/api/v1/reports/rep_00-northwind \\\n  ${key}`,
  },
  {
    ...{ id: 'editReport', tag: 'Reports', method: 'patch', path: '/api/v1/reports/{id}', summary: 'Change a report' },
    description: 'Pauses it, switches it on, or puts another one in its place.',
    inPath,
    headers: ['If-Match'],
    body: { name: 'ReportChange', schema: reportChange, example: { active: true } },
    answers: [{ status: 200, description: 'Its new version.', shape: made, headers: ['ETag'] }],
    problems: ['invalid-request', 'not-found', 'precondition-required', 'version-mismatch'],
    curl: `curl -X PATCH http://localhost:8787/api/v1/reports/rep_00-northwind \\\n  ${key} \\\n  ${json} -H 'If-Match: *' -d '{"active":true}'`,
  },
  {
    ...{ id: 'previewReport', tag: 'Reports', method: 'get', path: '/api/v1/reports/{id}/preview' },
    summary: 'See what a report would tell',
    description: 'As it stands now; nothing is sent.',
    inPath,
    answers: [{ status: 200, description: 'Figures and rows.', shape: content }],
    problems: ['not-found'],
    curl: `curl http://localhost:8787/api/v1/reports/rep_00-northwind/preview \\\n  ${key}`,
  },
  {
    ...{ id: 'printReport', tag: 'Reports', method: 'get', path: '/api/v1/reports/{id}/pdf' },
    summary: 'Read a report as PDF',
    description: 'As it stands now, with its fonts inside.',
    inPath,
    answers: [{ status: 200, description: 'The PDF.', file: true }],
    problems: ['not-found'],
    curl: `curl -o report.pdf http://localhost:8787/api/v1/reports/rep_00-northwind/pdf \\\n  ${key}`,
  },
  {
    ...{ id: 'testReport', tag: 'Reports', method: 'post', path: '/api/v1/reports/{id}/tests', summary: 'Send a test' },
    description: 'To the address of the account, and to nobody else.',
    inPath,
    headers: ['Idempotency-Key'],
    body: { name: 'NewReportTest', schema: reportTestBody, example: {} },
    answers: [{ status: 201, description: 'Where it goes.', shape: tested }],
    problems: ['not-found'],
    curl: `curl -X POST http://localhost:8787/api/v1/reports/rep_00-northwind/tests \\\n  ${key} \\\n  ${json} -d '{}'`,
  },
  {
    ...{ id: 'askRecipientAgain', tag: 'Reports', method: 'post', path: '/api/v1/reports/{id}/confirmations' },
    summary: 'Ask an address again',
    description:
      'Mails an address outside of the account, which has not said yet whether it wants the report, once more: at most five letters a day to one address.',
    inPath,
    headers: ['Idempotency-Key'],
    body: {
      name: 'NewReportConfirmation',
      schema: reportConfirmationBody,
      example: { email: 'buyer@waterkant.example' },
    },
    answers: [{ status: 201, description: 'Whom it asks.', shape: tested }],
    problems: ['not-found', 'too-many-requests'],
    curl: `curl -X POST http://localhost:8787/api/v1/reports/rep_00-northwind/confirmations \\\n  ${key} \\\n  ${json} -d '{"email":"buyer@waterkant.example"}'`,
  },
  {
    ...{
      id: 'removeReport',
      tag: 'Reports',
      method: 'delete',
      path: '/api/v1/reports/{id}',
      summary: 'Remove a report',
    },
    description: 'Its addresses and runs go with it.',
    inPath,
    answers: [{ status: 204, description: 'It is gone.' }],
    problems: ['not-found'],
    curl: `curl -X DELETE http://localhost:8787/api/v1/reports/rep_00-northwind-trials \\\n  ${key}`,
  },
]
