import { beforeEach, describe, expect, test } from 'vitest'
import { ada, demoPassword, fabrikam, northwind, tailspin } from '#dev/world/people.ts'
import { everythingIn, identify } from '../support/doors.ts'
import { type Browser, openPortal, type Page, type Portal, signIn, signInAsAda } from '../support/portal.ts'

const fresh = 'four dry words hold'
const other = 'another fine sentence'
const form = 'form[action="/settings/password"]'
const minute = 60_000

let portal: Portal
let browser: Browser
beforeEach(async () => {
  portal = await openPortal()
  browser = portal.browser()
})

const forceChange = () =>
  portal.db.client.execute({
    sql: 'update logins set must_change_password = 1 where id = ?',
    args: [northwind.loginId],
  })
const change = (page: Page, current: string, password: string, who = browser) =>
  who.submit(page, form, { current, password })
const letters = (subject: string) => portal.deps.letters.filter((letter) => letter.subject === subject)

describe('a password that somebody else made', () => {
  test('opens nothing but the page that changes it, after sign-in as on every address (A13)', async () => {
    await forceChange()
    const page = await signIn(browser, northwind.login, demoPassword)
    expect(page.url).toBe('/settings/password')
    expect(page.dom.querySelector('h1')?.text).toBe('Choose a password of your own')
    expect(page.dom.querySelectorAll('nav.rail a')).toEqual([])
    for (const path of ['/', '/licenses.csv', '/events', '/documentation', `/licenses/${ada.licenses.lab}`]) {
      const answer = await browser.request('GET', path)
      expect([path, answer.status, answer.headers.get('location')]).toEqual([path, 303, '/settings/password'])
    }
    const part = await browser.request('GET', '/', undefined, { 'hx-request': 'true' })
    expect([part.status, part.headers.get('hx-redirect')]).toEqual([403, '/settings/password'])
    const home = await change(page, demoPassword, fresh)
    expect([home.status, home.url]).toEqual([200, '/'])
    expect(home.text).toContain('Password changed.')
  })

  test('does not keep its owner from signing out', async () => {
    await forceChange()
    const page = await signIn(browser, northwind.login, demoPassword)
    expect((await browser.submit(page, 'form[action="/sign-out"]')).text).toContain('You are signed out.')
  })
})

describe('changing a password', () => {
  test('takes the current one, ends the other sessions, is recorded and announced (R253 A7)', async () => {
    const elsewhere = portal.browser()
    await signIn(elsewhere, northwind.email, demoPassword)
    await signIn(browser, northwind.login, demoPassword)
    const home = await change(await browser.open('/settings/password'), demoPassword, fresh)
    expect(home.text).toContain('Password changed.')
    expect((await elsewhere.request('GET', '/')).headers.get('location')).toMatch(/^\/sign-in/)
    expect((await browser.open('/')).status).toBe(200)
    await portal.deps.settled()
    const [letter] = letters('Your password was changed')
    expect(letter?.to).toBe(northwind.email)
    expect(await portal.db.rows("select subject_id from events where action = 'password.changed'")).toEqual([
      { subject_id: northwind.loginId },
    ])
    expect((await browser.open('/settings/password')).text).toContain('Changed last on 2026-08-21 09:30:00 UTC.')
    await signIn(portal.browser(), northwind.login, fresh)
    const stale = portal.browser()
    await identify(stale, northwind.login)
    expect((await stale.submit(await stale.open('/sign-in/proof'), 'form', { proof: demoPassword })).status).toBe(422)
  })

  test.each([
    ['short', 'Use at least 8 characters'],
    ['x'.repeat(257), 'Use at most 256 characters'],
    ['Password123', 'This password is among the first that are guessed'],
    ['northwind1', 'This password is made of your login'],
  ])('refuses %s at the field and changes nothing (A13)', async (password, words) => {
    await signIn(browser, northwind.login, demoPassword)
    await portal.deps.settled()
    const page = await browser.open('/settings/password')
    const before = await portal.db.rows('select * from logins')
    const refused = await change(page, demoPassword, password)
    expect(refused.status).toBe(422)
    expect(refused.dom.querySelector('title')?.text).toMatch(/^Error: /)
    expect(refused.dom.querySelector('#password-error')?.text).toContain(words)
    expect(refused.dom.querySelector('#error-summary a')?.text).toContain(words)
    expect(refused.html).not.toContain(password === 'short' ? 'value="short"' : password)
    expect(await portal.db.rows('select * from logins')).toEqual(before)
  })

  test('takes any letters of the world as they were typed (A13)', async () => {
    await signIn(browser, northwind.login, demoPassword)
    const typed = ' Ünï cödé 密码 🔑 '
    await change(await browser.open('/settings/password'), demoPassword, typed)
    await signIn(portal.browser(), northwind.login, typed)
  })

  test('refuses a wrong current password, five times a quarter of an hour, and then looks at none (A3)', async () => {
    await signIn(browser, northwind.login, demoPassword)
    const page = await browser.open('/settings/password')
    for (let i = 0; i < 5; i++) {
      const refused = await change(page, `wrong ${i}`, fresh)
      expect(refused.status).toBe(422)
      expect(refused.dom.querySelector('#current-error')?.text).toContain('This is not your current password')
    }
    const held = await change(page, demoPassword, fresh)
    expect(held.status).toBe(429)
    expect(held.dom.querySelector('#current-error')?.text).toContain('too many tries')
    portal.deps.clock.forward(15 * minute)
    expect((await change(page, demoPassword, fresh)).url).toBe('/')
  })

  test('of many sent at once changes it once, and the same form sent twice is one act', async () => {
    await signIn(browser, northwind.login, demoPassword)
    const page = await browser.open('/settings/password')
    const both = await Promise.all([change(page, demoPassword, fresh), change(page, demoPassword, fresh)])
    expect(both.map(({ status }) => status)).toEqual([200, 200])
    const again = await change(page, demoPassword, fresh)
    expect([again.status, again.url]).toEqual([200, '/'])
    expect(await portal.db.rows("select count(*) as n from events where action = 'password.changed'")).toEqual([
      { n: 1 },
    ])
    const pages = await Promise.all([1, 2, 3, 4].map(() => browser.open('/settings/password')))
    const answers = await Promise.all(pages.map((one, i) => change(one, fresh, `${other} ${i}`)))
    expect(answers.filter(({ url }) => url === '/')).toHaveLength(1)
    expect(answers.filter(({ status }) => status === 422)).toHaveLength(3)
  })

  test('leaves nothing of either password in the database', async () => {
    await signIn(browser, northwind.login, demoPassword)
    await change(await browser.open('/settings/password'), demoPassword, fresh)
    await portal.deps.settled()
    const dump = await everythingIn(portal.db)
    expect(dump).not.toContain(demoPassword)
    expect(dump).not.toContain(fresh)
  })

  test('is for every login whatever its role, and for nobody who has none', async () => {
    for (const { email } of Object.values(fabrikam.logins)) {
      const one = portal.browser()
      await signIn(one, email, demoPassword)
      const home = await change(await one.open('/settings/password'), demoPassword, fresh, one)
      expect([email, home.text.includes('Password changed.')]).toEqual([email, true])
    }
    await signInAsAda(browser)
    expect((await browser.open('/settings/password')).status).toBe(403)
    expect((await browser.open('/')).dom.querySelectorAll('a[href="/settings/password"]')).toEqual([])
  })
})

describe('a forgotten password', () => {
  const asked = async (identifier: string, one: Browser = browser) => {
    const page = await one.submit(await one.open('/password-resets'), 'form', { identifier })
    await portal.deps.settled()
    return page
  }
  const mailed = () => letters('Set your password')
  const pathIn = (text = '') => /https:\/\/portal\.acme\.example(\/links\/\S+)/.exec(text)?.[1] ?? ''
  const linkFor = async (identifier: string) => {
    await asked(identifier)
    return pathIn(mailed().at(-1)?.text)
  }

  test('is asked for on the second step, filled in, and answered the same for known and unknown (R333 A1 A15)', async () => {
    await identify(browser, northwind.login)
    const page = await browser.follow(await browser.open('/sign-in/proof'), 'Forgot your password?')
    expect(page.dom.querySelector('#identifier')?.getAttribute('value')).toBe(northwind.login)
    const known = await asked(northwind.login)
    const unknown = await asked('nobody-knows', portal.browser())
    expect(known.text).toBe(unknown.text)
    expect(known.text).toContain('If we know this e-mail or login, a link to set the password is on its way')
    expect(mailed().map(({ to }) => to)).toEqual([northwind.email])
  })

  test('is answered before anything is looked up: a database that never answers holds up nobody (A2)', async () => {
    portal.db.batch = () => new Promise(() => {})
    for (const identifier of [northwind.login, 'nobody-knows']) {
      const answer = await browser.request('POST', '/password-resets', new URLSearchParams({ identifier }))
      expect([identifier, answer.status]).toEqual([identifier, 303])
    }
  })

  test('says at the field when nothing was typed', async () => {
    const page = await browser.submit(await browser.open('/password-resets'), 'form', { identifier: ' ' })
    expect(page.status).toBe(422)
    expect(page.dom.querySelector('#identifier-error')?.text).toContain('Enter your e-mail or login')
  })

  test('is set by the link, once, which ends every session and does not sign in (R333 A15)', async () => {
    const signedIn = portal.browser()
    await signIn(signedIn, northwind.login, demoPassword)
    await forceChange()
    const path = await linkFor(northwind.email)
    const before = await everythingIn(portal.db)
    const page = await browser.open(path)
    expect(page.text).toContain(`This sets the password of ${northwind.login}, once.`)
    expect(await everythingIn(portal.db)).toBe(before)
    const weak = await browser.submit(page, 'form', { password: 'password1' })
    expect([weak.status, weak.dom.querySelector('#password-error') !== null]).toEqual([422, true])
    const done = await browser.submit(weak, 'form', { password: fresh })
    expect(done.url).toBe('/sign-in')
    expect(done.text).toContain('Password set. Sign in with it.')
    expect((await signedIn.request('GET', '/')).headers.get('location')).toMatch(/^\/sign-in/)
    for (const method of ['GET', 'POST']) {
      const again = await browser.request(method, path, method === 'POST' ? `password=${other}` : undefined)
      expect([method, again.status]).toEqual([method, 400])
    }
    expect((await signIn(browser, northwind.login, fresh)).url).toBe('/')
    await portal.deps.settled()
    expect(letters('Your password was changed').map(({ to }) => to)).toEqual([northwind.email])
  })

  test('of 20 forms of one link sent at once is set by one (A15)', async () => {
    const path = await linkFor(tailspin.login)
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, i) => portal.browser().request('POST', path, `password=${other} ${i}`)),
    )
    expect(answers.filter(({ status }) => status === 303)).toHaveLength(1)
    expect(answers.filter(({ status }) => status === 400)).toHaveLength(19)
    expect(await portal.db.rows("select count(*) as n from events where action = 'password.changed'")).toEqual([
      { n: 1 },
    ])
  })

  test('ends with ten minutes, and with another link that was used first', async () => {
    const path = await linkFor(northwind.email)
    const newer = await linkFor(northwind.email)
    await browser.submit(await browser.open(newer), 'form', { password: fresh })
    expect((await browser.open(path)).status).toBe(400)
    const late = await linkFor(tailspin.email)
    portal.deps.clock.forward(10 * minute)
    expect((await browser.open(late)).status).toBe(400)
    expect((await browser.request('POST', late, `password=${fresh}`)).status).toBe(400)
  })

  test('is mailed twice while one lives, so that its owner always has one, and never to a login that is disabled (A4)', async () => {
    for (let i = 0; i < 7; i++) await asked(fabrikam.logins.servers.email)
    expect(mailed()).toHaveLength(2)
    portal.deps.clock.forward(9 * minute)
    await asked(fabrikam.logins.servers.email)
    expect((await browser.open(pathIn(mailed().at(-1)?.text))).status).toBe(200)
    const before = mailed().length
    const path = pathIn(mailed().at(-1)?.text)
    await portal.db.client.execute('update logins set disabled_at = 1 where is_master = 0')
    await asked(fabrikam.logins.billing.email)
    expect(mailed()).toHaveLength(before)
    expect((await browser.open(path)).status).toBe(400)
  })

  test('leaves no link in the database: only its hash (A15)', async () => {
    const path = await linkFor(northwind.email)
    const token = path.slice('/links/'.length)
    const dump = await everythingIn(portal.db)
    expect(token.length).toBeGreaterThan(40)
    expect(dump).not.toContain(token)
    expect(dump).not.toContain(token.split('.')[1])
  })
})
