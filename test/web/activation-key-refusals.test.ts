import { beforeAll, expect, test } from 'vitest'
import { ada, demoPassword, northwind, southridge } from '#dev/world/people.ts'
import { type Browser, openPortal, type Page, type Portal, signIn } from '../support/portal.ts'

/** Nothing here changes anything, so that one portal serves all. */
let portal: Portal
let browser: Browser
beforeAll(async () => {
  portal = await openPortal()
  browser = portal.browser()
  await signIn(browser, northwind.login, demoPassword)
})

const partial = { 'hx-request': 'true', 'hx-request-type': 'partial' }
const names = (page: Page) => page.dom.querySelectorAll('#list tbody th a').map((link) => link.text.trim())
const newKey = 'form[action="/activation-keys"][method=post]'
const create = async (fields: Record<string, string>, by = browser) =>
  by.submit(await by.open('/activation-keys/new'), newKey, fields)
const count = async (table: string) => Number((await portal.db.rows(`select count(*) as n from ${table}`))[0]?.n)
const keyCount = () => count('activation_keys')

const key = `/activation-keys/${northwind.freshKeyId}`
const form = `form[action="${key}/licenses"]`
const openForm = () => browser.open(`${key}/licenses/new?product=remote-access`)
const wanted = { edition: 'pro', size: '10' }
const trialOf = (email: string) => ({ ...wanted, kind: 'trial', days: '14', email })
const written = async () => [await count('licenses'), await count('credit_entries')]

test.each([
  'ABCD',
  'ABCD-EFGH-IJKL-MNO',
  'ABCD1234EFGH5678',
  'ÄBCD-1234-EFGH-5678',
  'AB CD-1234-EFGH-5678',
  'ABCD_1234_EFGH_5678',
])('the key %s is refused for its format, live and on the server, and nothing is made (R97)', async (code) => {
  const before = await keyCount()
  const live = await browser.open(`/activation-keys/new?code=${encodeURIComponent(code)}`, partial)
  expect(live.dom.querySelector('#code-check.due')).not.toBeNull()
  const again = await create({ name: 'Odd', code })
  expect(again.status).toBe(422)
  const said = again.dom.querySelector('#code-error')?.text as string
  expect(said).toMatch(/XXXX-XXXX-XXXX-XXXX|dash after every four/)
  expect(again.dom.querySelector('#error-summary a')?.getAttribute('href')).toBe('#code')
  expect(again.dom.querySelector('#name')?.getAttribute('value')).toBe('Odd')
  expect(await keyCount()).toBe(before)
})

test.each(['BAKK-ER1J-JANS-2B00', 'bakk-erij-jans-2boo', ada.activationKey])(
  'the key %s is taken, whoever has it, and the refusal does not tell whose it is (R100)',
  async (code) => {
    const other = portal.browser()
    await signIn(other, southridge.login, demoPassword)
    const again = await create({ name: 'Mine', code }, other)
    expect(again.status).toBe(409)
    expect(again.dom.querySelector('#code-error')?.text).toContain('This key is taken')
    expect(again.text).not.toMatch(/Northwind|Jansen|Ada/)
  },
)

test.each([
  [{ name: '', count: '1' }, 'name'],
  [{ name: 'x'.repeat(101) }, 'name'],
  [{ name: 'x', note: 'x'.repeat(501) }, 'note'],
  [{ name: 'x', count: '0' }, 'count'],
  [{ name: 'x', count: '-1' }, 'count'],
  [{ name: 'x', count: '101' }, 'count'],
  [{ name: 'x', count: '1000000000' }, 'count'],
  [{ name: 'x', count: '1.5' }, 'count'],
  [{ name: 'x', count: 'two' }, 'count'],
  [{ name: 'x', count: '' }, 'count'],
  [{ name: 'x', count: '2', code: 'ABCD-1234-EFGH-5678' }, 'code'],
] as [Record<string, string>, string][])('a new key with %j is refused at the field %s', async (fields, field) => {
  const before = await keyCount()
  const again = await create(fields)
  expect(again.status).toBe(422)
  expect(again.dom.querySelector(`#${field}-error`)).not.toBeNull()
  expect(again.dom.querySelector(`#${field}`)?.getAttribute('aria-invalid')).toBe('true')
  expect(await keyCount()).toBe(before)
})

test.each([
  ['q=jansen', ['Bakkerij Jansen']],
  ['q=bakk-er1j', ['Bakkerij Jansen']],
  ['q=bakkerij-jans', ['Bakkerij Jansen']],
  ['q=waits', ['Museum Het Kompas']],
  ['q=100%25', []],
  ['limit=limited', []],
] as [string, string[]][])('the list is searched by name, key and note: %s', async (query, found) => {
  const page = await browser.open(`/activation-keys?${query}`)
  expect(names(page)).toEqual(found)
  if (found.length === 0) expect(names(await browser.follow(page, 'Show all activation keys'))).toHaveLength(14)
})

test.each(['31', '1000000'])('a trial of %s days is longer than the product allows (R104 R320)', async (days) => {
  const before = await written()
  const again = await browser.submit(await openForm(), form, { ...trialOf('a@b.example'), days })
  expect([again.status, again.dom.querySelector('#days-error')?.text]).toEqual([
    422,
    expect.stringContaining('at most 30 days'),
  ])
  expect(await written()).toEqual(before)
})

test.each([
  [{ size: '0' }, 'size'],
  [{ size: '-1' }, 'size'],
  [{ size: '1000000000' }, 'size'],
  [{ size: '1000001' }, 'size'],
  [{ size: '2.5' }, 'size'],
  [{ size: 'ten' }, 'size'],
  [{ size: '' }, 'size'],
  [{ edition: '' }, 'edition'],
  [{ kind: 'forever' }, 'kind'],
  [{ kind: 'trial', days: '0', email: 'a@b.example' }, 'days'],
  [{ kind: 'trial', days: '-1', email: 'a@b.example' }, 'days'],
  [{ kind: 'trial', days: '1.5', email: 'a@b.example' }, 'days'],
  [{ kind: 'trial', days: '', email: 'a@b.example' }, 'days'],
  [{ kind: 'trial', days: '9', email: '' }, 'email'],
  [{ kind: 'trial', days: '9', email: 'a@b.example', supportYears: '1' }, 'supportYears'],
  [{ supportYears: '4' }, 'supportYears'],
  [{ supportYears: '-1' }, 'supportYears'],
  [{ email: 'nobody' }, 'email'],
  [{ comment: 'x'.repeat(501) }, 'comment'],
] as [Record<string, string>, string][])(
  'an assignment with %j is refused at the field %s (R107)',
  async (fields, field) => {
    const before = await written()
    const again = await browser.submit(await openForm(), form, { ...wanted, ...fields })
    expect(again.status).toBe(422)
    expect(again.dom.querySelector(`#${field}-error`)).not.toBeNull()
    expect(again.dom.querySelector('#error-summary a')?.getAttribute('href')).toBe(`#${field}`)
    expect(await written()).toEqual(before)
  },
)
