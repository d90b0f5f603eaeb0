import { beforeEach, describe, expect, test } from 'vitest'
import { fabrikam } from '#dev/world/people.ts'
import { type Browser, openPortal, type Page, type Portal, signIn, signInAsAda } from '../support/portal.ts'

let portal: Portal
let browser: Browser
beforeEach(async () => {
  portal = await openPortal()
  browser = portal.browser()
})
const as = async (role: keyof typeof fabrikam.logins, who = browser) =>
  signIn(who, fabrikam.logins[role].email, 'portico-demo')
const save = (page: Page, fields: Record<string, string>) => browser.submit(page, 'main form.card', fields)
const names = (page: Page) => page.dom.querySelectorAll('main form.card [name]').map((one) => one.getAttribute('name'))
const account = async () => (await portal.db.rows('select * from accounts where id = ?', fabrikam.accountId))[0]

test('R163 R248 R249 R250 R251 R255: settings from the user menu: the personal tab with its fields, saved', async () => {
  await as('full')
  const page = await browser.follow(await browser.open('/products'), 'Settings')
  expect(page.url).toBe('/settings')
  expect(page.text).toMatch(/Login: admin@fabrikam\.example.*E-mail: admin@.*API secret key/s)
  expect(names(page)).toEqual([
    ...[
      'request',
      'version',
      'loginVersion',
      'title',
      'firstName',
      'lastName',
      'vatNumber',
      'billingEmail',
      'upgradeUrl',
    ],
  ])
  const saved = await save(page, { title: 'Dr.', firstName: 'Fay', lastName: 'Ito', vatNumber: 'DE123456789' })
  expect(saved.text).toContain('Saved.')
  expect(await account()).toMatchObject({ vat_number: 'DE123456789' })
  const [login] = await portal.db.rows('select title, name from logins where id = ?', fabrikam.logins.full.loginId)
  expect(login).toEqual({ title: 'Dr.', name: 'Fay Ito' })
})

test('every page of the settings has the same tabs, each for whoever it leads somewhere, and marks the one it is of', async () => {
  const tabs = ({ dom }: Page) => dom.querySelectorAll('nav[aria-label="Settings"] a')
  const marked = (page: Page) =>
    tabs(page)
      .filter((tab) => tab.hasAttribute('aria-current'))
      .map((tab) => tab.text)
  await as('full')
  const all = tabs(await browser.open('/settings'))
  expect(all.map(({ text }) => text)).toEqual([
    ...['Personal', 'Company', 'Billing contact', 'Warnings', 'Formats', 'E-mail', 'Password', 'Two-factor'],
    ...['Sessions', 'Logins', 'API keys'],
  ])
  for (const tab of all) expect(marked(await browser.open(tab.getAttribute('href') ?? ''))).toEqual([tab.text])
  expect(marked(await browser.open('/settings/logins/new'))).toEqual(['Logins'])
  expect(marked(await browser.open(`/settings/logins/${fabrikam.logins.billing.loginId}`))).toEqual(['Logins'])
  expect(marked(await browser.open('/settings/api-keys/new'))).toEqual(['API keys'])
  const reader = portal.browser()
  await as('read-servers', reader)
  const theirs = tabs(await reader.open('/settings/sessions')).map(({ text }) => text)
  expect(theirs).toEqual(['Personal', 'Formats', 'E-mail', 'Password', 'Two-factor', 'Sessions'])
})

test('R252: an upgrade URL is a web address or nothing', async () => {
  await as('full')
  const page = await browser.open('/settings')
  const person = { firstName: 'Fay', lastName: 'Ito' }
  expect((await save(page, { ...person, upgradeUrl: 'javascript:alert(1)' })).text).toContain('Write a web address')
  await save(page, { ...person, upgradeUrl: 'https://shop.fabrikam.example/more' })
  expect(await account()).toMatchObject({ upgrade_url: 'https://shop.fabrikam.example/more' })
})

test('R256 R257: company information with phone, fax, three lines of address, country from the list, city and zip', async () => {
  await as('billing')
  const page = await browser.open('/settings/company')
  expect(names(page).slice(3)).toEqual([
    'name',
    'phone',
    'fax',
    'addressLine1',
    'addressLine2',
    'addressLine3',
    'country',
    'city',
    'zip',
  ])
  expect(page.dom.querySelectorAll('#country option').length).toBeGreaterThan(240)
  const given = { phone: '+49 3641 5550', addressLine1: 'Am Anger 1', country: 'AT', city: 'Linz', zip: '4020' }
  await save(page, given)
  expect(await account()).toMatchObject({
    phone: '+49 3641 5550',
    address_line_1: 'Am Anger 1',
    country: 'AT',
    city: 'Linz',
  })
  const [event] = await portal.db.rows(
    "select before, after from events where action = 'account.edited' order by n desc limit 1",
  )
  expect(JSON.parse(String(event?.before))).toMatchObject({ country: 'DE', city: 'Jena', phone: '' })
  expect(JSON.parse(String(event?.after))).toEqual(given)
})

test('R258 R259: the billing contact: first name, last name and e-mail', async () => {
  await as('full')
  const page = await browser.open('/settings/billing-contact')
  expect(names(page).slice(3)).toEqual(['billingFirstName', 'billingLastName', 'billingEmail'])
  await save(page, { billingFirstName: 'Bo', billingLastName: 'Berg', billingEmail: 'bo@fabrikam.example' })
  expect(await account()).toMatchObject({ billing_email: 'bo@fabrikam.example', billing_first_name: 'Bo' })
})

test('a bad field is named with how to mend it, and what was typed in the others stays', async () => {
  await as('full')
  const page = await save(await browser.open('/settings/company'), { name: '', city: 'Gera', country: 'Atlantis' })
  expect(page.status).toBe(422)
  expect(page.dom.querySelectorAll('[role="alert"] a').map((one) => one.getAttribute('href'))).toEqual([
    '#name',
    '#country',
  ])
  expect(page.dom.querySelector('#city')?.getAttribute('value')).toBe('Gera')
  expect(await account()).toMatchObject({ city: 'Jena' })
})

test('of two tabs the second is told that somebody was faster, keeps what was typed, and tabs do not disturb each other', async () => {
  await as('full')
  const [one, other, contact] = [
    await browser.open('/settings/company'),
    await browser.open('/settings/company'),
    await browser.open('/settings/billing-contact'),
  ]
  await save(one, { phone: '1' })
  const late = await save(other, { phone: '2' })
  expect([late.status, late.dom.querySelector('#phone')?.getAttribute('value')]).toEqual([412, '2'])
  expect(late.dom.querySelector('#phone-error')?.text).toBe('Error: Phone: it says “1” now')
  expect(late.dom.querySelectorAll('[role="alert"] a').map((one) => one.getAttribute('href'))).toEqual(['#phone'])
  expect([(await save(late, {})).text, await account()]).toEqual([
    expect.stringContaining('Saved.'),
    expect.objectContaining({ phone: '2' }),
  ])
  const again = await save(contact, { billingLastName: 'Berg' })
  expect([again.status, (await save(again, {})).text]).toEqual([412, expect.stringContaining('Saved.')])
  expect(await account()).toMatchObject({ phone: '2', billing_last_name: 'Berg' })
})

test('a personal tab that another tab of the same login was faster than is sent again with what was typed', async () => {
  await as('full')
  const [one, other] = [await browser.open('/settings'), await browser.open('/settings')]
  await save(one, { firstName: 'Fay', lastName: 'Ito', vatNumber: 'DE123456789' })
  const late = await save(other, { firstName: 'May', lastName: 'Ito' })
  expect(late.status).toBe(412)
  expect(late.dom.querySelector('#firstName-error')?.text).toBe('Error: First name: it says “Fay” now')
  expect(late.dom.querySelector('#vatNumber-error')?.text).toBe('Error: VAT No: it says “DE123456789” now')
  expect((await save(late, { vatNumber: 'DE123456789' })).text).toContain('Saved.')
  expect((await portal.db.rows('select name from logins where id = ?', fabrikam.logins.full.loginId))[0]).toEqual({
    name: 'May Ito',
  })
})

test.each([
  ['servers-licenses', 'R266'],
  ['servers', 'R267'],
  ['read-billing', 'R268'],
  ['read-servers', 'R269'],
] as const)('the role %s sees its own name in settings and nothing of the account (%s)', async (role, _id) => {
  await as(role)
  const page = await browser.open('/settings')
  expect(names(page)).toEqual(['request', 'version', 'loginVersion', 'title', 'firstName', 'lastName'])
  expect((await browser.open('/settings/company')).status).toBe(403)
  const forged = new URLSearchParams({
    firstName: 'A',
    lastName: 'B',
    vatNumber: 'DE1',
    version: '1',
    loginVersion: '1',
  })
  await browser.request('POST', '/settings', forged)
  expect(await account()).toMatchObject({ vat_number: '' })
})

test('the role billing edits the account, and not who has logins (R265)', async () => {
  await as('billing')
  expect(names(await browser.open('/settings'))).toContain('vatNumber')
  expect((await browser.open('/settings/logins')).status).toBe(403)
})

describe('sessions', () => {
  test('are listed with browser and place, this one marked; one is ended and its cookie refused at once', async () => {
    const other = portal.browser()
    await as('full', other)
    await as('full')
    const page = await browser.open('/settings/sessions')
    expect(page.text).toMatch(/Signed in on \d browsers.*this browser/s)
    const ended = await browser.submit(page, 'form[action$="/ends"]')
    expect(ended.text).toContain('Session ended')
    expect((await other.open('/settings')).url).toContain('/sign-in')
    expect((await browser.open('/settings')).status).toBe(200)
  })

  test('all others end together, with a line in the trail for each', async () => {
    const others = [portal.browser(), portal.browser()]
    for (const one of others) await as('full', one)
    await as('full')
    await browser.submit(await browser.open('/settings/sessions'), 'form[action="/settings/sessions/ends"]')
    for (const one of others) expect((await one.open('/settings')).url).toContain('/sign-in')
    const told = await portal.db.rows("select count(*) as n from events where action = 'session.ended'")
    expect(Number(told[0]?.n)).toBeGreaterThanOrEqual(2)
  })

  test('all others end together, more than the page shows too, and nobody else’s (A7)', async () => {
    const [other, servers] = [portal.browser(), portal.browser()]
    await as('full', other)
    await as('servers', servers)
    await as('full')
    await portal.db.client.execute({
      sql: `insert into sessions (id, account_id, login_id, remember, device, address, place, created_at, last_seen_at, proved_at, idle_until, expires_at)
        select 'ses_x' || value, account_id, login_id, 0, device, address, place, created_at, last_seen_at + 1, proved_at, idle_until, expires_at
        from sessions, json_each((select json_group_array(n) from (with recursive s(n) as (select 1 union all select n + 1 from s where n < 120) select n from s)))
        where sessions.id = (select id from sessions where login_id = ? order by created_at desc, rowid desc limit 1)`,
      args: [fabrikam.logins.full.loginId],
    })
    await browser.submit(await browser.open('/settings/sessions'), 'form[action="/settings/sessions/ends"]')
    const open = async (loginId: string) =>
      portal.db.rows('select id from sessions where login_id = ? and ended_at is null', loginId)
    expect(await open(fabrikam.logins.full.loginId)).toHaveLength(1)
    expect((await browser.open('/settings')).status).toBe(200)
    expect((await servers.open('/settings')).status).toBe(200)
  })

  test('a customer without a login sees those of order numbers, and nobody ends one of somebody else', async () => {
    await as('full')
    const [{ id } = {}] = await portal.db.rows(
      'select id from sessions where login_id = ? order by created_at desc limit 1',
      fabrikam.logins.full.loginId,
    )
    const ada = portal.browser()
    await signInAsAda(ada)
    expect((await ada.open('/settings/sessions')).text).toContain('this browser')
    expect((await ada.request('POST', `/settings/sessions/${id}/ends`, new URLSearchParams())).status).toBe(404)
  })
})

test('the same over JSON: read with an ETag, changed by version', async () => {
  const key = fabrikam.apiKey
  const read = await portal.call('GET', '/api/v1/account', { key })
  expect(await read.json()).toMatchObject({ id: fabrikam.accountId, city: 'Jena' })
  const headers = { 'if-match': read.headers.get('etag') ?? '' }
  expect((await portal.call('PATCH', '/api/v1/account', { key, body: { city: 'Gera' } })).status).toBe(428)
  expect((await portal.call('PATCH', '/api/v1/account', { key, body: { city: 'Gera' }, headers })).status).toBe(200)
  expect((await portal.call('PATCH', '/api/v1/account', { key, body: { city: 'Suhl' }, headers })).status).toBe(412)
  const bad = await portal.call('PATCH', '/api/v1/account', {
    key,
    body: { billingEmail: 'none' },
    headers: { 'if-match': '*' },
  })
  expect(await bad.json()).toMatchObject({ code: 'invalid-request', errors: [{ pointer: '/billingEmail' }] })
})
