import { beforeEach, describe, expect, test } from 'vitest'
import { acme, ada, demoPassword, fabrikam, northwind } from '#dev/world/people.ts'
import { everythingIn } from '../support/doors.ts'
import { type Browser, openPortal, type Page, type Portal, signIn } from '../support/portal.ts'
import { codesIn, switchOn } from '../support/two-factor.ts'

const minute = 60_000
const session = '__Host-portico'
let portal: Portal
let browser: Browser
beforeEach(async () => {
  portal = await openPortal()
  browser = portal.browser()
})

/** The page that asks for the code, as whoever has shown the password. */
async function passwordOf(one: Browser, identifier: string, proof = demoPassword): Promise<Page> {
  const second = await one.submit(await one.open('/sign-in'), 'form[action="/sign-in"]', { identifier })
  return one.submit(second, 'form[action="/sign-in/proof"]', { proof })
}
const codeForm = 'form[action="/sign-in/code"]'
const isIn = async (one: Browser) => (await one.request('GET', '/settings/password')).status === 200
const lettersTo = (to: string) => portal.deps.letters.filter((one) => one.to === to).map(({ subject }) => subject)
const eventsOf = async (action: string) =>
  portal.db.rows('select actor_name, after from events where action = ?', action)

describe('switching two-factor on', () => {
  test('takes a code of the app that has the key, tells of ten recovery codes once, and writes to the owner (R254)', async () => {
    await signIn(browser, northwind.login, demoPassword)
    const page = await browser.open('/settings/two-factor')
    expect(page.dom.querySelector('svg[role=img] path')?.getAttribute('d')).toBeTruthy()
    const wrong = await browser.submit(page, 'form[action="/settings/two-factor"]', { code: '000000' })
    expect([wrong.status, wrong.dom.querySelector('#code-error')?.text]).toEqual([
      422,
      'Error: This is not the code that your app shows now. Type the one it shows',
    ])
    const key = (one: Page) => one.dom.querySelector('form code')?.text
    expect(key(wrong)).toBe(key(page))
    expect(key(await browser.open('/settings/two-factor'))).not.toBe(key(page))
    const { shown, codes } = await switchOn(portal, browser)
    expect(shown.text).toContain('Two-factor is on')
    expect(new Set(codes).size).toBe(10)
    const later = await browser.open('/settings/two-factor')
    expect(later.text).toContain('10 of 10 are left')
    expect(later.html).not.toContain(codes[0])
    await portal.deps.settled()
    expect(lettersTo(northwind.email)).toContain('Two-factor sign-in is on')
    expect(await eventsOf('two-factor.switched-on')).toHaveLength(1)
  })

  test('ends the other sessions, which never showed a code', async () => {
    const other = portal.browser()
    await signIn(other, northwind.login, demoPassword)
    await signIn(browser, northwind.login, demoPassword)
    await switchOn(portal, browser)
    expect([await isIn(other), await isIn(browser)]).toEqual([false, true])
  })

  test('keeps neither the secret nor a recovery code in the database', async () => {
    await signIn(browser, northwind.login, demoPassword)
    const page = await browser.open('/settings/two-factor')
    const key = page.dom.querySelector('form code')?.text.replaceAll(' ', '') ?? ''
    const { codes } = await switchOn(portal, browser)
    const dump = await everythingIn(portal.db)
    for (const secret of [key, ...codes, ...codes.map((one) => one.replace('-', ''))])
      expect(dump).not.toContain(secret)
  })

  test('is asked a fresh proof for, and is for nobody without a login (Decision 11)', async () => {
    await signIn(browser, northwind.login, demoPassword)
    portal.deps.clock.forward(16 * minute)
    const { shown } = await switchOn(portal, browser)
    expect(shown.text).toContain('Is it you?')
    const customer = portal.browser()
    await signIn(customer, ada.email, ada.orders[0])
    expect((await customer.open('/settings/two-factor')).status).toBe(403)
  })
})

describe('signing in with two-factor', () => {
  async function withFactor() {
    await signIn(browser, northwind.login, demoPassword)
    const on = await switchOn(portal, browser)
    portal.deps.clock.forward(minute)
    return { ...on, fresh: portal.browser() }
  }

  test('asks the code after the password; before it nothing is open, whatever cookie is shown (A10 A11)', async () => {
    const { app, fresh } = await withFactor()
    const page = await passwordOf(fresh, northwind.login)
    expect([page.url, fresh.cookies.has(session)]).toEqual(['/sign-in/code', false])
    const waiting = fresh.cookies.get('__Host-portico-code') ?? ''
    const thief = portal.browser()
    thief.cookies.set(session, waiting)
    expect(await isIn(thief)).toBe(false)
    expect((await fresh.submit(page, codeForm, { code: '123456' })).status).toBe(422)
    const home = await fresh.submit(page, codeForm, { code: app.code() })
    expect([home.status, home.url, await isIn(fresh)]).toEqual([200, '/', true])
    const replayed = portal.browser()
    replayed.cookies.set('__Host-portico-code', waiting)
    portal.deps.clock.forward(minute)
    expect((await replayed.request('POST', '/sign-in/code', `code=${app.code()}`)).headers.get('location')).toBe(
      '/sign-in',
    )
  })

  /** Room for a thousand codes in this window, so that nothing but the code itself decides. */
  async function makeRoom() {
    const window = Math.floor(portal.deps.now().getTime() / (10 * minute))
    await portal.db.client.execute({
      sql: 'insert into sign_in_attempts (subject, window, count, expires_at) values (?, ?, -1000, ?)',
      args: [`code:${northwind.loginId}:password`, window, (window + 1) * 10 * minute],
    })
  }

  test('lets one in of 50 who send one code at once, each after a password of their own (A12)', async () => {
    const { app } = await withFactor()
    await makeRoom()
    const all = Array.from({ length: 50 }, () => portal.browser())
    for (const one of all) expect((await passwordOf(one, northwind.login)).url).toBe('/sign-in/code')
    const before = await portal.db.rows('select count(*) as n from sessions')
    const sent = await Promise.all(all.map((one) => one.request('POST', '/sign-in/code', `code=${app.code()}`)))
    expect(sent.map(({ status }) => status).toSorted()).toEqual([303, ...Array(49).fill(422)])
    expect(await portal.db.rows('select count(*) - 1 as n from sessions')).toEqual(before)
  })

  test('refuses a code that was used, and one of an earlier step than the last', async () => {
    const { app, fresh } = await withFactor()
    const code = app.code()
    await fresh.submit(await passwordOf(fresh, northwind.login), codeForm, { code })
    const again = portal.browser()
    const page = await passwordOf(again, northwind.login)
    for (const old of [code, app.code(-1)]) expect((await again.submit(page, codeForm, { code: old })).status).toBe(422)
  })

  test('looks at five codes in ten minutes, and then at none, right or wrong', async () => {
    const { app, fresh } = await withFactor()
    const page = await passwordOf(fresh, northwind.login)
    for (let i = 0; i < 5; i++) expect((await fresh.submit(page, codeForm, { code: `00000${i}` })).status).toBe(422)
    const full = await fresh.submit(page, codeForm, { code: app.code() })
    expect([full.status, full.dom.querySelector('#code-error')?.text]).toEqual([
      429,
      expect.stringContaining('There were too many tries'),
    ])
    expect(Number(full.headers.get('retry-after'))).toBeGreaterThan(0)
    portal.deps.clock.forward(10 * minute)
    await fresh.submit(await passwordOf(fresh, northwind.login), codeForm, { code: app.code() })
    expect(await isIn(fresh)).toBe(true)
  })

  test('whoever knows the password alone holds up nobody whose browser is known (A4)', async () => {
    const { app, fresh } = await withFactor()
    const stranger = await passwordOf(fresh, northwind.login)
    for (let i = 0; i < 6; i++) await fresh.submit(stranger, codeForm, { code: `00000${i}` })
    expect((await fresh.submit(stranger, codeForm, { code: app.code() })).status).toBe(429)
    await browser.request('POST', '/sign-out')
    const page = await passwordOf(browser, northwind.login)
    expect((await browser.submit(page, codeForm, { code: '000000' })).status).toBe(422)
    await browser.submit(page, codeForm, { code: app.code() })
    expect(await isIn(browser)).toBe(true)
  })

  test('a browser that signed in by login name is known by e-mail too, by password and by link', async () => {
    await signIn(browser, northwind.login, demoPassword)
    await portal.deps.settled()
    const announced = () => lettersTo(northwind.email).filter((subject) => subject.startsWith('New sign-in')).length
    expect(announced()).toBe(1)
    await browser.request('POST', '/sign-out')
    await signIn(browser, northwind.email, demoPassword)
    await browser.request('POST', '/sign-in', `identifier=${northwind.login}`)
    await browser.request('POST', '/sign-in/links')
    await portal.deps.settled()
    const link = /\/links\/\S+/.exec(portal.deps.letters.at(-1)?.text ?? '')?.[0] ?? ''
    const page = await browser.open(link)
    expect(page.text).toContain('This link signs you in as Nora West, once.')
    expect((await browser.submit(page, 'form')).url).toBe('/')
    await portal.deps.settled()
    expect(announced()).toBe(1)
    const [event] = await portal.db.rows(
      "select actor_name, after from events where action = 'session.started' order by n desc",
    )
    expect(event).toMatchObject({ actor_name: 'Nora West', after: expect.stringContaining('mailed link') })
  })

  test('takes each recovery code once, in any case and with or without its dash, and tells the owner', async () => {
    const { codes, fresh } = await withFactor()
    const typed = codes[3]?.toUpperCase().replace('-', ' ') ?? ''
    await fresh.submit(await passwordOf(fresh, northwind.login), codeForm, { code: typed })
    expect((await fresh.open('/settings/two-factor')).text).toContain('9 of 10 are left')
    await portal.deps.settled()
    expect(await eventsOf('recovery-code.used')).toHaveLength(1)
    const again = portal.browser()
    const page = await passwordOf(again, northwind.login)
    expect((await again.submit(page, codeForm, { code: codes[3] ?? '' })).status).toBe(422)
    const made = await fresh.submit(
      await fresh.open('/settings/two-factor'),
      'form[action="/settings/two-factor/recovery-codes"]',
    )
    expect(codesIn(made)).toHaveLength(10)
    expect((await again.submit(page, codeForm, { code: codes[4] ?? '' })).status).toBe(422)
    expect((await again.submit(page, codeForm, { code: codesIn(made)[4] ?? '' })).status).toBe(200)
  })

  test('asks the code after a mailed link too', async () => {
    const { app, fresh } = await withFactor()
    await fresh.request('POST', '/sign-in', `identifier=${northwind.login}`)
    await fresh.request('POST', '/sign-in/links')
    await portal.deps.settled()
    const link = /\/links\/\S+/.exec(portal.deps.letters.at(-1)?.text ?? '')?.[0] ?? ''
    const page = await fresh.submit(await fresh.open(link), 'form')
    expect([page.url, fresh.cookies.has(session)]).toEqual(['/sign-in/code', false])
    expect((await fresh.open(link)).status).toBe(400)
    await fresh.submit(page, codeForm, { code: app.code() })
    expect(await isIn(fresh)).toBe(true)
  })

  test('starts again where the password was changed between the two steps', async () => {
    const { app, fresh } = await withFactor()
    const page = await passwordOf(fresh, northwind.login)
    await portal.db.client.execute({
      sql: 'update logins set version = version + 1 where id = ?',
      args: [northwind.loginId],
    })
    const answer = await fresh.submit(page, codeForm, { code: app.code() })
    expect([answer.url, answer.text]).toEqual(['/sign-in', expect.stringContaining('took too long')])
  })

  test('is off again with a fresh proof, and asks no code then', async () => {
    const { fresh } = await withFactor()
    portal.deps.clock.forward(16 * minute)
    const page = await browser.open('/settings/two-factor')
    const proof = await browser.submit(page, 'form[action="/settings/two-factor/removal"]')
    expect(proof.text).toContain('Is it you?')
    const off = await browser.submit(proof, 'form', { again: demoPassword })
    expect(off.text).toContain('Two-factor is off')
    expect((await passwordOf(fresh, northwind.login)).url).toBe('/')
    await portal.deps.settled()
    expect(lettersTo(northwind.email)).toContain('Two-factor sign-in is off')
  })
})

describe('an account that wants two-factor of every login', () => {
  const { full, servers } = fabrikam.logins
  const demand = async (one: Browser, required: string | null) =>
    one.submit(await one.open('/settings/two-factor'), 'form[action="/settings/two-factor/requirement"]', { required })

  test('leads a login without it there first, at its next page, and keeps it from being switched off', async () => {
    const sergio = portal.browser()
    await signIn(sergio, servers.email, demoPassword)
    await signIn(browser, full.email, demoPassword)
    await switchOn(portal, browser)
    expect((await demand(browser, 'on')).text).toContain('From now on every login of your account needs two-factor.')
    for (const path of ['/', '/computers.csv', '/documentation']) {
      const page = await sergio.open(path)
      if (path !== '/computers.csv') expect(page.text).toContain('Add a second factor')
    }
    expect((await sergio.open('/settings/two-factor')).dom.querySelectorAll('.rail a')).toEqual([])
    await switchOn(portal, sergio)
    expect((await sergio.open('/documentation')).status).toBe(200)
    expect((await sergio.request('POST', '/settings/two-factor/removal')).status).toBe(409)
    expect((await sergio.request('POST', '/settings/two-factor/requirement')).status).toBe(403)
    await demand(browser, null)
    const events = await portal.db.rows("select after from events where action = 'account.edited' order by id")
    expect(events.map(({ after }) => after)).toEqual(['{"twoFactorRequired":true}', '{"twoFactorRequired":false}'])
  })

  test('has it reset by its master: after a day, told by letter, stopped by a code, of the app or a recovery code', async () => {
    const sergio = portal.browser()
    await signIn(sergio, servers.email, demoPassword)
    const { app, codes } = await switchOn(portal, sergio)
    await signIn(browser, full.email, demoPassword)
    const path = `/settings/logins/${servers.loginId}/two-factor-reset`
    const reset = async () => browser.submit(await browser.open(path), 'form[action$="two-factor-resets"]')
    expect((await reset()).text).toContain('It goes off at')
    const seen = async () => ({
      list: (await browser.open('/settings/logins')).dom
        .querySelectorAll('tbody tr')
        .find((row) => row.text.includes(servers.name))
        ?.querySelector('[data-label="Two-factor"]')?.text,
      offered: (await browser.open(`/settings/logins/${servers.loginId}`)).text.includes('Reset it'),
      api: (
        (await (await portal.call('GET', '/api/v1/logins', { key: fabrikam.apiKey })).json()) as {
          data: { id: string; twoFactor: boolean }[]
        }
      ).data.find(({ id }) => id === servers.loginId)?.twoFactor,
    })
    expect(await seen()).toEqual({ list: 'On being reset', offered: true, api: true })
    await portal.deps.settled()
    expect(lettersTo(servers.email)).toContain('Your second factor will be reset')
    portal.deps.clock.forward(minute)
    const late = portal.browser()
    await late.submit(await passwordOf(late, servers.email), codeForm, { code: app.code() })
    expect(await isIn(late)).toBe(true)
    portal.deps.clock.forward(25 * 60 * minute)
    expect((await passwordOf(portal.browser(), servers.email)).url).toBe('/sign-in/code')
    await signIn(browser, full.email, demoPassword)
    await reset()
    const recovered = portal.browser()
    await recovered.submit(await passwordOf(recovered, servers.email), codeForm, { code: codes[0] ?? '' })
    expect(await isIn(recovered)).toBe(true)
    portal.deps.clock.forward(25 * 60 * minute)
    expect((await passwordOf(portal.browser(), servers.email)).url).toBe('/sign-in/code')
    await signIn(browser, full.email, demoPassword)
    await reset()
    portal.deps.clock.forward(24 * 60 * minute)
    const free = portal.browser()
    await passwordOf(free, servers.email)
    expect(await isIn(free)).toBe(true)
    const other = fabrikam.logins.full.loginId
    await signIn(browser, full.email, demoPassword)
    expect(await seen()).toEqual({ list: 'Off', offered: false, api: false })
    expect((await browser.request('POST', `/settings/logins/${other}/two-factor-resets`)).status).toBe(409)
    expect((await browser.request('POST', `/settings/logins/${northwind.loginId}/two-factor-resets`)).status).toBe(404)
  })
})

describe('a master login that lost phone and recovery codes', () => {
  const { full, servers } = fabrikam.logins
  test('has it reset by the vendor: found by e-mail, after a day, told by letter, stopped by a code', async () => {
    const master = portal.browser()
    await signIn(master, full.email, demoPassword)
    const { app } = await switchOn(portal, master)
    const own = `/settings/logins/${full.loginId}/two-factor-reset`
    expect((await master.open(own)).text).toContain('Write to the vendor')
    await signIn(browser, acme.login, demoPassword)
    const list = await browser.follow(await browser.open('/'), 'Master logins')
    expect((await browser.submit(list, 'form[action="/admin/logins"]', { q: 'nobody@x.example' })).text).toContain(
      'No master login of an account below yours signs in with “nobody@x.example”',
    )
    const found = await browser.submit(list, 'form[action="/admin/logins"]', { q: full.email.toUpperCase() })
    expect(found.text).toContain('1 master login')
    const page = await browser.follow(found, 'Reset the second factor')
    const done = await browser.submit(page, 'form[action$="two-factor-resets"]')
    expect(done.text).toContain('It goes off at 2026-08-22 09:30:00 UTC')
    await portal.deps.settled()
    const letter = portal.deps.letters.findLast(({ to }) => to === full.email)
    expect([letter?.subject, letter?.text.includes('of Acme Software reset your second factor')]).toEqual([
      'Your second factor will be reset',
      true,
    ])
    const [event] = await portal.db.rows("select account_id, actor_name from events where action = 'two-factor.reset'")
    expect(event).toMatchObject({ account_id: fabrikam.accountId })
    portal.deps.clock.forward(minute)
    const late = portal.browser()
    await late.submit(await passwordOf(late, full.email), codeForm, { code: app.code() })
    expect(await isIn(late)).toBe(true)
    portal.deps.clock.forward(25 * 60 * minute)
    expect((await passwordOf(portal.browser(), full.email)).url).toBe('/sign-in/code')
  })

  test('is found by its login name too; sub-logins, the own account and others are not reset there', async () => {
    await signIn(browser, acme.login, demoPassword)
    const find = async (q: string) => (await browser.open(`/admin/logins?q=${encodeURIComponent(q)}`)).text
    expect(await find(northwind.login)).toContain('Northwind')
    for (const q of [servers.email, acme.login]) expect(await find(q)).toContain('No master login')
    for (const id of [servers.loginId, acme.loginId]) {
      expect((await browser.request('POST', `/admin/logins/${id}/two-factor-resets`)).status).toBe(404)
    }
    const off = await browser.request('POST', `/admin/logins/${northwind.loginId}/two-factor-resets`)
    expect(off.status).toBe(409)
    const partner = portal.browser()
    await signIn(partner, northwind.login, demoPassword)
    expect((await partner.open('/admin/logins')).status).toBe(403)
  })

  test('whose account has another address: that one is told too', async () => {
    await portal.db.client.execute({
      sql: "update accounts set email = 'office@fabrikam.example', email_key = 'office@fabrikam.example' where id = ?",
      args: [fabrikam.accountId],
    })
    const master = portal.browser()
    await signIn(master, full.email, demoPassword)
    await switchOn(portal, master)
    await signIn(browser, acme.login, demoPassword)
    await browser.submit(await browser.open(`/admin/logins/${full.loginId}/two-factor-reset`), 'form.card')
    await portal.deps.settled()
    for (const to of [full.email, 'office@fabrikam.example'])
      expect(lettersTo(to)).toContain('Your second factor will be reset')
  })
})

/** Ada with a master login of her account that has two-factor. */
async function adaWithFactor() {
  await portal.db.client.execute({
    sql: `insert into logins (id, account_id, name, email, email_key, role, is_master, password_hash, created_at)
      select 'log_ada', ?, 'Ada', ?, ?, 'full', 1, password_hash, 0 from logins where id = ?`,
    args: [ada.accountId, ada.email, ada.email, northwind.loginId],
  })
  await signIn(browser, ada.email, demoPassword)
  const on = await switchOn(portal, browser)
  portal.deps.clock.forward(minute)
  return on
}

test('whoever knows an order number alone holds up nobody who has the password (A4)', async () => {
  const { app } = await adaWithFactor()
  const stranger = portal.browser()
  const asked = await passwordOf(stranger, ada.email, ada.orders[0])
  for (let i = 0; i < 6; i++) await stranger.submit(asked, codeForm, { code: `00000${i}` })
  expect((await stranger.submit(asked, codeForm, { code: app.code() })).status).toBe(429)
  const fresh = portal.browser()
  await fresh.submit(await passwordOf(fresh, ada.email), codeForm, { code: app.code() })
  expect(await isIn(fresh)).toBe(true)
})

test("a customer's order number asks the master login's code, once that has two-factor (Decision 2)", async () => {
  const { app } = await adaWithFactor()
  const fresh = portal.browser()
  const page = await passwordOf(fresh, ada.email, ada.orders[0])
  expect([page.url, fresh.cookies.has(session)]).toEqual(['/sign-in/code', false])
  await fresh.submit(page, codeForm, { code: app.code() })
  expect((await fresh.open('/')).status).toBe(200)
  expect((await fresh.open('/settings/two-factor')).status).toBe(403)
})
