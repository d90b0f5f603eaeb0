import { beforeEach, expect, test } from 'vitest'
import { ada, demoPassword, northwind, southridge, tailspin } from '#dev/world/people.ts'
import { type Browser, openPortal, type Page, type Portal, signIn } from '../support/portal.ts'
import { racing } from '../support/race.ts'

/** Bakkerij Jansen: Remote Access Pro for 10 users, on a computer, support that ends in six days. */
const jansen = 'lic_00-northwind-jansen-1'
/** Tailspin's Adega do Douro: the same size, support over for eight days. */
const douro = 'lic_00-tailspin-douro-2'
/** A trial of Northwind's. */
const trial = 'lic_00-northwind-school-1'

let portal: Portal
let browser: Browser
beforeEach(async () => {
  portal = await openPortal()
  browser = portal.browser()
  await signIn(browser, northwind.login, demoPassword)
})

const open = (id: string, query = '') => browser.open(`/licenses/${id}/upgrades/new${query}`)
const balance = async (account: string, offer: string): Promise<number> => {
  const [row] = await portal.db.rows(
    'select credits from credit_balances where account_id = ? and offer_code = ?',
    account,
    offer,
  )
  return Number(row?.credits ?? 0)
}
const terms = async (id: string) =>
  (await portal.db.rows('select edition_code as edition, size from licenses where id = ?', id))[0]
const cost = (page: Page) =>
  (page.dom.querySelector('#cost') ?? page.dom)
    .querySelectorAll('tbody tr')
    .map((row) => row.querySelectorAll('th, td').map((cell) => cell.text.replace(/\s+/g, ' ').trim()))
/** Sum of the ledger by offer, less the balances beside it: nothing, always. */
const wrongBalances = () =>
  portal.db.rows(`select account_id, offer_code from credit_entries e group by account_id, offer_code
    having sum(amount) <> (select credits from credit_balances b where b.account_id = e.account_id and b.offer_code = e.offer_code)`)

test('R113 an upgrade says what it costs before, then spends one of the new offer and returns one of the old, its support likewise', async () => {
  const list = await browser.open('/licenses?q=bakkerij')
  const link = list.dom.querySelector(`a[href="/licenses/${jansen}/upgrades/new"]`)
  expect(link?.getAttribute('target')).toBe('_blank')
  const before = await Promise.all(
    ['pro/10', 'pro/10/support', 'enterprise/25', 'enterprise/25/support'].map((one) =>
      balance(northwind.accountId, `remote-access/${one}`),
    ),
  )
  const page = await open(jansen, '?edition=enterprise&size=25')
  expect(page.dom.querySelector('main form')?.getAttribute('action')).toBe(`/licenses/${jansen}/upgrades`)
  const [pro, proSupport, enterprise, enterpriseSupport] = before as [number, number, number, number]
  expect(cost(page)).toEqual([
    ['Remote Access Enterprise, 25 users', String(enterprise), '−1', String(enterprise - 1)],
    [
      'Year of support, Remote Access Enterprise, 25 users',
      String(enterpriseSupport),
      '−1',
      String(enterpriseSupport - 1),
    ],
    ['Remote Access Pro, 10 users', String(pro), '+1', String(pro + 1)],
    ['Year of support, Remote Access Pro, 10 users', String(proSupport), '+1', String(proSupport + 1)],
  ])
  const done = await browser.submit(page, 'main form', {})
  expect([done.status, done.url]).toEqual([200, `/licenses/${jansen}`])
  expect(done.text).toContain('License upgraded.')
  expect(done.text).toContain('Enterprise, 25 users')
  expect(await terms(jansen)).toEqual({ edition: 'enterprise', size: 25 })
  expect(await balance(northwind.accountId, 'remote-access/enterprise/25')).toBe(enterprise - 1)
  expect(await balance(northwind.accountId, 'remote-access/enterprise/25/support')).toBe(enterpriseSupport - 1)
  expect(await balance(northwind.accountId, 'remote-access/pro/10')).toBe(pro + 1)
  expect(await balance(northwind.accountId, 'remote-access/pro/10/support')).toBe(proSupport + 1)
  expect(await wrongBalances()).toEqual([])
  const events = await portal.db.rows("select before, after from events where action = 'license.upgraded'")
  expect(events).toEqual([{ before: '{"edition":"Pro","size":10}', after: '{"edition":"Enterprise","size":25}' }])
})

test('R113 R124 the cost follows the choice as it changes, computed by the server', async () => {
  const page = await open(jansen)
  expect(page.dom.querySelectorAll('#size option').map((one) => one.getAttribute('value'))).toEqual([
    '10',
    '25',
    'unlimited',
  ])
  const changed = await browser.open(`/licenses/${jansen}/upgrades/new?edition=pro&size=unlimited`, {
    'hx-request': 'true',
    'hx-request-type': 'partial',
  })
  expect(changed.dom.querySelector('form')).toBeNull()
  expect(cost(changed)[0]?.[0]).toBe('Remote Access Pro, unlimited users')
})

test('R113 a reseller’s license is paid by the reseller: the owner’s credits move, nobody else’s', async () => {
  const [own, theirs] = [
    await balance(northwind.accountId, 'remote-access/pro/25'),
    await balance(tailspin.accountId, 'remote-access/pro/25'),
  ]
  expect(theirs).toBe(0)
  const page = await open(douro)
  const refused = await browser.submit(page, 'main form', { edition: 'pro', size: '25' })
  expect(refused.status).toBe(409)
  expect(refused.html).toContain('<title>Error: ')
  expect(refused.dom.querySelector('#error-summary')?.text).toContain(
    'Not enough credits of remote-access/pro/25: 1 needed, 0 there',
  )
  expect(refused.dom.querySelector('#size-error')?.text).toContain('Not enough credits of remote-access/pro/25')
  expect(refused.dom.querySelector('#size option[selected]')?.getAttribute('value')).toBe('25')
  expect(await terms(douro)).toEqual({ edition: 'pro', size: 10 })
  expect(await balance(northwind.accountId, 'remote-access/pro/25')).toBe(own)
})

test.each([
  ['lower', { edition: 'pro', size: '3' }, 'adds nothing'],
  ['the same', { edition: 'pro', size: '10' }, 'adds nothing'],
  ['a lower edition', { edition: 'essentials', size: '25' }, 'adds nothing'],
  ['an edition that is not sold', { edition: 'gold', size: '25' }, 'not sold'],
  ['a size that is not sold', { edition: 'pro', size: '11' }, 'not sold'],
  ['nothing', { edition: 'pro', size: '0' }, 'Choose one of'],
  ['less than nothing', { edition: 'pro', size: '-1' }, 'Choose one of'],
  ['a thousand million', { edition: 'pro', size: '1000000000' }, 'Choose one of'],
  ['a part', { edition: 'pro', size: '12.5' }, 'Choose one of'],
  ['letters', { edition: 'pro', size: 'ten' }, 'Choose one of'],
  ['blanks', { edition: 'pro', size: '  ' }, 'Choose one of'],
])('R113 an upgrade to %s is refused with a sentence at the field, and nothing is done', async (_, typed, sentence) => {
  const page = await open(jansen)
  const entries = await portal.db.rows('select count(*) as n from credit_entries')
  const refused = await browser.submit(page, 'main form', typed)
  expect(refused.status === 409 || refused.status === 422).toBe(true)
  expect(refused.dom.querySelector('#size-error')?.text).toContain(sentence)
  expect(await terms(jansen)).toEqual({ edition: 'pro', size: 10 })
  expect(await portal.db.rows('select count(*) as n from credit_entries')).toEqual(entries)
})

test('R113 trials, what was bought in the shop and the highest are not upgraded here, and their pages say why', async () => {
  expect((await open(trial)).text).toContain('make it permanent first')
  const list = await browser.open('/licenses?only=trial')
  expect(list.dom.querySelector(`a[href="/licenses/${trial}/upgrades/new"]`)).toBeNull()
  const staff = portal.browser()
  await signIn(staff, 'acme', demoPassword)
  const bought = await staff.open(`/licenses/${ada.licenses.frontDesk}/upgrades/new`)
  expect([bought.status, bought.text]).toEqual([409, expect.stringContaining('bought in the shop')])
  const post = await staff.request(
    'POST',
    `/licenses/${ada.licenses.frontDesk}/upgrades`,
    new URLSearchParams({ size: '25' }),
  )
  expect(post.status).toBe(409)
})

test('R113 a product taken away, and an offer withdrawn, while the form is open: nothing is done', async () => {
  const page = await open(jansen, '?edition=pro&size=25')
  await portal.db.client.execute("update offers set withdrawn_at = 1 where code = 'remote-access/pro/25'")
  const withdrawn = await browser.submit(page, 'main form', {})
  expect(withdrawn.dom.querySelector('#size-error')?.text).toContain('not sold')
  await portal.db.client.execute('update offers set withdrawn_at = null')
  await portal.db.client.execute({
    sql: 'update account_products set given = 0 where account_id = ?',
    args: [northwind.accountId],
  })
  const taken = await browser.submit(page, 'main form', {})
  expect([taken.status, taken.text]).toEqual([409, expect.stringContaining('not given this product')])
  expect(await terms(jansen)).toEqual({ edition: 'pro', size: 10 })
})

test('R324 of 20 upgrades at once one is done and paid, the others are told; the ledger holds', async () => {
  await portal.db.client.execute({
    sql: "insert into credit_entries (id, account_id, offer_code, amount, reason, actor_id, created_at) values ('cre_x', ?, 'remote-access/pro/25', 50, 'granted', 'x', 1)",
    args: [northwind.accountId],
  })
  const had = await balance(northwind.accountId, 'remote-access/pro/25')
  const call = racing(portal, 20)
  const answers = await Promise.all(
    Array.from({ length: 20 }, () =>
      call('POST', `/api/v1/licenses/${jansen}/upgrades`, northwind.apiKey, { size: 25 }),
    ),
  )
  expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array.from({ length: 19 }, () => 409)])
  expect(await balance(northwind.accountId, 'remote-access/pro/25')).toBe(had - 1)
  expect(await wrongBalances()).toEqual([])
})

test('the form of an upgrade sent twice is one upgrade', async () => {
  const page = await open(jansen, '?edition=enterprise&size=10')
  const had = await balance(northwind.accountId, 'remote-access/enterprise/10')
  await browser.submit(page, 'main form', {})
  const again = await browser.submit(page, 'main form', {})
  expect([again.status, again.url]).toEqual([200, `/licenses/${jansen}`])
  expect(await balance(northwind.accountId, 'remote-access/enterprise/10')).toBe(had - 1)
})

test('an upgrade of another partner’s license is not found', async () => {
  const other = portal.browser()
  await signIn(other, southridge.login, demoPassword)
  expect((await other.open(`/licenses/${jansen}/upgrades/new`)).status).toBe(404)
})
