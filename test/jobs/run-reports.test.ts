import { parse } from 'csv-parse/sync'
import { beforeEach, expect, test } from 'vitest'
import { fabrikam, northwind } from '#dev/world/people.ts'
import type { Letter } from '#src/gateways/mail.ts'
import { runDue } from '#src/jobs/schedule.ts'
import type { Deps } from '#src/use-cases/deps.ts'
import { openPortal, type Portal, signIn } from '../support/portal.ts'

const everyMinute = '* * * * *'
const day = 86_400_000
let portal: Portal
beforeEach(async () => {
  portal = await openPortal()
})

const tick = (at = portal.deps.now()) => runDue({ ...portal.deps, now: () => at } as Deps, everyMinute)
const runDueLater = () => tick(new Date(portal.deps.now().getTime() + 70_000))
const runs = () => portal.db.rows('select report_id, state, rows, letters, due_at from report_runs order by due_at')
const reports = () => portal.deps.letters.filter(({ subject }) => subject.startsWith('Support ends'))

test('R271: the demo’s daily report goes out at the first tick, with figures, table, CSV and a way out', async () => {
  await tick()
  const [letter] = reports()
  expect(reports()).toHaveLength(1)
  expect(letter).toMatchObject({
    to: northwind.email,
    subject: expect.stringMatching(/^Support ends by 20 Oct 2026: \d+ licenses, Northwind$/),
  })
  expect(letter?.headers?.['List-Unsubscribe-Post']).toBe('List-Unsubscribe=One-Click')
  expect(letter?.headers?.['List-Unsubscribe']).toMatch(/^<https:\/\/portal\.acme\.example\/links\/rcp_[\w.-]+>$/)
  const [csv] = letter?.attachments ?? []
  const rows = parse(csv?.text.replace('\uFEFF', '') ?? '', { columns: true }) as Record<string, string>[]
  const [run] = await runs()
  expect(run).toMatchObject({ state: 'sent', rows: rows.length, letters: 1 })
  expect(rows.length).toBeGreaterThan(0)
  const ends = rows.map((row) => row['Ends on'] ?? '')
  expect(ends).toEqual(ends.toSorted())
  expect(ends.every((one) => one >= '2026-08-07' && one <= '2026-10-20')).toBe(true)
  expect(letter?.text).toContain(rows[0]?.['Serial number'])
  expect(letter?.text).toContain('from 7 Aug 2026 to 20 Oct 2026, as of 21 Aug 2026, Europe/Amsterdam.')
  expect(new TextEncoder().encode(letter?.html).length).toBeLessThan(20_000)
})

test('each report is told once for each time it is due, by five ticks at once and however often (C1)', async () => {
  await Promise.all(Array.from({ length: 5 }, () => tick()))
  await tick()
  expect([(await runs()).length, reports().length]).toEqual([1, 1])
  const [{ next }] = (await portal.db.rows(
    "select next_due_at as next from reports where id = 'rep_00-northwind'",
  )) as [{ next: number }]
  expect(new Date(Number(next)).toISOString()).toBe('2026-08-22T05:00:00.000Z')
  await tick(new Date('2026-08-22T05:00:10.000Z'))
  expect([(await runs()).length, reports().length]).toEqual([2, 2])
})

test.each([
  ['support-ends', 'northwind', 'Serial number'],
  ['stale-computers', fabrikam.logins.full.email, 'Computer'],
])('the link of a letter of %s leads to the list of the same rows (R271)', async (kind, login, column) => {
  await portal.db.client.execute({
    sql: 'update reports set kind = ?, active = 1, lead_days = 40, next_due_at = 0 where id = ?',
    args: [kind, kind === 'support-ends' ? 'rep_00-northwind' : 'rep_00-fabrikam'],
  })
  await tick()
  const letter = portal.deps.letters.find(({ attachments }) => attachments?.[0]?.filename.startsWith(kind))
  const told = parse(letter?.attachments?.[0]?.text.replace('\uFEFF', '') ?? '', { columns: true }) as Record<
    string,
    string
  >[]
  const wanted = told.filter((row) => row['Last check-in'] !== 'never').map((row) => row[column] ?? '')
  expect(wanted.length).toBeGreaterThan(0)
  const reader = portal.browser()
  await signIn(reader, login, 'portico-demo')
  const url = new URL(/Open the list:\n(\S+)/.exec(letter?.text ?? '')?.[1] ?? '')
  const page = await reader.open(`${url.pathname}${url.search}&limit=100`)
  expect(page.status).toBe(200)
  const rows = page.dom.querySelectorAll('main table tbody tr').map(({ text }) => text)
  expect(rows).toHaveLength(wanted.length)
  for (const one of wanted) expect(rows.some((row) => row.includes(one))).toBe(true)
})

test.each([
  ['its address unsubscribed', 'update report_recipients set unsubscribed_at = 1'],
  ['its run was forgotten', 'delete from report_runs'],
])('a letter that is written already is not sent where %s meanwhile', async (_, sql) => {
  await runDue({ ...portal.deps, mailer: { send: async () => ({ outcome: 'again', error: 'down' }) } }, everyMinute)
  await portal.db.client.execute(sql)
  await runDueLater()
  expect(reports()).toEqual([])
  expect(await portal.db.rows("select 1 from outbox where template = 'report'")).toEqual([])
})

test('a letter that is tried again says the same, whatever the report has become', async () => {
  const first: Letter[] = []
  const send = async (letter: Letter) => {
    first.push(letter)
    return { outcome: 'again', error: 'the answer was lost' } as const
  }
  await runDue({ ...portal.deps, mailer: { send } }, everyMinute)
  const partner = portal.browser()
  await signIn(partner, 'northwind', 'portico-demo')
  const edit = await partner.open('/reports/rep_00-northwind/edit')
  await partner.submit(edit, 'main form.form', { kind: 'license-ends', leadDays: '9', frequency: 'monthly' })
  await runDueLater()
  const { once: _, ...again } = reports()[0] ?? expect.fail('no letter')
  expect(again).toEqual(first.find(({ subject }) => subject.startsWith('Support ends')))
})

test('page, CSV, PDF and JSON show the day of the report’s zone, as the letter does', async () => {
  portal.deps.clock.at = new Date('2026-08-21T11:00:00.000Z')
  const report = "update reports set time_zone = 'Pacific/Kiritimati', lead_days = 0 where id = 'rep_00-northwind'"
  await portal.db.client.execute(report)
  const moved = await portal.db.client.execute(
    `update supports set ends_on = '2026-08-22' where license_id = (select l.id from licenses l join supports s on s.license_id = l.id
      where l.account_id = '${northwind.accountId}' limit 1)`,
  )
  expect(moved.rowsAffected).toBe(1)
  await tick()
  const csv = reports()[0]?.attachments?.[0]
  expect(csv?.filename).toBe('support-ends-2026-08-22.csv')
  expect(csv?.text).toContain('2026-08-22,0,')
  const partner = portal.browser()
  await signIn(partner, 'northwind', 'portico-demo')
  const file = await partner.request('GET', '/reports/rep_00-northwind/list.csv')
  expect([file.headers.get('content-disposition'), await file.text()]).toEqual([
    'attachment; filename="support-ends-2026-08-22.csv"',
    csv?.text.replace('\uFEFF', ''),
  ])
  const preview = await portal.call('GET', '/api/v1/reports/rep_00-northwind/preview', { key: northwind.apiKey })
  const { rows } = (await preview.json()) as { rows: string[][] }
  expect(rows.map(([day, left]) => [day, left])).toContainEqual(['2026-08-22', '0'])
  expect(rows).toHaveLength((csv?.text.trim().split('\r\n').length ?? 0) - 1)
})

test('three silent days are made up for once, by the last of them', async () => {
  await tick()
  await tick(new Date(portal.deps.now().getTime() + 3 * day))
  const due = (await runs()).map(({ due_at }) => new Date(Number(due_at)).toISOString())
  expect(due.slice(1)).toEqual(['2026-08-24T05:00:00.000Z'])
  expect(reports()).toHaveLength(2)
})

test('killed at any call to the database, the next tick makes it, once', async () => {
  for (let alive = 0; alive < 6; alive++) {
    const fresh = await openPortal()
    let calls = 0
    const db: Deps['db'] = {
      batch: (statements, mode) =>
        calls++ === alive ? Promise.reject(new Error('killed')) : fresh.db.batch(statements, mode),
    }
    await runDue({ ...fresh.deps, db }, everyMinute).catch(() => {})
    await runDue({ ...fresh.deps, now: () => new Date(fresh.deps.now().getTime() + 70_000) }, everyMinute)
    const told = fresh.deps.letters.filter(({ subject }) => subject.startsWith('Support ends'))
    expect(new Set(told.map(({ once }) => once)).size).toBe(1)
    expect(await fresh.db.rows('select count(*) as n from report_runs')).toEqual([{ n: 1 }])
  }
})

test('a report that fails holds up none behind it, is told to the log, and fails the run in the end', async () => {
  await portal.db.client.execute(
    "update reports set active = 1, next_due_at = 0, time_zone = 'Mars/Olympus' where id = 'rep_00-fabrikam'",
  )
  await expect(tick()).rejects.toThrow('run-reports')
  expect(reports()).toHaveLength(1)
  expect(portal.deps.logs).toContainEqual(
    expect.objectContaining({ level: 'error', message: 'one of many failed', id: 'rep_00-fabrikam' }),
  )
  const [run] = await portal.db.rows("select error from job_runs where job = 'run-reports'")
  expect(run?.error).toBe('Error: 1 failed: rep_00-fabrikam; 1 were done')
})

test('nothing to report sends nothing, unless that was asked for; a paused or suspended one does not run', async () => {
  await portal.db.client.execute("update reports set product_code = 'live-patching' where id = 'rep_00-northwind'")
  await tick()
  expect(await runs()).toMatchObject([{ state: 'empty', letters: 0 }])
  await portal.db.client.execute("update reports set sends_empty = 1 where id = 'rep_00-northwind'")
  await tick(new Date(portal.deps.now().getTime() + day))
  expect(reports().at(-1)?.text).toContain('There is nothing to report')
  await portal.db.client.execute("update reports set active = 0 where id = 'rep_00-northwind'")
  await tick(new Date(portal.deps.now().getTime() + 2 * day))
  expect(await runs()).toHaveLength(2)
})

test('one click unsubscribes without a sign-in; the link shows what it does and brings it back (RFC 8058)', async () => {
  await tick()
  const url = reports()[0]?.headers?.['List-Unsubscribe']?.slice(1, -1) ?? ''
  const reader = portal.browser()
  const page = await reader.open(new URL(url).pathname)
  expect(page.text).toContain('Get no more of this report?')
  expect(await portal.db.rows('select 1 from report_recipients where unsubscribed_at is not null')).toEqual([])
  const answer = await portal.app.request(url, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: 'List-Unsubscribe=One-Click',
  })
  expect(answer.status).toBe(200)
  await tick(new Date(portal.deps.now().getTime() + day))
  expect(await runs()).toMatchObject([{ state: 'sent' }, { state: 'nobody' }])
  expect(reports()).toHaveLength(1)
  const back = await reader.open(new URL(url).pathname)
  await reader.submit(back, 'main form')
  await tick(new Date(portal.deps.now().getTime() + 2 * day))
  expect(reports()).toHaveLength(2)
  const forged = `${url.slice(0, -2)}xx`
  expect((await reader.open(new URL(forged).pathname)).status).toBe(400)
})

test.each([
  [
    'a multipart form',
    'multipart/form-data; boundary=b',
    '--b\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--b--\r\n',
  ],
  ['a multipart form that breaks off', 'multipart/form-data; boundary=b', '--b\r\nContent-'],
])('one click unsubscribes by %s, which other links do not take (RFC 8058)', async (_, type, body) => {
  await tick()
  const url = reports()[0]?.headers?.['List-Unsubscribe']?.slice(1, -1) ?? ''
  const post = (to: string) => portal.app.request(to, { method: 'POST', headers: { 'content-type': type }, body })
  expect((await post(url)).status).toBe(200)
  expect(await portal.db.rows('select count(*) as n from report_recipients where unsubscribed_at is not null')).toEqual(
    [{ n: 1 }],
  )
  expect((await post(url.replace('rcp_', 'lnk_'))).status).toBe(415)
})

test('a multipart form brings a report back too, where it says so', async () => {
  await tick()
  await portal.db.client.execute(
    "update report_recipients set unsubscribed_at = 1 where report_id = 'rep_00-northwind' and confirmed_at is not null",
  )
  const url = reports()[0]?.headers?.['List-Unsubscribe']?.slice(1, -1) ?? ''
  const body = new FormData()
  body.set('answer', 'confirmed')
  expect((await portal.app.request(url, { method: 'POST', body })).status).toBe(200)
  expect(await portal.db.rows('select 1 from report_recipients where unsubscribed_at is not null')).toEqual([])
})

test('a trail is left of what an address said', async () => {
  await tick()
  const url = reports()[0]?.headers?.['List-Unsubscribe']?.slice(1, -1) ?? ''
  await portal.app.request(url, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: '',
  })
  const partner = portal.browser()
  await signIn(partner, 'northwind', 'portico-demo')
  expect((await partner.open('/events')).text).toContain('Report unsubscribed by its address')
})
