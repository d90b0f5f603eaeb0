import { beforeEach, expect, test } from 'vitest'
import { acme, ada, contoso, fabrikam, northwind } from '#dev/world/people.ts'
import { changesOf, sideInWords } from '#views/event-words.ts'
import { type Browser, openPortal, type Page, type Portal, signIn, signInAsAda } from '../support/portal.ts'

let portal: Portal
let browser: Browser

beforeEach(async () => {
  portal = await openPortal()
  browser = portal.browser()
  await signInAsAda(browser)
})

const rowsOf = (page: Page) => page.dom.querySelectorAll('#list tbody tr')

test('every act of the account stands in its trail: who, what, before and after, when, from where (R319)', async () => {
  const form = await browser.open(`/licenses/${ada.licenses.spare}/comment`)
  await browser.submit(form, 'form.form', { comment: 'Now in room 7' })
  const [newest] = rowsOf(await browser.open('/events'))
  for (const text of ['Ada Byron', 'Comment changed', ada.comment, 'Now in room 7', '127.0.0.1']) {
    expect(newest?.text).toContain(text)
  }
  expect(newest?.querySelector('del')?.text).toBe(ada.comment)
  expect(newest?.querySelector('ins')?.text).toBe('Now in room 7')
})

test('the trail is filtered by what and when, in the URL (R319 R335)', async () => {
  const page = await browser.open('/events')
  const orders = await browser.submit(page, 'form.row', {
    action: 'order.received',
    from: '2019-08-01',
    to: '2019-08-31',
  })
  expect(rowsOf(orders)).toHaveLength(1)
  expect(orders.text).toContain(ada.orders[1])
  const none = await browser.open('/events?from=2000-01-01&to=2000-01-02')
  expect(none.text).toContain('No event fits.')
  expect((await browser.open('/events?from=2026-02-30')).status).toBe(400)
})

test('the trail is filtered by who, and by what happened to one thing, from its own lines (R319 R335)', async () => {
  const vendor = portal.browser()
  await signIn(vendor, acme.login, 'portico-demo')
  const page = await vendor.open('/events')
  const ofShop = await vendor.submit(page, 'form.row', { actor: 'fastspring', action: 'order.received' })
  expect(rowsOf(ofShop).length).toBeGreaterThan(3)
  for (const row of rowsOf(ofShop)) expect(row.text).toMatch(/FastSpring.*Order received/s)
  const csv = await (await vendor.request('GET', '/events.csv?actor=fastspring&action=order.received')).text()
  expect(new Set([...csv.matchAll(/^[^,]+,([^,]+),Order received,/gm)].map(([, who]) => who))).toEqual(
    new Set(['FastSpring']),
  )
  const history = await vendor.follow(ofShop, `History of ${contoso.orders[0]}`)
  expect(rowsOf(history)).toHaveLength(1)
  expect(history.text).toContain(`Only ${contoso.orders[0]}`)
  const theirs = await browser.open(`/events?actor=${ada.accountId}`)
  expect(theirs.dom.querySelector('select[name=actor] option[selected]')?.text).toBe('Ada Byron')
  expect(rowsOf(theirs).length).toBeGreaterThan(0)
})

test('before and after are words, not code: lists, yes and no, money, instants (R319)', () => {
  const before = { products: ['a', 'b'], isDefault: true, total: { minor: 1500, currency: 'EUR' }, note: '' }
  const after = { role: 'read-billing', expiresAt: '2026-08-21T09:30:00.000Z', term: { kind: 'trial', days: 30 } }
  expect(sideInWords(before)).toBe('products: a, b; is default: yes; total: EUR 15.00; note: (nothing)')
  expect(sideInWords(after)).toBe(
    'role: Read Only — Billing; expires at: 2026-08-21 09:30:00 UTC; term: kind: trial; days: 30',
  )
  expect(changesOf({ size: 5 }, { size: 8, email: 'x@y.example' })).toEqual([
    { name: 'size', before: '5', after: '8' },
    { name: 'e-mail', before: '(nothing)', after: 'x@y.example' },
  ])
})

test('the trail pages and downloads as CSV (R334 R335)', async () => {
  await portal.db.client.execute(`insert into events (id, account_id, at, actor_kind, actor_id, actor_name, action, subject_kind, subject_id, subject_name, address, request_id)
    select 'evt_x' || value, '${ada.accountId}', value, 'customer', '${ada.accountId}', 'Ada Byron', 'session.started', 'session', 's' || value, 'Firefox', '192.0.2.1', 'req_x'
    from (with recursive s(value) as (select 1 union all select value + 1 from s where value < 1200) select value from s)`)
  const first = await browser.open('/events')
  const second = await browser.follow(first, 'Next')
  expect(rowsOf(second)).toHaveLength(20)
  expect((await browser.follow(second, 'Previous')).url).toBe('/events')
  const csv = await (await browser.request('GET', '/events.csv')).text()
  const [counted] = await portal.db.rows(
    "select count(*) as n from events where subject_kind <> 'account' and account_id = ?",
    ada.accountId,
  )
  expect(csv.trim().split(/\r?\n/)).toHaveLength(Number(counted?.n) + 1)
})

test("nobody sees another account's trail, and above it everybody does (T1)", async () => {
  const other = portal.browser()
  await signIn(other, contoso.email, contoso.orders[0])
  expect((await other.open('/events')).text).not.toContain('Ada')
  const vendor = portal.browser()
  await signIn(vendor, acme.login, 'portico-demo')
  expect((await vendor.open('/events')).text).toContain('Ada Byron')
})

test('a login without a permission does not see what happened to the things behind it (Decision 11)', async () => {
  const servers = portal.browser()
  await signIn(servers, 'servers@fabrikam.example', 'portico-demo')
  expect((await servers.open('/events?action=order.received')).text).toContain('No event fits.')
  const admin = portal.browser()
  await signIn(admin, 'admin@fabrikam.example', 'portico-demo')
  expect(rowsOf(await admin.open('/events?action=session.started')).length).toBeGreaterThan(1)
})

test('what happens to logins, keys and sessions is for the master; of the rest each sees their own alone (Decision 11)', async () => {
  const { full, billing } = fabrikam.logins
  const [master, other] = [portal.browser(), portal.browser()]
  await signIn(master, full.email, 'portico-demo')
  await signIn(other, billing.email, 'portico-demo')
  const form = await other.open('/settings')
  await other.submit(form, 'main form.card', { firstName: 'Bo', lastName: 'Ek' })
  await portal.db.client.execute(`insert into events (id, account_id, at, actor_kind, actor_id, actor_name, action, subject_kind, subject_id, subject_name, address, request_id)
    select 'evt_' || action, '${fabrikam.accountId}', 1, 'login', '${full.loginId}', '${full.name}', action, kind, 'x', 'Nightly', '192.0.2.1', 'req_x'
    from (select 'api-key.created' as action, 'api-key' as kind union all select 'login.role-changed', 'login')`)
  const who = async (one: Browser, action: string) =>
    rowsOf(await one.open(`/events?action=${action}`)).map(({ text }) => text)
  for (const action of ['session.started', 'login.edited'])
    expect([
      action,
      (await who(other, action)).every((text) => text.includes('Bo Ek') || text.includes(billing.name)),
    ]).toEqual([action, true])
  expect(await who(other, 'session.started')).toHaveLength(1)
  expect(await who(other, 'login.edited')).toHaveLength(1)
  for (const action of ['api-key.created', 'login.role-changed']) expect(await who(other, action)).toEqual([])
  for (const action of ['api-key.created', 'login.role-changed', 'login.edited'])
    expect([action, (await who(master, action)).length > 0]).toEqual([action, true])
  const names = async (one: Browser) =>
    (await one.open('/events')).dom.querySelectorAll('select[name=actor] option').map(({ text }) => text)
  expect(await names(master)).toContain(fabrikam.logins.servers.name)
  expect(await names(other)).not.toContain(fabrikam.logins.servers.name)
  expect(await names(other)).toContain('Bo Ek')
})

test('an order number shows the sign-ins with an order number, and none of the logins of the account (Decision 11)', async () => {
  await portal.db.client.execute({
    sql: `insert into logins (id, account_id, name, email, email_key, role, is_master, password_hash, created_at)
      select 'log_ada', ?, 'Charles B.', 'charles@ada.example', 'charles@ada.example', 'full', 1, password_hash, 0 from logins where id = ?`,
    args: [ada.accountId, northwind.loginId],
  })
  await signIn(portal.browser(), 'charles@ada.example', 'portico-demo')
  const page = await browser.open('/events?action=session.started')
  expect(rowsOf(page).length).toBeGreaterThan(0)
  expect(page.html).not.toContain('Charles B.')
})

test('the trail cannot be changed or deleted, not even behind the door (I8)', async () => {
  await expect(portal.db.client.execute("update events set actor_name = 'x'")).rejects.toThrow('events_append_only')
  await expect(portal.db.client.execute('delete from events')).rejects.toThrow('events_append_only')
})
