import { beforeEach, expect, test } from 'vitest'
import { demoPassword, northwind, tailspin } from '#dev/world/people.ts'
import { type Browser, openPortal, type Page, type Portal, signIn } from '../support/portal.ts'

let portal: Portal
let browser: Browser
beforeEach(async () => {
  portal = await openPortal()
  browser = portal.browser()
  await signIn(browser, northwind.login, demoPassword)
})

const key = `/activation-keys/${northwind.freshKeyId}`
const form = `form[action="${key}/licenses"]`
const offer = 'remote-access/pro/10'
const partial = { 'hx-request': 'true', 'hx-request-type': 'partial' }
const openForm = (product = 'remote-access') => browser.open(`${key}/licenses/new?product=${product}`)
const wanted = { edition: 'pro', size: '10' }
const trialOf = (email: string) => ({ ...wanted, kind: 'trial', days: '14', email })
const cost = (page: Page) => page.dom.querySelector('#cost')?.text.replace(/\s+/g, ' ') ?? ''

const run = (sql: string, ...args: (string | number)[]) => portal.db.client.execute({ sql, args })
const balance = async (of = offer) => {
  const [row] = await portal.db.rows(
    'select credits from credit_balances where account_id = ? and offer_code = ?',
    ...[northwind.accountId, of],
  )
  return Number(row?.credits)
}
const onKey = () =>
  portal.db.rows('select * from licenses where activation_key_id = ? order by n', northwind.freshKeyId)

/** Leaves so many credits of an offer, by the ledger. */
async function leave(credits: number, of = offer) {
  const amount = credits - (await balance(of))
  const values = [`cre_left-${of}`, northwind.accountId, of, amount, amount > 0 ? 'granted' : 'given', 'test', 0]
  await run(
    'insert into credit_entries (id, account_id, offer_code, amount, reason, actor_id, created_at) values (?,?,?,?,?,?,?)',
    ...values,
  )
}

async function ledgerAgrees() {
  const parted = await portal.db.rows(
    `select b.account_id from credit_balances b where b.credits <> (select coalesce(sum(amount), 0) from credit_entries e
      where e.account_id = b.account_id and e.offer_code = b.offer_code)`,
  )
  expect(parted).toEqual([])
}

test('a key shows the products that were given, each with its credits, and leads to the form (R102 R110 R111)', async () => {
  const page = await browser.open(key)
  expect(page.text).toMatch(/Remote Access \d+ credits for licenses, \d+ for years of support/)
  expect(page.text).toContain('Advanced Security')
  for (const absent of ['Remote Work', 'Remote Support', 'Live Patching']) expect(page.text).not.toContain(absent)
  expect((await browser.follow(page, 'Remote Access')).text).toContain('Assign a license')
  expect((await browser.open(`${key}/licenses/new`)).text).toContain('Choose a product.')
})

test('the form holds what the product needs: term, edition, users, support, e-mail, comment (R103 R107)', async () => {
  const page = await openForm()
  const names = page.dom.querySelectorAll(`${form} [name]`).map((field) => field.getAttribute('name'))
  const fields = ['request', 'product', 'kind', 'kind', 'days', 'edition', 'size', 'supportYears', 'email', 'comment']
  expect(names).toEqual(fields)
  const sizes = page.dom.querySelectorAll('#size option').map((option) => option.getAttribute('value'))
  expect(sizes).toEqual(['3', '5', '10', '25', 'unlimited'])
})

test('the cost stands beside the form, before and after, by scripts and by "Show cost" (R105 R110)', async () => {
  const now = await balance()
  const support = await balance(`${offer}/support`)
  const query = 'product=remote-access&kind=permanent&edition=pro&size=10&supportYears=2'
  const page = await browser.open(`${key}/licenses/new?${query}`)
  expect(cost(page)).toContain(`Remote Access Pro, 10 usersCost1 creditCredits now${now}Credits after${now - 1}`)
  expect(cost(page)).toContain(`Cost2 creditsCredits now${support}Credits after${support - 2}`)
  expect(page.dom.querySelector('#size option[selected]')?.getAttribute('value')).toBe('10')
  expect(page.dom.querySelector('button[formmethod=get]')?.getAttribute('formaction')).toBe(`${key}/licenses/new`)
  const part = await browser.open(`${key}/licenses/new?${query}`, partial)
  expect(part.html).toMatch(/^<div id="cost"/)
  expect(cost(part)).toBe(cost(page))
  expect(await balance()).toBe(now)
})

test('too few credits are warned of before, and refused with the figures after; nothing is left (R105 R106)', async () => {
  await leave(0)
  expect(cost(await browser.open(`${key}/licenses/new?product=remote-access&edition=pro&size=10`))).toContain(
    'Not enough credits: this needs 1 and you have 0.',
  )
  const again = await browser.submit(await openForm(), form, { ...wanted, email: 'a@b.example', comment: 'kept' })
  expect(again.status).toBe(409)
  expect(again.dom.querySelector('#size-error')?.text).toContain('this needs 1 and you have 0')
  expect(again.dom.querySelector('#comment')?.innerHTML).toBe('kept')
  expect(await onKey()).toEqual([])
})

test('the last credit is said to be the last', async () => {
  await leave(1)
  expect(cost(await browser.open(`${key}/licenses/new?product=remote-access&edition=pro&size=10`))).toContain(
    'This uses your last credit for this offer.',
  )
})

test('a permanent license spends one credit, joins the key and stands in the trail (R103 R109 R165)', async () => {
  const before = await balance()
  const done = await browser.submit(await openForm(), form, { ...wanted, email: 'it@kompas.example', comment: 'Desk' })
  expect(done.url).toBe(key)
  for (const text of ['License assigned.', 'Pro, 10 users', 'it@kompas.example']) expect(done.text).toContain(text)
  expect(await balance()).toBe(before - 1)
  const [license] = await onKey()
  expect(license).toMatchObject({ kind: 'permanent', ends_on: null, bought_on: '2026-08-21', comment: 'Desk' })
  expect(license?.account_id).toBe(northwind.accountId)
  const spent = await portal.db.rows(
    'select amount, reason from credit_entries where license_id = ?',
    license?.id as string,
  )
  expect(spent).toEqual([{ amount: -1, reason: 'spent' }])
  expect((await browser.open(`/licenses/${license?.id}`)).text).toContain('License issued')
  await ledgerAgrees()
})

test("without an e-mail the seller's own is taken", async () => {
  await browser.submit(await openForm(), form, wanted)
  expect((await onKey())[0]).toMatchObject({ email: northwind.email })
})

test('support is assigned the same way: one credit a year, from today (R108 R109)', async () => {
  const before = await balance(`${offer}/support`)
  await browser.submit(await openForm(), form, { ...wanted, supportYears: '3' })
  expect(await balance(`${offer}/support`)).toBe(before - 3)
  const [license] = await onKey()
  expect(license).toMatchObject({ support_ends_on: '2029-08-20', version: 2 })
  const periods = await portal.db.rows(
    `select p.starts_on, p.ends_on, p.source from support_periods p join supports s on s.id = p.support_id
      where s.license_id = ?`,
    license?.id as string,
  )
  expect(periods).toEqual([{ starts_on: '2026-08-21', ends_on: '2029-08-20', source: 'credit' }])
})

test('too few credits for support refuse the license too', async () => {
  await leave(1, `${offer}/support`)
  const before = await balance()
  const again = await browser.submit(await openForm(), form, { ...wanted, supportYears: '2' })
  expect([again.status, again.dom.querySelector('#supportYears-error')?.text]).toEqual([
    409,
    expect.stringContaining('this needs 2 and you have 1'),
  ])
  expect([await balance(), await onKey()]).toEqual([before, []])
  await ledgerAgrees()
})

test('a trial takes its days, is free and clearly marked (R103 R104)', async () => {
  const before = await balance()
  expect(cost(await browser.open(`${key}/licenses/new?product=remote-access&kind=trial&days=14`))).toMatch(
    /A trial is free.*It ends on 3 Sep 2026/,
  )
  const done = await browser.submit(await openForm(), form, trialOf('try@kompas.example'))
  expect(done.dom.querySelector('tbody b.due')?.text).toBe('trial')
  expect((await onKey())[0]).toMatchObject({ kind: 'trial', ends_on: '2026-09-03' })
  expect(await balance()).toBe(before)
})

test('a product is tried once by an end customer, also after deletion and in another writing (R320)', async () => {
  await browser.submit(await openForm(), form, trialOf('once@kompas.example'))
  await run('delete from licenses where activation_key_id = ?', northwind.freshKeyId)
  const other = portal.browser()
  await signIn(other, tailspin.login, demoPassword)
  const path = '/activation-keys/key_00-tailspin-douro/licenses'
  const page = await other.open(`${path}/new?product=remote-access`)
  const again = await other.submit(page, `form[action="${path}"]`, trialOf('ONCE@Kompas.example'))
  expect([again.status, again.dom.querySelector('#email-error')?.text]).toEqual([
    409,
    expect.stringContaining('had a trial of this product before'),
  ])
  expect(again.text).not.toContain('Northwind')
  const security = { edition: 'essentials', size: 'unlimited', kind: 'trial', days: '7', email: 'once@kompas.example' }
  expect((await browser.submit(await openForm('advanced-security'), form, security)).url).toBe(key)
})

test('a trial is made permanent by assigning: the same license, one credit (R103 R109)', async () => {
  const page = await browser.submit(await openForm(), form, trialOf('try@kompas.example'))
  const [trial] = await onKey()
  const before = await balance('remote-access/enterprise/10')
  const details = await browser.open(`/licenses/${trial?.id}`)
  const asked = await browser.follow(page, 'Make permanent')
  expect((await browser.follow(details, 'Make permanent')).url).toBe(asked.url)
  expect(asked.dom.querySelector('#edition option[selected]')?.getAttribute('value')).toBe('pro')
  const done = await browser.submit(asked, form, { edition: 'enterprise', supportYears: '1' })
  expect(done.text).toContain('The trial is a permanent license now.')
  const [license, ...more] = await onKey()
  expect(more).toEqual([])
  expect(license).toMatchObject({
    ...{ id: trial?.id, serial: trial?.serial, kind: 'permanent', ends_on: null, edition_code: 'enterprise' },
    ...{ email: 'try@kompas.example', support_ends_on: '2027-08-20' },
  })
  expect(await balance('remote-access/enterprise/10')).toBe(before - 1)
  expect((await browser.open(`/licenses/${trial?.id}`)).text).toContain('Trial made permanent')
  const twice = await browser.submit(asked, form, { request: 'req_another' })
  expect([twice.status, await balance('remote-access/enterprise/10')]).toEqual([412, before - 1])
})

test.each([
  [
    'the product was withdrawn',
    "update products set withdrawn_at = 1 where code = 'remote-access'",
    /not sold any more/,
  ],
  ['the size is no longer sold', `update offers set withdrawn_at = 1 where code = '${offer}'`, /not sold any more/],
  [
    'the product was taken away',
    `update account_products set given = 0 where account_id = '${northwind.accountId}'`,
    /not yours to assign/,
  ],
] as [string, string, RegExp][])(
  'while the form was open %s: a sentence, and nothing half done (R111)',
  async (_, meanwhile, said) => {
    const page = await openForm()
    const before = await balance()
    await run(meanwhile)
    const again = await browser.submit(page, form, wanted)
    expect([again.status, again.text]).toEqual([409, expect.stringMatching(said)])
    expect([await balance(), await onKey()]).toEqual([before, []])
  },
)

test('while the form was open the key was removed: not found, nothing spent', async () => {
  const page = await openForm()
  const before = await balance()
  await run('update activation_keys set removed_at = 1 where id = ?', northwind.freshKeyId)
  expect((await browser.submit(page, form, wanted)).status).toBe(404)
  expect(await balance()).toBe(before)
})

test('a product licensed by the unit takes any number and spends as many credits', async () => {
  const unit = 'remote-work/standard/workstation'
  await run(
    "insert into account_products (account_id, product_code, given, created_at) values (?, 'remote-work', 1, 0)",
    northwind.accountId,
  )
  await run(
    "insert into credit_entries (id, account_id, offer_code, amount, reason, actor_id, created_at) values ('cre_units', ?, ?, 20, 'granted', 'test', 0)",
    ...[northwind.accountId, unit],
  )
  expect(cost(await browser.open(`${key}/licenses/new?product=remote-work&size=7`))).toContain(
    'Cost7 creditsCredits now20Credits after13',
  )
  const page = await openForm('remote-work')
  expect((await browser.submit(page, form, { size: '7' })).url).toBe(key)
  expect((await browser.submit(await openForm('remote-work'), form, { size: '14' })).status).toBe(409)
  expect(await balance(unit)).toBe(13)
})

test('200 forms at once for one credit: one license, 199 refusals, ledger and balance agree (R109 R324)', async () => {
  await leave(1)
  const page = await openForm()
  const sent = await Promise.all(
    Array.from({ length: 200 }, (_, i) => browser.submit(page, form, { ...wanted, request: `req_race-${i}` })),
  )
  expect(sent.filter(({ status }) => status === 200)).toHaveLength(1)
  expect(sent.filter(({ status }) => status === 409)).toHaveLength(199)
  expect([await balance(), (await onKey()).length]).toEqual([0, 1])
  await ledgerAgrees()
})

test('one form sent fifty times is one license (R324)', async () => {
  const before = await balance()
  const page = await openForm()
  const sent = await Promise.all(Array.from({ length: 50 }, () => browser.submit(page, form, wanted)))
  expect(new Set(sent.map(({ url }) => url))).toEqual(new Set([key]))
  expect([await balance(), (await onKey()).length]).toEqual([before - 1, 1])
})

test('a page takes one trip, an act two (B5)', async () => {
  const page = await openForm()
  portal.db.forget()
  await openForm()
  expect(portal.db.trips.map(({ mode }) => mode)).toEqual(['read'])
  portal.db.forget()
  await browser.request(
    'POST',
    `${key}/licenses`,
    new URLSearchParams({ product: 'remote-access', kind: 'permanent', ...wanted }),
  )
  expect(portal.db.trips.map(({ mode }) => mode)).toEqual(['read', 'write'])
  expect(page.status).toBe(200)
})
