import { parse } from 'csv-parse/sync'
import { beforeEach, expect, test } from 'vitest'
import { ada, demoPassword, northwind, proseware, tailspin, wingtip } from '#dev/world/people.ts'
import { type Browser, openPortal, type Page, type Portal, signIn, signInAsAda } from '../support/portal.ts'
import { racing } from '../support/race.ts'

let portal: Portal
let browser: Browser
beforeEach(async () => {
  portal = await openPortal()
  browser = portal.browser()
})

const asNorthwind = () => signIn(browser, northwind.login, demoPassword)
const rowsOf = (page: Page) => page.dom.querySelectorAll('#list tbody tr')
const cells = (page: Page, label: string) =>
  rowsOf(page).map((row) => row.querySelector(`[data-label="${label}"]`)?.text.replace(/\s+/g, ' ').trim() ?? '')
const heads = (page: Page) => page.dom.querySelectorAll('#list thead th').map((head) => head.text.trim())
const ends = (page: Page) => cells(page, 'From – to').map((text) => text.split(' – ')[1] ?? '')
const balance = async (account: string, offer: string): Promise<number> => {
  const sql = 'select credits from credit_balances where account_id = ? and offer_code = ?'
  return Number((await portal.db.rows(sql, account, offer))[0]?.credits ?? 0)
}
const supportEnd = async (id: string) =>
  (await portal.db.rows('select ends_on from supports where id = ?', id))[0]?.ends_on
/** Today in every test. */
const today = '2026-08-21'
const jansen = 'sup_00-northwind-jansen-1'
const delta = 'sup_00-northwind-delta-3'
const douro = 'sup_00-tailspin-douro-2'

test('R120 R121 R317 the page lists one’s own support and that of one’s resellers, to any depth, and narrows to one of them', async () => {
  const home = await asNorthwind()
  const page = await browser.follow(home, 'Support')
  const menu = await browser.open('/support')
  expect(menu.text).toContain('Extend marked support')
  expect(page.status).toBe(200)
  const all = await everyPage('/support')
  expect(new Set(all.owners)).toEqual(new Set(['Northwind', 'Tailspin', 'Wingtip', 'Proseware']))
  const own = await everyPage('/support?owner=own')
  expect(new Set(own.owners)).toEqual(new Set(['Northwind']))
  const resellers = await everyPage('/support?owner=resellers')
  expect(new Set(resellers.owners)).toEqual(new Set(['Tailspin', 'Wingtip', 'Proseware']))
  expect(own.owners.length + resellers.owners.length).toBe(all.owners.length)
  const narrowed = await everyPage(`/support?account=${wingtip.accountId}`)
  expect(new Set(narrowed.owners)).toEqual(new Set(['Wingtip', 'Proseware']))
  const below = await everyPage(`/support?account=${wingtip.accountId}&owner=own`)
  expect(new Set(below.owners)).toEqual(new Set(['Wingtip']))
  expect(heads(menu)).toEqual(expect.arrayContaining(['License', 'End customer', 'Owner', 'From – to', 'Actions']))
})

async function everyPage(path: string) {
  const owners: string[] = []
  const seen: string[] = []
  let page = await browser.open(path)
  for (;;) {
    owners.push(...cells(page, 'Owner'))
    seen.push(...rowsOf(page).map((row) => row.querySelector('code')?.text ?? ''))
    if (!page.dom.querySelector('a[rel=next]')) break
    page = await browser.follow(page, 'Next')
  }
  expect(new Set(seen).size).toBe(seen.length)
  return { owners, seen }
}

test('R121 R317 a reseller sees what is below, and outside of it nothing: an account elsewhere is an empty list', async () => {
  await signIn(browser, wingtip.login, demoPassword)
  expect(new Set((await everyPage('/support')).owners)).toEqual(new Set(['Wingtip', 'Proseware']))
  for (const path of ['/support', '/licenses']) {
    for (const account of [northwind.accountId, tailspin.accountId, 'acc_nothing']) {
      const page = await browser.open(`${path}?account=${account}`)
      expect([path, account, rowsOf(page).length]).toEqual([path, account, 0])
    }
  }
  expect((await everyPage(`/support?account=${proseware.accountId}`)).owners).toEqual(['Proseware', 'Proseware'])
})

test('R122 a range of ends filters; a past one shows what has expired', async () => {
  await asNorthwind()
  const page = await browser.open('/support')
  const past = await browser.submit(page, '[role=search]', { from: '', to: '2026-08-20' })
  expect(past.url).toContain('to=2026-08-20')
  expect(rowsOf(past).length).toBeGreaterThan(4)
  expect(ends(past).every((end) => end !== '' && end < today)).toBe(true)
  const month = await browser.submit(page, '[role=search]', { from: today, to: '2026-09-20' })
  expect(rowsOf(month).length).toBeGreaterThan(4)
  expect(ends(month).every((end) => end >= today && end <= '2026-09-20')).toBe(true)
  expect(ends(month)).toEqual(ends(month).toSorted())
  const turned = await browser.open(`/support?from=2026-09-20&to=${today}`)
  expect([turned.status, turned.text]).toEqual([400, expect.stringContaining('turn the two days round')])
  expect((await browser.open('/support?from=tomorrow')).status).toBe(400)
})

test.each([
  ['Expired', (end: string) => end < today],
  ['Ends within 30 days', (end: string) => end >= today && end <= '2026-09-20'],
  ['Ends within 60 days', (end: string) => end >= today && end <= '2026-10-20'],
  ['Ends within 90 days', (end: string) => end >= today && end <= '2026-11-19'],
  ['Without support', (end: string) => end === ''],
])('R122 R123 the chip %s narrows, and pressed again widens', async (label, fits) => {
  await asNorthwind()
  const page = await browser.open('/support')
  const narrowed = await browser.follow(page, label)
  expect(rowsOf(narrowed).length).toBeGreaterThan(0)
  expect(ends(narrowed).every(fits)).toBe(true)
  const wide = await browser.follow(narrowed, label)
  expect(rowsOf(wide).length).toBe(20)
})

test('R123 product, reseller and search narrow together; the file holds the same rows', async () => {
  await asNorthwind()
  const page = await browser.open(`/support?account=${tailspin.accountId}&product=remote-access&q=douro`)
  expect(cells(page, 'End customer')).toEqual(['ti@adegadouro.example', 'ti@adegadouro.example'])
  const link = page.dom.querySelector('a[download]')?.getAttribute('href')?.replaceAll('&amp;', '&') ?? ''
  expect(link.startsWith('/support.csv?')).toBe(true)
  const response = await browser.request('GET', link)
  const rows = parse(await response.text(), { columns: true, bom: true }) as Record<string, string>[]
  expect(rows.map((row) => [row.Owner, row['Support to']])).toEqual([
    ['Tailspin', expect.any(String)],
    ['Tailspin', expect.any(String)],
  ])
  const nothing = await browser.open('/support?q=nothing-like-it')
  expect(nothing.text).toContain('No support fits.')
})

test('sorted by the end both ways, page after page', async () => {
  await asNorthwind()
  const up = await everyPage('/support')
  const down = await everyPage('/support?sort=-support')
  expect(down.seen).toEqual(up.seen.toReversed())
  const own = await everyPage('/support?owner=own&sort=-support')
  expect(own.seen).toEqual(down.seen.filter((serial) => own.seen.includes(serial)))
})

test('R125 R126 valid support is extended from the day after its end, with the credits before and after first', async () => {
  await asNorthwind()
  const had = await balance(northwind.accountId, 'remote-access/pro/10/support')
  const page = await browser.open(`/support/${jansen}/extensions/new?years=2`)
  expect(page.text).toContain('2026-08-28 – 2028-08-27')
  expect(page.text).toContain(`Year of support, Remote Access Pro, 10 users Northwind${had}−2${had - 2}`)
  const done = await browser.submit(page, 'main form', {})
  expect([done.status, done.url]).toEqual([200, '/support'])
  expect(done.text).toContain('Support extended.')
  expect(await supportEnd(jansen)).toBe('2028-08-27')
  expect(await balance(northwind.accountId, 'remote-access/pro/10/support')).toBe(had - 2)
  const [event] = await portal.db.rows(
    "select action, after from events where subject_id = ? and action = 'support.extended'",
    jansen,
  )
  expect(event?.after).toBe('{"startsOn":"2026-08-28","endsOn":"2028-08-27","years":2}')
})

test('R127 expired support is extended from today', async () => {
  await asNorthwind()
  const page = await browser.open(`/support/${delta}/extensions/new`)
  expect(page.text).toContain('2026-08-21 – 2027-08-20')
  await browser.submit(page, 'main form', {})
  expect(await supportEnd(delta)).toBe('2027-08-20')
})

test('R125 the days and the total follow the years as they change', async () => {
  await asNorthwind()
  const part = await browser.open(`/support/${jansen}/extensions/new?years=3`, {
    'hx-request': 'true',
    'hx-request-type': 'partial',
  })
  expect(part.dom.querySelector('form')).toBeNull()
  expect(part.text).toContain('2026-08-28 – 2029-08-27')
})

test.each(['0', '-1', '4', '1.5', 'two', '', '1000000000'])(
  'R125 %j years are refused at the field and nothing is spent',
  async (years) => {
    await asNorthwind()
    const had = await balance(northwind.accountId, 'remote-access/pro/10/support')
    const page = await browser.open(`/support/${jansen}/extensions/new`)
    const refused = await browser.submit(page, 'main form', { years })
    expect([refused.status, refused.dom.querySelector('#years-error')?.text]).toEqual([
      422,
      expect.stringContaining('Choose 1, 2 or 3 years'),
    ])
    expect(await balance(northwind.accountId, 'remote-access/pro/10/support')).toBe(had)
  },
)

test('R121 R125 many are extended in one act, the total first by account and offer; each owner pays its own', async () => {
  await asNorthwind()
  const [own, theirs] = [
    await balance(northwind.accountId, 'remote-access/pro/10/support'),
    await balance(tailspin.accountId, 'remote-access/pro/10/support'),
  ]
  const page = await browser.open(`/support/renewals/new?ids=${jansen}&ids=${douro}`)
  expect(page.text).toContain('2026-08-28 – 2027-08-27')
  expect(page.text).toContain('2026-08-21 – 2027-08-20')
  expect(page.text).toContain(`Northwind${own}−1${own - 1}`)
  expect(page.text).toContain(`Tailspin${theirs}−1${theirs - 1}`)
  const done = await browser.submit(page, 'main form', {})
  expect(done.text).toContain('Support extended.')
  expect([await supportEnd(jansen), await supportEnd(douro)]).toEqual(['2027-08-27', '2027-08-20'])
  expect(await balance(northwind.accountId, 'remote-access/pro/10/support')).toBe(own - 1)
  expect(await balance(tailspin.accountId, 'remote-access/pro/10/support')).toBe(theirs - 1)
})

test('R324 where one of many cannot be paid, none is extended, and who is short is told', async () => {
  await asNorthwind()
  const empty = 'sup_00-wingtip-gravensteen-2'
  await portal.db.client.execute({
    sql: "insert into credit_entries (id, account_id, offer_code, amount, reason, actor_id, created_at) select 'cre_x', account_id, offer_code, -credits, 'given', 'x', 1 from credit_balances where account_id = ? and offer_code = 'remote-access/pro/5/support'",
    args: [wingtip.accountId],
  })
  const before = [await supportEnd(jansen), await supportEnd(empty)]
  const page = await browser.open(`/support/renewals/new?ids=${jansen},${empty}`)
  expect(page.text).toContain('Not enough credits of Year of support, Remote Access Pro, 5 users')
  const refused = await browser.submit(page, 'main form', {})
  expect(refused.status).toBe(409)
  expect(refused.text).toContain('Not enough credits of remote-access/pro/5/support: 1 needed, 0 there')
  expect([await supportEnd(jansen), await supportEnd(empty)]).toEqual(before)
})

test('R324 two windows that extend the same support extend it once: the second is shown the new days', async () => {
  await asNorthwind()
  const [one, two] = [
    await browser.open(`/support/${jansen}/extensions/new`),
    await browser.open(`/support/${jansen}/extensions/new`),
  ]
  await browser.submit(one, 'main form', {})
  const stale = await browser.submit(two, 'main form', {})
  expect(stale.status).toBe(412)
  expect(stale.text).toContain('Somebody changed this meanwhile')
  expect(stale.text).toContain('2027-08-28 – 2028-08-27')
  expect(await supportEnd(jansen)).toBe('2027-08-27')
  const twin = await browser.submit(one, 'main form', {})
  expect([twin.status, await supportEnd(jansen)]).toEqual([200, '2027-08-27'])
})

test('R324 of 30 extensions at once one is done, and the others are told', async () => {
  const call = racing(portal, 30)
  const answers = await Promise.all(
    Array.from({ length: 30 }, () =>
      call('POST', `/api/v1/support/${jansen}/extensions`, northwind.apiKey, { years: 1 }),
    ),
  )
  expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array.from({ length: 29 }, () => 412)])
  const periods = await portal.db.rows('select count(*) as n from support_periods where support_id = ?', jansen)
  expect(periods[0]?.n).toBe(2)
})

test('R108 a license without support gets it from today; with support it is extended instead', async () => {
  await asNorthwind()
  const list = await browser.open('/support?support=none&owner=own')
  const page = await browser.follow(list, 'Add support')
  expect(page.url).toBe('/licenses/lic_00-northwind-atelier-1/supports/new')
  expect(page.text).toContain('2026-08-21 – 2027-08-20')
  const done = await browser.submit(page, 'main form', {})
  expect([done.status, done.text]).toEqual([200, expect.stringContaining('Support added.')])
  expect(done.text).toContain('Valid to 20 Aug 2027')
  const again = await browser.open(page.url)
  expect(again.text).toContain('has support already: extend it instead')
  expect(again.dom.querySelector('main form button.main')).toBeNull()
})

test('R324 of 20 who add support to one license at once one does', async () => {
  const call = racing(portal, 20)
  const answers = await Promise.all(
    Array.from({ length: 20 }, () =>
      call('POST', '/api/v1/licenses/lic_00-northwind-atelier-1/support', northwind.apiKey, { years: 1 }),
    ),
  )
  expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array.from({ length: 19 }, () => 409)])
})

test('a customer sees the support of their own licenses, and no button that spends credits', async () => {
  await signInAsAda(browser)
  const page = await browser.open('/support')
  expect(rowsOf(page)).toHaveLength(4)
  expect(page.text).not.toMatch(/Extend|Add support|Upgrade|Owner/)
  const renewal = await browser.open(`/support/sup_00-${ada.licenses.lab.slice(7)}/extensions/new`)
  expect(renewal.text).toMatch(/EUR \d+\.\d\d/)
  expect(renewal.text).not.toMatch(/credits/i)
  expect((await browser.open(`/licenses/${ada.licenses.lab}`)).text).not.toContain('Extend')
})

test('R124 a supported license is upgraded from its row: the support follows it', async () => {
  await asNorthwind()
  const page = await browser.open('/support?q=bakkerij')
  const upgrade = page.dom.querySelectorAll('a[target=_blank]').map((one) => one.getAttribute('href'))
  expect(upgrade).toContain('/licenses/lic_00-northwind-jansen-1/upgrades/new')
})

test('nothing marked, too much marked, and what is not there', async () => {
  await asNorthwind()
  expect((await browser.open('/support/renewals/new')).text).toContain('mark at least one row')
  const many = Array.from({ length: 101 }, (_, i) => `ids=sup_${i}`).join('&')
  expect((await browser.open(`/support/renewals/new?${many}`)).text).toContain('mark at most 100 rows')
  expect((await browser.open('/support/renewals/new?ids=sup_nothing')).status).toBe(404)
  expect((await browser.open('/support/lic_00-northwind-jansen-1/extensions/new')).status).toBe(404)
})

test('a page of support is one round trip, an extension one more', async () => {
  await asNorthwind()
  await portal.deps.settled()
  portal.db.forget()
  const page = await browser.open(`/support/renewals/new?ids=${jansen}&ids=${delta}`)
  expect(portal.db.trips.map(({ mode }) => mode)).toEqual(['read'])
  const form = page.dom.querySelectorAll('main form input, main form select')
  expect(form.filter((one) => one.getAttribute('name') === 'ids')).toHaveLength(2)
  portal.db.forget()
  const body = new URLSearchParams([
    ['ids', jansen],
    ['ids', delta],
    ['years', '1'],
  ])
  expect((await browser.request('POST', '/support/renewals', body)).status).toBe(303)
  expect(portal.db.trips.map(({ mode }) => mode)).toEqual(['read', 'write'])
})
