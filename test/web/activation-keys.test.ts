import { parse } from 'csv-parse/sync'
import { beforeEach, expect, test } from 'vitest'
import { ada, demoPassword, litware, northwind, southridge, tailspin } from '#dev/world/people.ts'
import { type Browser, openPortal, type Page, type Portal, signIn, signInAsAda } from '../support/portal.ts'

let portal: Portal
let browser: Browser
beforeEach(async () => {
  portal = await openPortal()
  browser = portal.browser()
})

const asNorthwind = () => signIn(browser, northwind.login, demoPassword)
const jansen = '/activation-keys/key_00-northwind-jansen'
const douro = '/activation-keys/key_00-tailspin-douro'
const form = 'form[action="/activation-keys"][method=post]'
const partial = { 'hx-request': 'true', 'hx-request-type': 'partial' }
const names = (page: Page) => page.dom.querySelectorAll('#list tbody th a').map((link) => link.text.trim())
const create = async (fields: Record<string, string>) =>
  browser.submit(await browser.open('/activation-keys/new'), form, fields)
const keyCount = async () => Number((await portal.db.rows('select count(*) as n from activation_keys'))[0]?.n)

test('the menu leads sellers to activation keys, and no customer (R92)', async () => {
  const page = await asNorthwind()
  expect((await browser.follow(page, 'Activation keys')).url).toBe('/activation-keys')
  const customer = await signInAsAda(portal.browser())
  expect(customer.dom.querySelector('.rail a[href="/activation-keys"]')).toBeNull()
})

test('an account without keys reads what a key is for and is led to make one', async () => {
  await signIn(browser, litware.login, demoPassword)
  const empty = await browser.open('/activation-keys')
  expect(empty.text).toContain('No activation keys yet.')
  expect((await browser.follow(empty, 'Create an activation key')).url).toBe('/activation-keys/new')
})

test('a key takes a name and a note, and without a code gets a random one; it is empty (R93 R94 R98 R99)', async () => {
  await asNorthwind()
  const made = await create({ name: ' City  Library ', note: 'Second floor' })
  expect(made.url).toMatch(/^\/activation-keys\/key_/)
  for (const text of ['City Library', 'Second floor', 'Activation key created.', 'This key is empty']) {
    expect(made.text).toContain(text)
  }
  expect(made.dom.querySelector('code.key')?.text).toMatch(/^[0-9A-Z]{4}(-[0-9A-Z]{4}){3}$/)
  expect(
    await portal.db.rows(
      "select subject_name from events where action = 'activation-key.created' order by n desc limit 1",
    ),
  ).toEqual([{ subject_name: 'City Library' }])
})

test('"Random" fills the field with a key and keeps what was typed, with and without scripts (R95)', async () => {
  await asNorthwind()
  const filled = await browser.open('/activation-keys/new?name=Library&code=&note=&count=1&random=yes')
  const code = filled.dom.querySelector('#code')?.getAttribute('value') as string
  expect(code).toMatch(/^[0-9A-Z]{4}(-[0-9A-Z]{4}){3}$/)
  expect(filled.dom.querySelector('#name')?.getAttribute('value')).toBe('Library')
  const field = await browser.open('/activation-keys/new?random=yes', partial)
  expect(field.html).toMatch(/^<div id="code-field"/)
  expect(field.dom.querySelector('#code')?.getAttribute('value')).not.toBe(code)
  expect((await browser.submit(filled, form)).text).toContain(code)
})

test('an own key is taken as typed, in any case (R96)', async () => {
  await asNorthwind()
  expect((await create({ name: 'Own', code: ' libr-ary2-2026-main ' })).text).toContain('LIBR-ARY2-2026-MAIN')
})

test('while a right key is typed the check says so', async () => {
  await asNorthwind()
  const live = await browser.open('/activation-keys/new?code=abcd-1234-efgh-5678', partial)
  expect(live.text).toBe('The format is right.')
})

test('of fifty who want one key at once one gets it (R100 R324)', async () => {
  await asNorthwind()
  const page = await browser.open('/activation-keys/new')
  const sent = await Promise.all(
    Array.from({ length: 50 }, (_, i) =>
      browser.submit(page, form, { name: `Racer ${i}`, code: 'RACE-RACE-RACE-RACE', request: `req_race-${i}` }),
    ),
  )
  expect(sent.filter((page) => page.status === 200)).toHaveLength(1)
  expect(sent.filter((page) => page.status === 409)).toHaveLength(49)
  expect(await portal.db.rows("select count(*) as n from events where subject_name like 'Racer %'")).toEqual([{ n: 1 }])
})

test('many keys are made at once, named by a pattern; the form sent twice makes them once', async () => {
  await asNorthwind()
  const before = await keyCount()
  const page = await browser.open('/activation-keys/new')
  const sent = await Promise.all([1, 2].map(() => browser.submit(page, form, { name: 'Branch', count: '100' })))
  expect(sent.map((one) => one.url)).toEqual(['/activation-keys', '/activation-keys'])
  expect(await keyCount()).toBe(before + 100)
  expect(names(await browser.open('/activation-keys?q=Branch+100'))).toEqual(['Branch 100'])
})

test("the list holds one's own keys first, then those of resellers below, and pages both ways (R317)", async () => {
  await asNorthwind()
  await create({ name: 'Branch', count: '30' })
  let page = await browser.open('/activation-keys')
  const seen: string[][] = []
  for (;;) {
    seen.push(names(page))
    if (!page.text.includes('Next')) break
    page = await browser.follow(page, 'Next')
  }
  expect(new Set(seen.flat()).size).toBe(44)
  expect(seen.flat()[0]).toBe('Branch 30')
  expect(seen.flat().indexOf('Adega do Douro')).toBeGreaterThan(seen.flat().indexOf('Bakkerij Jansen'))
  for (const before of seen.slice(0, -1).reverse()) {
    page = await browser.follow(page, 'Previous')
    expect(names(page)).toEqual(before)
  }
  const oldest = names(await browser.follow(page, 'Made'))
  expect(oldest).not.toContain('Branch 30')
  expect(oldest).toContain('Bakkerij Jansen')
})

test('the CSV holds what the list shows, as filtered (R334)', async () => {
  await asNorthwind()
  const csv = await browser.request('GET', '/activation-keys.csv?q=jansen')
  const [head, ...lines] = parse(await csv.text(), { bom: true }) as string[][]
  expect(head?.slice(0, 2)).toEqual(['Name', 'Key'])
  expect(lines.map((line) => line.slice(0, 3))).toEqual([['Bakkerij Jansen', 'BAKK-ER1J-JANS-2B00', 'Northwind']])
})

test('a key is renamed; of two who do so the second is told and their text is kept', async () => {
  await asNorthwind()
  const save = `form[action="${jansen}"][method=post]`
  const [one, two] = [await browser.open(jansen), await browser.open(jansen)]
  expect((await browser.submit(one, save, { name: 'Bakery Jansen', note: 'Two shops' })).text).toContain('Two shops')
  const told = await browser.submit(two, save, { name: 'Jansen & Sons' })
  expect(told.status).toBe(412)
  expect(told.dom.querySelector('#name')?.getAttribute('value')).toBe('Jansen & Sons')
  expect((await browser.submit(told, save)).text).toContain('Jansen & Sons')
  expect((await browser.submit(await browser.open(jansen), save, { name: ' ' })).status).toBe(422)
})

test('a removal names what it takes along, moves the licenses, releases the computers and keeps the code taken', async () => {
  await asNorthwind()
  const asked = await browser.follow(await browser.open(jansen), 'Remove this key')
  for (const text of [
    'BAKK-ER1J-JANS-2B00',
    '2 computers are released',
    'KASSA-1',
    'its 3 licenses',
    'cannot be undone',
  ]) {
    expect(asked.text).toContain(text)
  }
  const missing = await browser.submit(asked, 'form.form')
  expect([missing.status, missing.dom.querySelector('#moveTo-error')?.text]).toEqual([
    409,
    expect.stringContaining('Name the key'),
  ])
  const foreign = await browser.submit(missing, 'form.form', { moveTo: ada.activationKey })
  expect(foreign.status).toBe(422)
  const [target] = await portal.db.rows('select code from activation_keys where id = ?', northwind.freshKeyId)
  const done = await browser.submit(foreign, 'form.form', { moveTo: String(target?.code).toLowerCase() })
  expect([done.url, done.text]).toEqual(['/activation-keys', expect.stringContaining('Activation key removed.')])
  expect(names(done)).not.toContain('Bakkerij Jansen')
  const moved = await portal.db.rows(
    'select computer_id from licenses where activation_key_id = ?',
    northwind.freshKeyId,
  )
  expect(moved).toEqual([{ computer_id: null }, { computer_id: null }, { computer_id: null }])
  expect(await portal.db.rows("select count(*) as n from events where action = 'license.moved'")).toEqual([{ n: 3 }])
  expect((await browser.open(jansen)).status).toBe(404)
  expect((await create({ name: 'Again', code: 'BAKK-ER1J-JANS-2B00' })).status).toBe(409)
})

test('a default key is not removed, and the page says why', async () => {
  await asNorthwind()
  await portal.db.client.execute({
    sql: 'update activation_keys set is_default = 1 where id = ?',
    args: [northwind.freshKeyId],
  })
  const path = `/activation-keys/${northwind.freshKeyId}`
  expect((await browser.open(path)).text).toContain('This is the default key')
  const asked = await browser.open(`${path}/removal`)
  expect(asked.dom.querySelector('main form')).toBeNull()
  const sent = await browser.request('POST', `${path}/removal`, new URLSearchParams({ version: '1' }))
  expect([sent.status, await sent.text()]).toEqual([409, expect.stringContaining('The default key stays')])
})

test("a reseller's key is read by the partner above and left alone; another partner's is not there (R317)", async () => {
  await asNorthwind()
  const page = await browser.open(douro)
  expect(page.text).toContain(`This key is ${tailspin.name}’s`)
  expect(page.dom.querySelectorAll('main form[method=post]')).toHaveLength(0)
  for (const path of [`${douro}/licenses/new`, `${douro}/removal`]) expect((await browser.open(path)).status).toBe(403)
  for (const path of [douro, `${douro}/removal`, `${douro}/licenses`]) {
    expect((await browser.request('POST', path, new URLSearchParams({ name: 'Mine', version: '1' }))).status).toBe(403)
  }
  await signIn(browser, southridge.login, demoPassword)
  for (const path of [douro, `${douro}/licenses/new?product=remote-access`, `${douro}/removal`]) {
    expect((await browser.open(path)).status).toBe(404)
  }
})
