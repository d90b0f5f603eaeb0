import { parse } from 'csv-parse/sync'
import { beforeEach, expect, test } from 'vitest'
import { acme, lucerne, northwind, tailspin } from '#dev/world/people.ts'
import { type Browser, openPortal, type Page, type Portal, signIn } from '../support/portal.ts'

let portal: Portal
let browser: Browser
beforeEach(async () => {
  portal = await openPortal()
  browser = portal.browser()
})

const password = 'portico-demo'
const linesOf = (page: Page) => page.dom.querySelectorAll('#list tbody tr')
const cell = (row: ReturnType<typeof linesOf>[number] | undefined, label: string) =>
  row?.querySelector(`[data-label="${label}"]`)?.text ?? ''

test('credits stand by offer, product and size, support beside licenses; what is low says so (R110)', async () => {
  await signIn(browser, tailspin.login, password)
  const page = await browser.open('/credits')
  const rows = page.dom.querySelectorAll('section tbody tr').map((row) => row.text.replace(/\s+/g, ' '))
  expect(rows).toHaveLength(5)
  expect(rows.some((row) => row.includes('Remote Access') && row.includes('Pro, 10 users, support by the year'))).toBe(
    true,
  )
  expect(rows.every((row) => row.includes('Low'))).toBe(true)
})

test('the ledger says when, why, who, for which license and what was left after (R109 R152)', async () => {
  await signIn(browser, tailspin.login, password)
  const page = await browser.open('/credits')
  const [newest] = linesOf(page)
  expect(cell(newest, 'Credits')).toBe('−1')
  expect(cell(newest, 'Why')).toMatch(/^Spentlicense S-/)
  expect(cell(newest, 'Who')).toBe(tailspin.person)
  const received = await browser.open('/credits?reason=received')
  const why = linesOf(received).map((row) => cell(row, 'Why'))
  expect(new Set(why)).toEqual(new Set(['Received from Northwind']))
  expect(linesOf(received).map((row) => cell(row, 'Who'))).not.toContain(northwind.person)
  const offer = 'remote-access/pro/10'
  const sums = await portal.db.rows(
    'select amount, balance_after from credit_entries where account_id = ? and offer_code = ? order by id desc',
    ...[tailspin.accountId, offer],
  )
  const ofOffer = await browser.open(`/credits?offer=${offer}`)
  expect(linesOf(ofOffer).map((row) => Number(cell(row, 'Balance after')))).toEqual(
    sums.map(({ balance_after }) => balance_after),
  )
})

test('pages of the ledger go on and back without a gap or a double; the CSV holds the whole filter (R334 R335)', async () => {
  await signIn(browser, northwind.login, password)
  const first = await browser.open('/credits')
  let page = first
  let count = linesOf(page).length
  while (page.text.includes('Next')) {
    page = await browser.follow(page, 'Next')
    count += linesOf(page).length
  }
  const [row] = await portal.db.rows(
    'select count(*) as n from credit_entries where account_id = ?',
    northwind.accountId,
  )
  expect(count).toBe(row?.n)
  while (page.text.includes('Previous')) page = await browser.follow(page, 'Previous')
  expect(linesOf(page).map((line) => line.text)).toEqual(linesOf(first).map((line) => line.text))
  const csv = await (await browser.request('GET', '/credits.csv')).text()
  expect(parse(csv, { bom: true, columns: true })).toHaveLength(count)
  const given = await (await browser.request('GET', '/credits.csv?reason=given')).text()
  const rows = parse(given, { bom: true, columns: true }) as Record<string, string>[]
  expect(new Set(rows.map((one) => one.Why))).toEqual(new Set(['Given']))
})

test('the threshold is set by whoever may, and from then on decides what is low', async () => {
  await signIn(browser, northwind.login, password)
  const page = await browser.open('/credits')
  const form = 'form[action="/credits/threshold"]'
  for (const lowCreditsAt of ['', '-1', '2.5', 'many', '1000001']) {
    const refused = await browser.submit(page, form, { lowCreditsAt })
    expect([refused.status, refused.dom.querySelector('#lowCreditsAt-error')?.text]).toEqual([
      422,
      'Error: Write a whole number from 0 to 1,000,000',
    ])
  }
  const lowOf = (shown: Page) => Number(/Low (\d+)/.exec(shown.dom.querySelector('.chips a')?.text ?? '')?.[1])
  const none = await browser.submit(page, form, { lowCreditsAt: '0' })
  const all = await browser.submit(none, form, { lowCreditsAt: '1000' })
  expect(lowOf(none)).toBeLessThan(lowOf(all))
  const only = await browser.open('/credits?low=yes')
  expect(only.text).toContain(`${lowOf(all)} offers`)
  const home = await browser.open('/')
  expect(home.text).toContain(`${lowOf(all)} offers are low on credits`)
  expect((await browser.follow(home, 'Show what is low')).url).toBe('/credits?low=yes')
  const [event] = await portal.db.rows(
    "select after from events where action = 'account.edited' order by n desc limit 1",
  )
  expect(JSON.parse(String(event?.after))).toEqual({ lowCreditsAt: 1000 })
})

test('a partner reads the credits of those below, and of nobody else (R317)', async () => {
  await signIn(browser, northwind.login, password)
  const below = await browser.open(`/credits?account=${tailspin.accountId}`)
  expect(below.dom.querySelector('h1')?.text).toBe('Credits of Tailspin')
  expect(linesOf(below).length).toBeGreaterThan(3)
  expect(below.dom.querySelector('form[action="/credits/threshold"]')).toBeNull()
  for (const id of [lucerne.accountId, acme.accountId, 'acc_nothing-here']) {
    expect((await browser.open(`/credits?account=${id}`)).status).toBe(404)
    const csv = await (await browser.request('GET', `/credits.csv?account=${id}`)).text()
    expect(parse(csv, { bom: true, columns: true })).toEqual([])
  }
})

test('the vendor, who grants, is shown the way to its partners', async () => {
  await signIn(browser, acme.login, password)
  const page = await browser.open('/credits')
  expect(page.text).toContain('has no balance of its own')
  expect((await browser.follow(page, 'Open a partner')).url).toBe('/resellers')
  expect((await browser.open('/')).text).not.toContain('low on credits')
})

test('lists of sellers, balances and the ledger are read by index, whatever there is (R322)', async () => {
  await signIn(browser, northwind.login, password)
  const paths = ['/resellers', '/resellers?q=x&only=low&sort=-login', '/credits', '/credits?offer=a/b/3', '/']
  for (const path of paths) {
    portal.db.forget()
    await browser.open(path)
    const [trip, ...more] = portal.db.trips
    expect(more).toEqual([])
    for (const statement of trip?.statements ?? []) {
      if (!/"credit_|"login_key"/.test(statement)) continue
      const args = Array(statement.split('?').length - 1).fill(1)
      const plan = (await portal.db.rows(`explain query plan ${statement}`, ...args)).map(({ detail }) =>
        String(detail),
      )
      expect(plan.filter((line) => /TEMP B-TREE|^SCAN (?!logins USING INDEX|\(subquery)/.test(line))).toEqual([])
    }
  }
})
