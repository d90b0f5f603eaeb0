import { beforeEach, expect, test } from 'vitest'
import { ada, fabrikam } from '#dev/world/people.ts'
import { runDue } from '#src/jobs/schedule.ts'
import { type Browser, openPortal, type Page, type Portal, signIn, signInAsAda } from '../support/portal.ts'
import { racingApp } from '../support/race.ts'

const password = 'a quiet river at noon'
let portal: Portal
let browser: Browser
beforeEach(async () => {
  portal = await openPortal()
  browser = portal.browser()
})

const lin = {
  email: 'lin@contoso-labs.example',
  firstName: 'Lin',
  lastName: 'Chen',
  company: 'Contoso Labs',
  country: 'FR',
}
const register = async (fields: Record<string, string> = lin): Promise<Page> =>
  browser.submit(await browser.open('/register'), 'main form', fields)
async function linkTo(email: string): Promise<string> {
  await portal.deps.settled()
  const letter = portal.deps.letters.findLast(({ to }) => to === email)
  return /\/links\/[\w.-]+/.exec(letter?.text ?? '')?.[0] ?? expect.fail(`no link was mailed to ${email}`)
}
const logins = (email: string) =>
  portal.db.rows('select account_id, is_master, role, name from logins where email_key = ?', email)

test('R159 R160: registered, confirmed by mail, welcomed, signed in; nothing is made before the mail was read', async () => {
  const start = await browser.follow(await browser.open('/sign-in'), 'Register')
  expect(start.url).toBe('/register')
  expect((await register()).text).toContain('A letter with a link is on its way')
  const link = await linkTo(lin.email)
  expect(await logins(lin.email)).toEqual([])
  const page = await browser.open(link)
  expect(page.text).toContain('It opens the account that is made for you now')
  expect(await logins(lin.email)).toEqual([])
  const done = await browser.submit(page, 'main form', { password })
  expect([done.url, done.text.includes('Your password is set')]).toEqual(['/sign-in', true])
  await portal.deps.settled()
  const welcome = portal.deps.letters.at(-1)
  expect(welcome?.subject).toBe('Welcome to the Acme Software license portal')
  expect(welcome?.text).toMatch(/Address: https:\/\/portal\.acme\.example\/.*Login: lin@contoso-labs\.example/s)
  expect(portal.deps.letters.map(({ text }) => text).join()).not.toContain(password)
  const home = await signIn(browser, lin.email, password)
  expect(home.html).toContain('Contoso Labs')
  const [account] = await portal.db.rows('select name, kind, country from accounts where email_key = ?', lin.email)
  expect(account).toEqual({ name: 'Contoso Labs', kind: 'customer', country: 'FR' })
})

test('a customer of the shop adds a password to their account by the mailed link; the order number goes on working (Decision 2)', async () => {
  await signInAsAda(browser)
  const page = await browser.follow(await browser.open('/'), 'Add a password')
  await browser.submit(page, 'main form')
  const link = await linkTo(ada.email)
  const confirm = await browser.open(link)
  expect(confirm.text).toContain('with all its orders and licenses')
  await browser.submit(confirm, 'main form', { password })
  expect(await logins(ada.email)).toMatchObject([{ account_id: ada.accountId, is_master: 1, role: 'full' }])
  const home = await signIn(portal.browser(), ada.email, password)
  expect(home.text).toContain('4 licenses')
  expect((await signIn(portal.browser(), ada.email, ada.orders[1])).text).toContain('4 licenses')
})

test('whoever registers with the e-mail of their orders gets their orders', async () => {
  await register({ ...lin, email: ada.email, firstName: 'Ada', lastName: 'Byron' })
  await browser.submit(await browser.open(await linkTo(ada.email)), 'main form', { password })
  expect(await logins(ada.email)).toMatchObject([{ account_id: ada.accountId, name: 'Ada Byron' }])
  expect(await portal.db.rows('select count(*) as n from accounts where email_key = ?', ada.email)).toEqual([{ n: 1 }])
})

test('known and unknown are answered alike; who has a login is told by letter, and nothing is made (A1 A2)', async () => {
  const answers = []
  for (const email of [fabrikam.logins.full.email, 'nobody@nowhere.example']) {
    const answer = await portal.browser().request('POST', '/register', new URLSearchParams({ ...lin, email }))
    const headers = Object.fromEntries(answer.headers)
    delete headers['x-request-id']
    answers.push([answer.status, await answer.text(), headers])
  }
  expect(answers[0]).toEqual(answers[1])
  await portal.deps.settled()
  const known = portal.deps.letters.find(({ to }) => to === fabrikam.logins.full.email)
  expect(known?.subject).toBe('You have a login already')
  expect(await portal.db.rows('select email from registrations')).toEqual([{ email: 'nobody@nowhere.example' }])
})

test('of fifty confirmations at once one makes the account; the link opens nothing any more', async () => {
  await register()
  const link = await linkTo(lin.email)
  const app = racingApp(portal, 50)
  const headers = { 'content-type': 'application/x-www-form-urlencoded', origin: 'https://portal.acme.example' }
  const body = new URLSearchParams({ password }).toString()
  const answers = await Promise.all(
    Array.from({ length: 50 }, () =>
      app.request(`https://portal.acme.example${link}`, { method: 'POST', headers, body }),
    ),
  )
  expect(answers.filter(({ status }) => status === 303)).toHaveLength(1)
  expect(answers.filter(({ status }) => status === 400)).toHaveLength(49)
  expect(await logins(lin.email)).toHaveLength(1)
  expect(await portal.db.rows('select count(*) as n from accounts where email_key = ?', lin.email)).toEqual([{ n: 1 }])
  expect((await browser.open(link)).status).toBe(400)
})

test('a weak password leaves the link as it was; after a day it opens nothing', async () => {
  await register()
  const link = await linkTo(lin.email)
  const weak = await browser.submit(await browser.open(link), 'main form', { password: 'password' })
  expect(weak.status).toBe(422)
  expect((await browser.open(link)).status).toBe(200)
  portal.deps.clock.forward(25 * 3_600_000)
  expect((await browser.open(link)).status).toBe(400)
})

test.each([
  ['email', { email: 'nobody' }, 'Write your e-mail address'],
  ['firstName', { firstName: ' ' }, 'Write your first name'],
  ['lastName', { lastName: 'x'.repeat(61) }, 'Write your last name'],
  ['country', { country: 'Atlantis' }, 'Choose a country of the list'],
])('a bad %s comes back with what was typed and how to mend it', async (field, changes, sentence) => {
  const page = await register({ ...lin, ...changes })
  expect(page.status).toBe(422)
  expect(page.dom.querySelector('[role="alert"] a')?.getAttribute('href')).toBe(`#${field}`)
  expect(page.text).toContain(sentence)
  expect(page.dom.querySelector('#company')?.getAttribute('value')).toBe('Contoso Labs')
})

test('at most five letters an hour go to one address', async () => {
  for (let i = 0; i < 8; i++) await register()
  await portal.deps.settled()
  expect(portal.deps.letters.filter(({ to }) => to === lin.email)).toHaveLength(5)
})

test('what was never confirmed is forgotten by the clock', async () => {
  await register()
  await portal.deps.settled()
  portal.deps.clock.forward(9 * 86_400_000)
  await runDue(portal.deps, '17 * * * *')
  expect(await portal.db.rows('select 1 from registrations')).toEqual([])
})
