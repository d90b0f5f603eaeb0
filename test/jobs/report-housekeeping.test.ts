import { beforeEach, expect, test } from 'vitest'
import { northwind } from '#dev/world/people.ts'
import { runDue } from '#src/jobs/schedule.ts'
import type { Deps } from '#src/use-cases/deps.ts'
import { runDueReports } from '#src/use-cases/reports/run-due-reports.ts'
import { type Browser, openPortal, type Portal, signIn } from '../support/portal.ts'

const everyMinute = '* * * * *'
const day = 86_400_000
const report = 'rep_00-northwind'
let portal: Portal
let browser: Browser
beforeEach(async () => {
  portal = await openPortal()
  browser = portal.browser()
  await signIn(browser, 'northwind', 'portico-demo')
  await portal.deps.settled()
})

const after = (ms: number) => new Date(portal.deps.now().getTime() + ms)
const down = { send: async () => ({ outcome: 'again', error: 'down' }) } as Deps['mailer']
const tick = (at: Date, mailer: Deps['mailer'] = portal.deps.mailer) =>
  runDue({ ...portal.deps, mailer, now: () => at } as Deps, everyMinute)
const waiting = async () =>
  (await portal.db.rows("select template from outbox where state = 'pending' order by 1")).map(
    ({ template }) => template,
  )
const left = () => portal.deps.letters.filter(({ subject }) => /^Support ends|wants to send/.test(subject))

test('a report that is removed while its letters wait is not sent any more (R271)', async () => {
  await tick(portal.deps.now(), down)
  await portal.db.client.execute(
    `insert into outbox (id, template, params, recipient, once_key, next_attempt_at, created_at)
      values ('let_test', 'report-test', '{"reportId":"${report}"}', '${northwind.email}', 'test', 1e15, 0)`,
  )
  expect(await waiting()).toEqual(['report', 'report-test'])
  const gone = await browser.submit(await browser.open(`/reports/${report}/removal`), 'main form')
  expect([gone.text, await waiting()]).toEqual([expect.stringContaining('Report removed'), []])
  await tick(after(3_600_000))
  expect(left()).toEqual([])
})

test('a report that is removed while its letter is on its way is not tried again, and nobody is alarmed (R271)', async () => {
  await portal.db.client.execute(
    `insert into outbox (id, template, params, recipient, once_key, state, attempts, lease_until, next_attempt_at, created_at)
      values ('let_leased', 'report', '{"reportId":"rep_gone","dueAt":1}', '${northwind.email}', 'leased', 'sending', 1, 1, 1, 0)`,
  )
  await portal.db.client.execute('update reports set active = 0')
  await tick(after(60_000))
  expect(await portal.db.rows("select state from outbox where once_key = 'leased'")).toEqual([])
  expect(portal.deps.letters.filter(({ subject }) => /report|ends|could not/i.test(subject))).toEqual([])
})

test('an address that is taken off a report gets no letter that still waits, nor is it asked (R273)', async () => {
  await portal.db.client.execute({
    sql: `insert into report_recipients (id, report_id, email, email_key, created_at) values ('rcp_other', ?, 'a@b.example', 'a@b.example', 0)`,
    args: [report],
  })
  await portal.db.client.execute(
    `insert into outbox (id, template, params, recipient, once_key, next_attempt_at, created_at)
      values ('let_asked', 'report-confirmation', '{"recipientId":"rcp_other"}', 'a@b.example', 'asked', 1e15, 0)`,
  )
  await tick(portal.deps.now(), down)
  expect(await waiting()).toEqual(['report', 'report-confirmation'])
  const edit = await browser.open(`/reports/${report}/edit`)
  expect((await browser.submit(edit, 'main form.form', { emails: northwind.email })).text).toContain('Report saved')
  expect(await waiting()).toEqual(['report'])
})

test('of each report the last twenty runs are kept', async () => {
  for (let days = 0; days < 25; days++) await runDueReports({ ...portal.deps, now: () => after(days * day) } as Deps)
  const [{ n, first }] = (await portal.db.rows(
    'select count(*) as n, min(due_at) as first from report_runs where report_id = ?',
    report,
  )) as [{ n: number; first: number }]
  expect([n, new Date(Number(first)).toISOString()]).toEqual([20, '2026-08-26T05:00:00.000Z'])
})
