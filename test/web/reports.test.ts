import { PDF } from '@libpdf/core'
import { beforeEach, expect, test } from 'vitest'
import { fabrikam, northwind } from '#dev/world/people.ts'
import { runDue } from '#src/jobs/schedule.ts'
import { type Browser, openPortal, type Page, type Portal, signIn } from '../support/portal.ts'

const rowsOf = (page: Page) =>
  page.dom
    .querySelectorAll('tbody')
    .find((one) => !one.closest('figure'))
    ?.querySelectorAll('tr') ?? []

let portal: Portal
let browser: Browser
beforeEach(async () => {
  portal = await openPortal()
  browser = portal.browser()
  await signIn(browser, 'northwind', 'portico-demo')
})

const fields = {
  ...{
    kind: 'support-ends',
    product: '',
    leadDays: '45',
    frequency: 'monthly',
    weekday: '1',
    monthDay: '31',
    hour: '6',
  },
  ...{ timeZone: 'Europe/Amsterdam', emails: northwind.email },
}
const add = async (changes: Record<string, string> = {}): Promise<Page> =>
  browser.submit(await browser.follow(await browser.open('/reports'), 'Add config'), 'main form.form', {
    ...fields,
    ...changes,
  })

test('R272 R273: a config is added and stands in the table with product, e-mails, frequency in words, switch and operations', async () => {
  const made = await add()
  expect(made.url).toMatch(/^\/reports\/rep_/)
  expect(made.text).toContain('on the 31st of each month, or its last day, at 06:00, Europe/Amsterdam')
  const list = await browser.open('/reports')
  expect(rowsOf(list)).toHaveLength(3)
  expect(list.text).toMatch(/Report.*Product.*Emails.*Frequency.*Active.*Operations/s)
  expect(rowsOf(list).at(-1)?.text).toContain(northwind.email)
  expect([list.text.includes('45 days ahead'), made.text.includes('All products, 45 days ahead, on the 31st')]).toEqual(
    [true, true],
  )
})

test('a preview tells what would be sent, as a page and as CSV', async () => {
  const page = await browser.follow(await browser.open('/reports'), 'Support ends')
  expect(page.text).toMatch(/As it would be sent now.*In all\d+/s)
  expect(page.dom.querySelector('figure svg')?.getAttribute('aria-label')).toMatch(/^Ends by month: 2026-\d\d \d+/)
  const chart = page.dom.querySelector('figure svg')?.getAttribute('aria-label')
  const months = page.dom
    .querySelectorAll('figure tbody tr')
    .map((row) => `${row.querySelector('th')?.text.trim()} ${row.querySelector('td')?.text.trim()}`)
  expect(chart).toBe(`Ends by month: ${months.join(', ')}`)
  const counts = months.map((one) => Number(one.split(' ')[1]))
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(rowsOf(page).length)
  const csv = await browser.request('GET', `${page.url}/list.csv`)
  expect((await csv.text()).split('\r\n').length - 2).toBe(rowsOf(page).length)
})

test('it is printed as PDF, with the figures of the page and every row', async () => {
  const page = await browser.follow(await browser.open('/reports'), 'Support ends')
  const answer = await browser.request('GET', `${page.url}/list.pdf`)
  expect(answer.headers.get('content-type')).toBe('application/pdf')
  expect(answer.headers.get('content-disposition')).toMatch(/^attachment; filename="support-ends-2026-\d\d-\d\d\.pdf"$/)
  const pdf = await PDF.load(new Uint8Array(await answer.arrayBuffer()))
  const text = pdf
    .getPages()
    .map((one) => one.extractText().text)
    .join('\n')
  const serials = rowsOf(page).map((row) => row.querySelector('[data-label="Serial number"]')?.text.trim() ?? '')
  expect(serials.length).toBeGreaterThan(0)
  expect(serials.filter((serial) => !text.includes(serial))).toEqual([])
  expect(text).toContain('Northwind')
})

test('it is edited, paused, switched on and removed, each with a line in the trail', async () => {
  const made = await add()
  const edit = await browser.follow(made, 'Edit')
  const saved = await browser.submit(edit, 'main form.form', { frequency: 'daily', hour: '9' })
  expect(saved.text).toContain('every day at 09:00, Europe/Amsterdam')
  await browser.submit(await browser.open(made.url), 'form[action$="/states"]')
  expect((await browser.open(made.url)).text).toContain('paused')
  const gone = await browser.submit(await browser.open(`${made.url}/removal`), 'main form')
  expect(gone.text).toContain('Report removed')
  expect((await browser.open(made.url)).status).toBe(404)
  const actions = await portal.db.rows("select action from events where subject_kind = 'report' order by n")
  expect(actions.map(({ action }) => action)).toEqual([
    'report.created',
    'report.edited',
    'report.edited',
    'report.removed',
  ])
})

test('two tabs that edit one report: the second is told, and what was typed stays', async () => {
  const made = await add()
  const [one, other] = [await browser.follow(made, 'Edit'), await browser.follow(made, 'Edit')]
  await browser.submit(one, 'main form.form', { hour: '9' })
  const late = await browser.submit(other, 'main form.form', { hour: '17' })
  expect(late.status).toBe(412)
  expect(late.dom.querySelector('#hour option[selected]')?.getAttribute('value')).toBe('17')
  expect((await browser.submit(late, 'main form.form')).text).toContain('Report saved')
})

test.each([
  ['emails', { emails: '' }, 'Write at least one e-mail address'],
  ['emails', { emails: 'nobody' }, '“nobody” is no e-mail address'],
  ['timeZone', { timeZone: 'Mars/Olympus' }, 'Write a time zone such as Europe/Paris or UTC'],
  ['leadDays', { leadDays: '-3' }, 'Write a number of days from 0 to 365'],
  ['monthDay', { monthDay: '32' }, 'Write a day of the month, from 1 to 31'],
  ['product', { product: 'nothing' }, 'Choose one of'],
])('a bad %s comes back with the rest of the form and how to mend it', async (field, changes, sentence) => {
  const page = await add(changes as Record<string, string>)
  expect(page.status).toBe(422)
  expect(page.dom.querySelector('[role="alert"] a')?.getAttribute('href')).toBe(`#${field}`)
  expect(page.text).toContain(sentence)
  expect(page.dom.querySelector('#hour option[selected]')?.getAttribute('value')).toBe('6')
})

test('R273: reports are marked, and all of them paused, switched on or removed at once, or none', async () => {
  await add()
  const ids = async () =>
    (await browser.open('/reports')).dom
      .querySelectorAll('input[form="bulk"]')
      .map((one) => one.getAttribute('value') ?? '')
  const all = await ids()
  expect(all).toHaveLength(3)
  const query = (act: string, of: readonly string[]) =>
    new URLSearchParams([['act', act], ...of.map((id) => ['id', id])])
  const asked = await browser.open(`/reports/bulk?${query('pause', all)}`)
  expect(asked.text).toContain('Pause 3 reports?')
  const paused = await browser.submit(asked, 'main form')
  expect(paused.text).toContain('Reports paused')
  expect(rowsOf(paused).map((row) => row.text.includes('Paused: switch on'))).toEqual([true, true, true])
  await browser.submit(await browser.open(`/reports/bulk?${query('resume', all.slice(1))}`), 'main form')
  const removal = await browser.open(`/reports/bulk?${query('remove', all.slice(0, 2))}`)
  await browser.submit(await browser.open(`/reports/${all[0]}/removal`), 'main form')
  expect((await browser.submit(removal, 'main form')).status).toBe(404)
  expect(await ids()).toEqual(all.slice(1))
  expect((await browser.open('/reports/bulk?act=remove')).status).toBe(422)
})

test('R273: the table is sorted by each of its columns, either way', async () => {
  await add({ frequency: 'daily', emails: 'aaa@northwind.example' })
  const firstOf = async (sort: string) => rowsOf(await browser.open(`/reports?sort=${sort}`))[0]?.text ?? ''
  expect(await firstOf('frequency')).toContain('every day')
  expect(await firstOf('-frequency')).not.toContain('every day')
  expect(await firstOf('emails')).toContain('aaa@northwind.example')
  expect((await browser.open('/reports?sort=active')).dom.querySelector('[aria-sort]')?.text).toContain('Active')
  expect((await browser.open('/reports?sort=nonsense')).dom.querySelector('[aria-sort]')).toBeNull()
})

test('an address that is not of the account gets nothing before it says so itself', async () => {
  const made = await add({ frequency: 'daily', emails: `${northwind.email}\nchief@elsewhere.example` })
  await portal.db.client.execute('update reports set next_due_at = 0 where active = 1')
  await runDue(portal.deps, '* * * * *')
  const to = () => portal.deps.letters.filter((one) => one.to === 'chief@elsewhere.example')
  expect(to().map(({ subject }) => subject)).toEqual(['Northwind wants to send you a report'])
  const path = /\/links\/[\w.-]+/.exec(to()[0]?.text ?? '')?.[0] ?? ''
  const chief = portal.browser()
  await chief.submit(await chief.open(path), 'main form')
  await portal.db.client.execute({ sql: 'update reports set next_due_at = 1 where id = ?', args: [made.url.slice(9)] })
  await portal.db.client.execute('delete from report_runs')
  await runDue(portal.deps, '* * * * *')
  expect(to()).toHaveLength(2)
})

test('no address is asked without end, nor does one account ask without end: the form says so and keeps what was typed', async () => {
  const asked = () => portal.db.rows("select count(*) as n from outbox where template = 'report-confirmation'")
  const outside = (from: number, count: number) =>
    Array.from({ length: count }, (_, i) => `n${from + i}@elsewhere.example`).join('\n')
  for (let i = 0; i < 5; i++) expect((await add({ emails: 'chief@elsewhere.example' })).status).toBe(200)
  const sixth = await add({ emails: 'chief@elsewhere.example', hour: '9' })
  expect(sixth.status).toBe(429)
  expect(sixth.dom.querySelector('[role="alert"] a')?.getAttribute('href')).toBe('#emails')
  expect(sixth.text).toContain('too many such letters today. Try again tomorrow')
  expect(sixth.dom.querySelector('#hour option[selected]')?.getAttribute('value')).toBe('9')
  expect((await add({ emails: northwind.email })).status).toBe(200)
  await add({ emails: outside(0, 20) })
  const over = await add({ emails: outside(20, 16) })
  expect([over.status, await asked()]).toEqual([429, [{ n: 25 }]])
  portal.deps.clock.forward(24 * 3_600_000)
  await signIn(browser, 'northwind', 'portico-demo')
  expect((await add({ emails: 'chief@elsewhere.example' })).status).toBe(200)
})

test('an address that has not answered is asked again, by page and by JSON, and one that has is not', async () => {
  const askedAt = () => portal.deps.letters.filter(({ to }) => to === 'buyer@waterkant.example')
  const list = await browser.open('/reports')
  expect(list.text).toContain('buyer@waterkant.example was asked')
  const after = await browser.submit(list, 'form[action$="/confirmations"]')
  expect(after.text).toContain('The address is asked again.')
  await runDue(portal.deps, '* * * * *')
  expect(askedAt().map(({ subject }) => subject)).toEqual(['Northwind wants to send you a report'])
  const call = (email: string) =>
    portal.call('POST', '/api/v1/reports/rep_00-northwind/confirmations', {
      key: northwind.apiKey,
      body: { email },
    })
  const said = await call('Buyer@waterkant.example')
  expect([said.status, await said.json()]).toEqual([201, { email: 'buyer@waterkant.example' }])
  await runDue(portal.deps, '* * * * *')
  expect(askedAt()).toHaveLength(2)
  const reader = portal.browser()
  const path = /\/links\/[\w.-]+/.exec(askedAt()[1]?.text ?? '')?.[0] ?? ''
  await reader.submit(await reader.open(path), 'main form')
  expect((await call('buyer@waterkant.example')).status).toBe(404)
  expect((await browser.open('/reports')).dom.querySelector('form[action$="/confirmations"]')).toBeNull()
  expect((await browser.open('/events')).text).toContain('Report changed')
})

test('a letter that asks again is fenced like the first (R273)', async () => {
  const statuses = []
  for (let i = 0; i < 6; i++)
    statuses.push((await browser.submit(await browser.open('/reports'), 'form[action$="/confirmations"]')).status)
  expect(statuses).toEqual([200, 200, 200, 200, 200, 429])
})

test('what is due stays due where it is saved in between, and the trail tells all that changed (R273)', async () => {
  const nextOf = async () =>
    (await portal.db.rows("select next_due_at as at from reports where id = 'rep_00-northwind'"))[0]?.at
  const before = await nextOf()
  const edit = async (fields: Record<string, string>) =>
    browser.submit(await browser.open('/reports/rep_00-northwind/edit'), 'main form.form', fields)
  await edit({ kind: 'license-ends', leadDays: '10', sendsEmpty: 'true' })
  expect(await nextOf()).toBe(before)
  const [line] = await portal.db.rows("select before, after from events where action = 'report.edited'")
  expect(JSON.parse(String(line?.before))).toMatchObject({ about: 'Support ends', product: 'all', sendsEmpty: false })
  expect(JSON.parse(String(line?.after))).toMatchObject({ about: 'Trial ends', leadDays: 10, sendsEmpty: true })
  await runDue(portal.deps, '* * * * *')
  expect(await portal.db.rows('select count(*) as n from report_runs')).toEqual([{ n: 1 }])
  await edit({ hour: '9' })
  expect(new Date(Number(await nextOf())).toISOString()).toBe('2026-08-22T07:00:00.000Z')
})

test('a test goes to whoever asks and to nobody else', async () => {
  await browser.submit(await browser.open('/reports/rep_00-northwind'), 'form[action$="/tests"]')
  await portal.deps.settled()
  const tests = portal.deps.letters.filter(({ subject }) => subject.startsWith('Test:'))
  expect(tests.map(({ to }) => to)).toEqual([northwind.email])
})

test('the same over JSON: added once, read, paused by version, removed', async () => {
  const key = northwind.apiKey
  const body = { kind: 'low-credits', frequency: 'weekly', emails: [northwind.email] }
  const headers = { 'idempotency-key': 'once' }
  const [one, again] = [
    await portal.call('POST', '/api/v1/reports', { key, body, headers }),
    await portal.call('POST', '/api/v1/reports', { key, body, headers }),
  ]
  const { id } = (await one.json()) as { id: string }
  expect([one.status, ((await again.json()) as { id: string }).id]).toEqual([201, id])
  const read = await portal.call('GET', `/api/v1/reports/${id}`, { key })
  expect(await read.json()).toMatchObject({
    kind: 'low-credits',
    words: 'every Monday at 08:00, UTC',
    active: true,
    runs: [],
  })
  const pdf = await portal.call('GET', `/api/v1/reports/${id}/pdf`, { key })
  expect([pdf.status, pdf.headers.get('content-type')]).toEqual([200, 'application/pdf'])
  const stale = { 'if-match': '"9"' }
  expect(
    (await portal.call('PATCH', `/api/v1/reports/${id}`, { key, body: { active: false }, headers: stale })).status,
  ).toBe(412)
  const etag = { 'if-match': read.headers.get('etag') ?? '' }
  expect(
    (await portal.call('PATCH', `/api/v1/reports/${id}`, { key, body: { active: false }, headers: etag })).status,
  ).toBe(200)
  expect((await portal.call('DELETE', `/api/v1/reports/${id}`, { key })).status).toBe(204)
})

test('R168 R273: costs by mail: the months that its days touch, as the page of costs has them', async () => {
  const billing = portal.browser()
  await signIn(billing, fabrikam.logins.full.email, 'portico-demo')
  const form = await billing.open('/reports/new')
  const costs = { ...fields, kind: 'costs', leadDays: '60', frequency: 'daily', emails: fabrikam.logins.full.email }
  const page = await billing.submit(form, 'main form.form', costs)
  const rows = rowsOf(page).map((row) => row.querySelectorAll('td').map(({ text }) => text.trim()))
  expect(rows).toHaveLength(9)
  expect(rows.slice(0, 3)).toEqual([
    ['2026-08', 'Live Patching', '165.90', 'EUR'],
    ['2026-08', 'Extended Support', '94.50', 'EUR'],
    ['2026-08', 'Extended Support SLA', '90.00', 'EUR'],
  ])
  expect(page.text).toContain('This month so farEUR 350.40')
  await portal.db.client.execute("update reports set next_due_at = 0 where kind = 'costs'")
  await runDue(portal.deps, '* * * * *')
  const letter = portal.deps.letters.find(({ subject }) => subject.startsWith('Costs as of 21 Aug 2026: EUR '))
  expect([letter?.to, letter?.attachments?.[0]?.filename]).toEqual([fabrikam.logins.full.email, 'costs-2026-08-21.csv'])
  expect(letter?.text).toContain('/billing/costs')
  expect(letter?.attachments?.[0]?.text.trim().split('\r\n')).toHaveLength(10)
  const one = await billing.submit(await billing.follow(page, 'Edit'), 'main form.form', { product: 'live-patching' })
  expect(rowsOf(one)).toHaveLength(3)
})

test('R270: whoever may not see costs neither asks for a report of them nor finds one of a colleague', async () => {
  const admin = portal.browser()
  await signIn(admin, fabrikam.logins.full.email, 'portico-demo')
  const costs = { ...fields, kind: 'costs', emails: fabrikam.logins.full.email }
  const made = await admin.submit(await admin.open('/reports/new'), 'main form.form', costs)
  const servers = portal.browser()
  await signIn(servers, fabrikam.logins.servers.email, 'portico-demo')
  expect((await servers.open('/reports')).text).not.toContain('Costs')
  for (const path of ['', '/edit', '/removal', '/list.csv', '/list.pdf'])
    expect((await servers.open(made.url + path)).status).toBe(404)
  const form = await servers.open('/reports/new')
  expect(form.dom.querySelector('option[value="costs"]')).toBeNull()
  const forced = await servers.submit(form, 'main form.form', costs)
  expect([forced.status, forced.text.includes('Choose one of support-ends')]).toEqual([422, true])
  expect((await servers.request('POST', `${made.url}/tests`, new URLSearchParams({ request: 'req_1' }))).status).toBe(
    404,
  )
  expect((await admin.open(made.url)).status).toBe(200)
})

test('no more reports than an account can have', async () => {
  await portal.db.client.execute(`insert into reports (id, account_id, kind, lead_days, frequency, weekday, month_day, hour, time_zone, next_due_at, created_at)
    select 'rep_x' || value, '${northwind.accountId}', 'low-credits', 30, 'daily', 1, 1, 8, 'UTC', 9e12, 0
    from (with recursive s(value) as (select 1 union all select value + 1 from s where value < 48) select value from s)`)
  const page = await add()
  expect([page.status, page.text.includes('as many reports as an account can have')]).toEqual([409, true])
})
