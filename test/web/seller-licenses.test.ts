import { beforeEach, expect, test } from 'vitest'
import { demoPassword, northwind, southridge, tailspin, wingtip } from '#dev/world/people.ts'
import { type Browser, openPortal, type Page, type Portal, signIn } from '../support/portal.ts'
import { racing } from '../support/race.ts'

/** Assigned to Atelier Møller, never activated, without support. */
const unused = 'lic_00-northwind-atelier-1'
/** Of Bakkerij Jansen: never activated, with support. */
const supported = 'lic_00-northwind-jansen-3'
/** Of Bakkerij Jansen, on a computer. */
const active = 'lic_00-northwind-jansen-1'

let portal: Portal
let browser: Browser
beforeEach(async () => {
  portal = await openPortal()
  browser = portal.browser()
  await signIn(browser, northwind.login, demoPassword)
})

const rowsOf = (page: Page) => page.dom.querySelectorAll('#list tbody tr')
const cells = (page: Page, label: string) =>
  rowsOf(page).map((row) => row.querySelector(`[data-label="${label}"]`)?.text.replace(/\s+/g, ' ').trim() ?? '')
const licenseRow = async (id: string) =>
  (await portal.db.rows('select email, email_key, comment, version from licenses where id = ?', id))[0]
const balance = async (offer: string): Promise<number> => {
  const sql = 'select credits from credit_balances where account_id = ? and offer_code = ?'
  return Number((await portal.db.rows(sql, northwind.accountId, offer))[0]?.credits ?? 0)
}
const linkTo = (page: Page, path: string) => page.dom.querySelector(`a[href="${path}"]`)

test('R112 R317 the licenses of the subtree with their owners, narrowed to one reseller by the form or by a row', async () => {
  const page = await browser.open('/licenses')
  expect(page.dom.querySelectorAll('[name=account] option').map((one) => one.text)).toEqual([
    'All resellers',
    'Litware',
    'Tailspin',
    'Wingtip',
  ])
  const one = await browser.submit(page, '[role=search]', { account: tailspin.accountId })
  expect(new Set(cells(one, 'Owner'))).toEqual(new Set(['Tailspin']))
  expect(one.dom.querySelector('[name=account] option[selected]')?.text).toBe('Tailspin')
  const deep = await browser.open(`/licenses?account=${wingtip.accountId}`)
  expect(new Set(cells(deep, 'Owner'))).toEqual(new Set(['Wingtip', 'Proseware']))
  const deeper = await browser.follow(deep, 'Proseware')
  expect(new Set(cells(deeper, 'Owner'))).toEqual(new Set(['Proseware']))
  expect(deeper.dom.querySelector('[name=account] option[selected]')?.text).toBe('Proseware')
  const found = await browser.submit(deeper, '[role=search]', { q: 'printen' })
  expect(new Set(cells(found, 'Owner'))).toEqual(new Set(['Proseware']))
  expect((await browser.open(`/licenses?account=${southridge.accountId}`)).text).toContain('No license fits.')
  expect((await browser.open('/licenses?account=nonsense')).status).toBe(400)
})

test('a chip shows trials that end within 14 days', async () => {
  const page = await browser.follow(await browser.open('/licenses'), 'Trial ending')
  expect(page.url).toContain('only=trial-ending')
  const details = rowsOf(page).map((row) => /trial to ([\d-]+)/.exec(row.text)?.[1] ?? '')
  expect(details.length).toBeGreaterThan(2)
  expect(details.every((day) => day >= '2026-08-21' && day <= '2026-09-04')).toBe(true)
  const all = await browser.open('/licenses?only=trial')
  expect(rowsOf(all).length).toBeGreaterThan(details.length)
})

test('R114 e-mail and comment are edited in one form, and the search finds the new ones', async () => {
  const list = await browser.open('/licenses?q=moller')
  const page = await browser.follow(list, 'Edit')
  const id = /licenses\/([\w-]+)\/comment/.exec(page.url)?.[1] as string
  const wrong = await browser.submit(page, 'main form', { email: 'no e-mail', comment: 'Hall' })
  expect([wrong.status, wrong.dom.querySelector('#email-error')?.text]).toEqual([
    422,
    expect.stringContaining('Write an e-mail address'),
  ])
  expect(wrong.dom.querySelector('#comment')?.text).toBe('Hall')
  const saved = await browser.submit(wrong, 'main form', { email: 'new@moller.example', comment: 'Hall' })
  expect([saved.status, saved.text]).toEqual([200, expect.stringContaining('License saved.')])
  expect(await licenseRow(id)).toMatchObject({ email: 'new@moller.example', comment: 'Hall' })
  expect(rowsOf(await browser.open('/licenses?q=new@moller.example'))).toHaveLength(1)
})

test('R114 of two windows that edit one license the second is shown what the first wrote, and keeps its text', async () => {
  const [one, two] = [
    await browser.open(`/licenses/${unused}/comment`),
    await browser.open(`/licenses/${unused}/comment`),
  ]
  await browser.submit(one, 'main form', { comment: 'first' })
  const stale = await browser.submit(two, 'main form', { comment: 'second' })
  expect(stale.status).toBe(412)
  expect(stale.text).toContain('first')
  expect(stale.dom.querySelector('#comment')?.text).toBe('second')
  const saved = await browser.submit(stale, 'main form', {})
  expect(saved.status).toBe(200)
  expect(await licenseRow(unused)).toMatchObject({ comment: 'second' })
})

test('R115 R118 a license that was never activated is deleted after a page that names it, and its credits come back', async () => {
  const [license, support] = [
    await balance('advanced-security/essentials/unlimited'),
    await balance('advanced-security/essentials/unlimited/support'),
  ]
  const page = await browser.open(`/licenses/${supported}/deletion`)
  expect(page.text).toContain('Delete this license?')
  expect(page.text).toContain('1 × Advanced Security Essentials, unlimited users')
  expect(page.text).toContain('1 × Year of support, Advanced Security Essentials, unlimited users')
  expect(page.text).toMatch(/Its support to \d{4}-\d\d-\d\d goes with it/)
  const done = await browser.submit(page, 'main form', {})
  expect([done.status, done.url]).toEqual([200, '/licenses'])
  expect(done.text).toContain('License deleted.')
  expect(await licenseRow(supported)).toBeUndefined()
  expect(await balance('advanced-security/essentials/unlimited')).toBe(license + 1)
  expect(await balance('advanced-security/essentials/unlimited/support')).toBe(support + 1)
  const twin = await browser.submit(page, 'main form', {})
  expect([twin.status, twin.url]).toEqual([200, '/licenses'])
  expect(await balance('advanced-security/essentials/unlimited')).toBe(license + 1)
})

test('R116 R117 a license that was activated has no Delete, its page says why, and its form does nothing', async () => {
  const list = await browser.open('/licenses?q=bakkerij')
  expect(linkTo(list, `/licenses/${active}/deletion`)).toBeNull()
  expect(linkTo(list, `/licenses/${supported}/deletion`)).not.toBeNull()
  const page = await browser.open(`/licenses/${active}/deletion`)
  expect(page.text).toContain('This license stays')
  expect(page.dom.querySelector('main form button')).toBeNull()
  const forced = await browser.request('POST', `/licenses/${active}/deletion`, new URLSearchParams())
  expect([forced.status, await forced.text()]).toEqual([409, expect.stringContaining('activated on a device')])
  expect(await licenseRow(active)).toBeDefined()
})

/** What an activation on a computer writes. */
const activate = () =>
  portal.db.client.batch(
    [
      `insert into computers (id, account_id, fingerprint, name, registered_at) values ('com_race', '${northwind.accountId}', 'race', 'RACE', 1)`,
      `insert into activations (id, computer_id, account_id, product_code, key_id, license_id, token_hash, activated_at)
        select 'act_race', 'com_race', account_id, product_code, activation_key_id, id, 'race', 1 from licenses where id = '${unused}'`,
    ],
    'write',
  )

test('R116 R324 a license that is activated while it is being deleted stays on its computer, and no credit comes back', async () => {
  const had = await balance('remote-access/essentials/5')
  const call = racing(portal, 2)
  const deleting = call('DELETE', `/api/v1/licenses/${unused}`, northwind.apiKey)
  await new Promise((resolve) => setTimeout(resolve, 20))
  await activate()
  await call('GET', `/api/v1/licenses/${unused}`, northwind.apiKey)
  expect(await deleting).toMatchObject({ status: 409, body: { code: 'license-in-use' } })
  const [row] = await portal.db.rows('select computer_name as name from licenses where id = ?', unused)
  expect(row?.name).toBe('RACE')
  expect(await balance('remote-access/essentials/5')).toBe(had)
})

test('R116 R324 of a deletion and activations at once exactly one right state is left', async () => {
  const had = await balance('remote-access/essentials/5')
  const call = racing(portal, 10)
  const deletions = Array.from({ length: 10 }, () => call('DELETE', `/api/v1/licenses/${unused}`, northwind.apiKey))
  await Promise.all([...deletions.slice(0, 5), activate(), ...deletions.slice(5)])
  const there = (await licenseRow(unused)) !== undefined
  const [on] = await portal.db.rows(
    "select count(*) as n from activations where license_id is not null and id = 'act_race'",
  )
  expect(there).toBe(on?.n === 1)
  expect(await balance('remote-access/essentials/5')).toBe(there ? had : had + 1)
})

test('R116 R324 a license activated between the page and its form is refused, and of 20 deletions at once one returns the credit', async () => {
  const page = await browser.open(`/licenses/${unused}/deletion`)
  await portal.db.client.execute(`update licenses set first_activated_at = 1 where id = '${unused}'`)
  const refused = await browser.submit(page, 'main form', {})
  expect([refused.status, refused.text]).toEqual([409, expect.stringContaining('This license stays')])
  await portal.db.client.execute(`update licenses set first_activated_at = null where id = '${unused}'`)
  const had = await balance('remote-access/essentials/5')
  const call = racing(portal, 20)
  const answers = await Promise.all(
    Array.from({ length: 20 }, () => call('DELETE', `/api/v1/licenses/${unused}`, northwind.apiKey)),
  )
  expect(answers.map(({ status }) => status).sort()).toEqual([204, ...Array.from({ length: 19 }, () => 404)])
  expect(await balance('remote-access/essentials/5')).toBe(had + 1)
})

const bulk = (act: string, ids: readonly string[]) =>
  browser.open(`/licenses/bulk?act=${act}&${ids.map((id) => `id=${id}`).join('&')}`)

test('R115 R117 many are deleted after a page that says of each whether and why not', async () => {
  const list = await browser.open('/licenses?q=bakkerij')
  const form = list.dom.querySelector('form#bulk')
  expect(form?.querySelectorAll('button').map((one) => one.getAttribute('value'))).toEqual(['edit', 'delete'])
  expect(list.dom.querySelectorAll('input[name=id][form=bulk]')).toHaveLength(3)
  const page = await bulk('delete', [unused, supported, active])
  expect(page.text).toContain('2 licenses of 3 will be deleted')
  expect(page.text).toContain('Stays: it was activated')
  expect(page.text).toContain('1 × Remote Access Essentials, 5 users')
  const done = await browser.submit(page, 'main form', {})
  expect([done.status, done.text]).toEqual([200, expect.stringContaining('The marked licenses are deleted.')])
  expect([await licenseRow(unused), await licenseRow(supported)]).toEqual([undefined, undefined])
  expect(await licenseRow(active)).toBeDefined()
})

test('R116 where one of many was activated since, none is deleted and the page says what would happen now', async () => {
  const page = await bulk('delete', [unused, supported])
  await portal.db.client.execute(`update licenses set first_activated_at = 1 where id = '${supported}'`)
  const refused = await browser.submit(page, 'main form', {})
  expect([refused.status, refused.text]).toEqual([409, expect.stringContaining('1 license of 2 will be deleted')])
  expect(await licenseRow(unused)).toBeDefined()
})

test('R114 many get the same comment or e-mail, after a look at what changes; an empty field changes nothing', async () => {
  const page = await bulk('edit', [unused, supported, active])
  const before = await licenseRow(active)
  const looked = await browser.open(
    `/licenses/bulk?act=edit&id=${unused}&id=${supported}&id=${active}&comment=Hoofdvestiging&email=`,
  )
  expect(looked.text).toContain('Says it already')
  expect(looked.text).toContain('Will change: comment was')
  const wrong = await browser.submit(page, 'main form', { email: 'no e-mail' })
  expect([wrong.status, wrong.dom.querySelector('#email-error')?.text]).toEqual([422, expect.any(String)])
  portal.db.forget()
  const done = await browser.submit(looked, 'main form', { comment: 'Together' })
  expect(portal.db.trips.map(({ mode }) => mode)).toEqual(['read', 'write', 'read'])
  expect(done.text).toContain('The marked licenses are edited.')
  for (const id of [unused, supported, active]) expect(await licenseRow(id)).toMatchObject({ comment: 'Together' })
  expect((await licenseRow(active))?.email).toBe(before?.email)
  const events = await portal.db.rows(
    'select count(*) as n from events where action = \'license.commented\' and after = \'{"comment":"Together"}\'',
  )
  expect(events[0]?.n).toBe(3)
})

test('none, too many, another partner’s and nonsense: each a sentence, nothing done', async () => {
  expect((await bulk('delete', [])).text).toContain('mark at least one row')
  expect(
    (
      await bulk(
        'delete',
        Array.from({ length: 101 }, (_, i) => `lic_${i}`),
      )
    ).text,
  ).toContain('at most 100 rows')
  expect((await bulk('paint', [unused])).status).toBe(422)
  expect((await bulk('delete', ['lic_00-southridge-mesa-1'])).status).toBe(404)
  const body = new URLSearchParams([
    ['act', 'delete'],
    ['id', unused],
    ['id', 'lic_00-southridge-mesa-2'],
  ])
  expect((await browser.request('POST', '/licenses/bulk', body)).status).toBe(404)
  expect(await licenseRow(unused)).toBeDefined()
})

test('a page that a row of a list leads to takes the place of the page, the list keeps its own', async () => {
  const fromRow = { 'hx-request': 'true', 'hx-request-type': 'partial', 'hx-target': 'div#list' }
  for (const path of [`/licenses/${active}`, `/licenses/${active}/comment`, `/licenses/${unused}/deletion`]) {
    const page = await browser.open(path, fromRow)
    expect([path, page.headers.get('hx-retarget'), page.headers.get('hx-reselect')]).toEqual([path, '#page', '#page'])
    expect(page.dom.querySelectorAll('main')).toHaveLength(1)
  }
  const list = await browser.open('/licenses?only=trial', fromRow)
  expect([list.headers.get('hx-retarget'), list.dom.querySelector('main')]).toEqual([null, null])
})
