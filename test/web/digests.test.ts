import { beforeEach, expect, test } from 'vitest'
import { fabrikam, northwind } from '#dev/world/people.ts'
import { openPortal, type Portal, signIn } from '../support/portal.ts'

let portal: Portal
beforeEach(async () => {
  portal = await openPortal()
})

const signedIn = async (login: string) => {
  const browser = portal.browser()
  await signIn(browser, login, 'portico-demo')
  return browser
}

test('R309: a seller sees expired support, licenses never activated and renewals to make smaller, each leading on', async () => {
  const browser = await signedIn('northwind')
  const page = await browser.follow(await browser.open('/'), 'To do')
  expect(page.url).toBe('/digests')
  expect(page.text).toMatch(
    /Support that expired lately \(\d+\).*Licenses never activated \(\d+\).*Renewals to make smaller \(\d+\)/s,
  )
  expect(page.text).not.toContain('Over their limit')
  for (const section of ['Support that expired lately', 'Licenses never activated']) {
    const [link] = page.dom.querySelectorAll('main a').filter((one) => one.text.includes(`Open as a list: ${section}`))
    const list = await browser.open(link?.getAttribute('href')?.replaceAll('&amp;', '&') ?? '')
    expect([list.status, list.dom.querySelectorAll('tbody tr').length > 0]).toEqual([200, true])
  }
  const license = await browser.open(page.dom.querySelector('tbody a')?.getAttribute('href') ?? '')
  expect(license.status).toBe(200)
  expect(page.text).toMatch(/(\d never used|\d not lately).*(None: ask first|\d licenses?)/s)
})

test('R309: a key and an account with more than they may have stand there until it is put right', async () => {
  const browser = await signedIn('acme')
  const { db } = portal
  await db.client.execute({
    sql: 'update activation_keys set computer_limit = 1 where account_id = ? and active_computers > 1',
    args: [fabrikam.accountId],
  })
  await db.client.execute({
    sql: 'update account_products set server_licenses = 2 where account_id = ? and active_computers > 2',
    args: [fabrikam.accountId],
  })
  const page = await browser.open('/digests')
  expect(page.text).toMatch(/Over their limit \(\d+\).*All its servers/s)
  await db.client.execute('update activation_keys set computer_limit = null')
  await db.client.execute('update account_products set server_licenses = null')
  expect((await browser.open('/digests')).text).not.toContain('Over their limit')
})

test('with nothing to do it says so; what accounts beside are up to is not told (T1)', async () => {
  const browser = await signedIn('litware')
  expect((await browser.open('/digests')).text).toContain('Nothing to do')
  const tailspin = await (await signedIn('tailspin')).open('/digests')
  const others = await portal.db.rows(
    "select l.serial from licenses l join accounts a on a.id = l.account_id where a.id <> 'acc_00-tailspin'",
  )
  expect(others.filter(({ serial }) => tailspin.text.includes(String(serial)))).toEqual([])
})

test('the guide tells whoever sells about reports, warnings and what there is to do', async () => {
  const guide = await (await signedIn('northwind')).open('/documentation')
  expect(guide.dom.querySelector('#mail')?.text).toMatch(/30 and 7 days before.*To do.*each Monday.*Reports/s)
})

test('the digest is switched off and on in the settings; customers are not asked (R307)', async () => {
  const browser = await signedIn('northwind')
  const page = await browser.follow(await browser.open('/digests'), 'Choose whether a letter tells it each week')
  const digest = async () =>
    (await portal.db.rows('select weekly_digest as it from accounts where id = ?', northwind.accountId))[0]?.it
  const off = await browser.submit(page, 'main form', { weeklyDigest: null })
  expect([off.text, await digest()]).toEqual([expect.stringContaining('Saved.'), 0])
  await browser.submit(off, 'main form', { weeklyDigest: 'true' })
  expect(await digest()).toBe(1)
  const customer = portal.browser()
  await signIn(customer, fabrikam.logins.full.email, 'portico-demo')
  const settings = await customer.open('/settings/warnings')
  expect(settings.dom.querySelector('[name="weeklyDigest"]')).toBeNull()
  expect((await customer.submit(settings, 'main form')).text).toContain('Saved.')
  expect((await customer.open('/digests')).status).toBe(403)
})

test('the same over JSON, and its switch; a customer has none (R307 R309)', async () => {
  const key = northwind.apiKey
  const body = await (await portal.call('GET', '/api/v1/digests', { key })).json()
  expect(body).toMatchObject({ asOf: '2026-08-21', overUsed: { count: 0, isCut: false, data: [] } })
  expect(body.expiredSupport.data[0]).toMatchObject({
    license: expect.stringMatching(/^lic_/),
    endedOn: expect.any(String),
  })
  expect(body.renewals.data[0]).toMatchObject({ quantity: expect.any(Number), proposed: expect.any(Number) })
  const headers = { 'if-match': '*' }
  const off = await portal.call('PATCH', '/api/v1/warnings', { key, headers, body: { weeklyDigest: false } })
  expect(off.status).toBe(200)
  expect(await (await portal.call('GET', '/api/v1/warnings', { key })).json()).toMatchObject({ weeklyDigest: false })
  const refused = await portal.call('PATCH', '/api/v1/warnings', {
    ...{ key: fabrikam.apiKey, headers, body: { weeklyDigest: true } },
  })
  expect([refused.status, (await refused.json()).errors[0].pointer]).toEqual([422, '/weeklyDigest'])
  expect((await portal.call('GET', '/api/v1/digests', { key: fabrikam.apiKey })).status).toBe(403)
})
